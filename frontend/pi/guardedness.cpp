// Recursion without a guard: agents that reach themselves without a prefix in between, found as cycles of the graph of
// unguarded calls by an iterative depth-first search.
#include <algorithm>
#include <unordered_map>

#include "frontend/pi/resolver.hpp"

namespace tryst::pi {

namespace {

struct Call {
  std::uint32_t callee;  // a definition
  Span span;
};

class Guardedness {
 public:
  Guardedness(const Script& script, Diagnostics& diagnostics) : script_(script), diagnostics_(diagnostics) {
    const auto count = static_cast<std::uint32_t>(script.definitions.size());
    for (std::uint32_t i = 0; i < count; ++i) numbers_.try_emplace(definition(i).agent.symbol, i);
    calls_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) collect(definition(i).body, calls_[i]);
  }

  void run() {
    colours_.assign(calls_.size(), Colour::white);
    for (std::uint32_t i = 0; i < calls_.size(); ++i)
      if (colours_[i] == Colour::white) search(i);
  }

 private:
  enum class Colour : std::uint8_t { white, on_path, done };
  struct Frame {
    std::uint32_t agent;
    std::size_t next;  // call to follow
  };

  const Definition& definition(std::uint32_t i) const { return script_.definitions[static_cast<DefinitionId>(i)]; }

  // The calls of a process that no prefix guards.
  void collect(ProcId p, std::vector<Call>& calls) const {
    switch (script_.procs[p].kind) {
      case ProcKind::tau:
      case ProcKind::input:
      case ProcKind::output: return;
      case ProcKind::call:
        calls.push_back({numbers_.at(script_.names_of(p)[0].symbol), script_.names_of(p)[0].span});
        break;
      default: break;
    }
    for (const ProcId operand : script_.operands_of(p)) collect(operand, calls);
  }

  void search(std::uint32_t root) {
    path_ = {{root, 0}};
    colours_[root] = Colour::on_path;
    while (!path_.empty()) {
      Frame& top = path_.back();
      if (top.next == calls_[top.agent].size()) {
        colours_[top.agent] = Colour::done;
        path_.pop_back();
        continue;
      }
      const Call call = calls_[top.agent][top.next++];
      if (colours_[call.callee] == Colour::on_path) report(call);
      if (colours_[call.callee] != Colour::white) continue;
      colours_[call.callee] = Colour::on_path;
      path_.push_back({call.callee, 0});
    }
  }

  // `back` closes a cycle with the end of the path.
  void report(const Call& back) {
    const auto begin =
        std::find_if(path_.begin(), path_.end(), [&](const Frame& frame) { return frame.agent == back.callee; });
    const std::string name(script_.text(definition(back.callee).agent));
    Diagnostic diagnostic{"P0715",
                          Severity::error,
                          "`" + name + "` calls itself before it does anything",
                          back.span,
                          "called without a prefix in front",
                          {},
                          "put a prefix before the call, if only `t.`"};
    for (auto frame = begin; frame + 1 < path_.end(); ++frame) {
      const Call& call = calls_[frame->agent][frame->next - 1];
      diagnostic.notes.push_back({call.span, "`" + std::string(script_.text(definition(frame->agent).agent)) +
                                                 "` calls `" +
                                                 std::string(script_.text(definition(call.callee).agent)) + "` here"});
    }
    diagnostics_.report(std::move(diagnostic));
  }

  const Script& script_;
  Diagnostics& diagnostics_;
  std::unordered_map<Symbol, std::uint32_t> numbers_;
  std::vector<std::vector<Call>> calls_;  // by definition
  std::vector<Colour> colours_;
  std::vector<Frame> path_;
};

}  // namespace

void check_guardedness(const Script& script, Diagnostics& diagnostics) { Guardedness(script, diagnostics).run(); }

}  // namespace tryst::pi
