#include "checker/formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace tryst {

FormulaId Formulas::add(bool negated, EventId event, const std::vector<FormulaId>& parts) {
  return nodes_.add({negated, event, parts_.add(parts)});
}

std::uint32_t Formulas::depth(FormulaId root) const {
  std::vector<std::uint32_t> depths(index(root) + std::size_t{1}, 0);
  for (std::uint32_t f = 0; f <= index(root); ++f)
    for (const FormulaId part : parts(static_cast<FormulaId>(f)))
      depths[f] = std::max(depths[f], depths[index(part)] + 1);
  return depths.back() + 1;
}

namespace {

// Writes a formula without recursion: the stack holds what is still to be written, the next piece on top.
class Printer {
 public:
  Printer(const Formulas& formulas, const EventNames& events, const std::vector<std::uint32_t>& names)
      : formulas_(formulas), events_(events), names_(names) {}

  // The formula itself, and named subformulas by their names.
  std::string print(FormulaId root) {
    expand(root);
    while (!pending_.empty()) {
      const auto [punctuation, formula] = pending_.back();
      pending_.pop_back();
      if (punctuation != nullptr)
        text_ += punctuation;
      else if (names_[index(formula)] != 0)
        text_ += fmt::format("X{}", names_[index(formula)]);
      else
        expand(formula);
    }
    return std::move(text_);
  }

 private:
  struct Piece {
    const char* punctuation;  // or null, and then the formula
    FormulaId formula;
  };

  void expand(FormulaId f) {
    const Formulas::Node& node = formulas_[f];
    const std::string_view event = node.event == tau ? "tau" : node.event == tick ? "tick" : events_.name(node.event);
    text_ += fmt::format("{}<\"{}\">", node.negated ? "!" : "", event);
    const auto parts = formulas_.parts(f);
    if (parts.empty()) text_ += "true";
    if (parts.size() > 1) {
      text_ += '(';
      pending_.push_back({")", f});
    }
    for (std::size_t i = parts.size(); i-- > 0;) {
      pending_.push_back({nullptr, parts[i]});
      if (i > 0) pending_.push_back({" && ", f});
    }
  }

  const Formulas& formulas_;
  const EventNames& events_;
  const std::vector<std::uint32_t>& names_;  // by formula; 0: written in place
  std::vector<Piece> pending_;
  std::string text_;
};

}  // namespace

std::string Formulas::text(FormulaId root, const EventNames& events) const {
  std::vector<std::uint32_t> uses(index(root) + std::size_t{1}, 0);
  uses.back() = 1;
  for (std::size_t f = uses.size(); f-- > 0;)
    if (uses[f] > 0)
      for (const FormulaId part : parts(static_cast<FormulaId>(f))) ++uses[index(part)];
  std::vector<std::uint32_t> names(uses.size(), 0);
  std::string text;
  std::uint32_t named = 0;
  for (std::uint32_t f = 0; f < uses.size(); ++f) {
    if (uses[f] < 2) continue;
    text += fmt::format("X{} = {}\n", ++named, Printer(*this, events, names).print(static_cast<FormulaId>(f)));
    names[f] = named;
  }
  return text + Printer(*this, events, names).print(root);
}

namespace {

// Evaluates by need, without recursion: the stack holds the questions that wait for others.
class Evaluation {
 public:
  Evaluation(const Lts& lts, const Formulas& formulas, Budget& budget)
      : lts_(lts), formulas_(formulas), budget_(budget) {}

  bool holds(StateId state, FormulaId formula) {
    stack_.push_back({state, formula});
    while (!stack_.empty()) {
      budget_.poll();
      const Query query = stack_.back();
      if (!known_.contains(key(query)) && !try_answer(query)) continue;
      stack_.pop_back();
    }
    return known_.at(key({state, formula}));
  }

 private:
  struct Query {
    StateId state;
    FormulaId formula;
  };
  static std::uint64_t key(Query q) { return std::uint64_t{index(q.state)} << 32 | index(q.formula); }

  // False if another question, now on the stack, must be answered first.
  bool try_answer(Query query) {
    const Formulas::Node& node = formulas_[query.formula];
    bool found = false;
    for (const Transition& t : lts_.transitions(query.state)) {
      if (t.event != node.event) continue;
      bool all = true;
      for (const FormulaId part : formulas_.parts(query.formula)) {
        const auto answer = known_.find(key({t.target, part}));
        if (answer == known_.end()) {
          stack_.push_back({t.target, part});
          return false;
        }
        all = answer->second;
        if (!all) break;
      }
      found = all;
      if (found) break;
    }
    known_.emplace(key(query), found != node.negated);
    return true;
  }

  const Lts& lts_;
  const Formulas& formulas_;
  Budget& budget_;
  std::vector<Query> stack_;
  std::unordered_map<std::uint64_t, bool> known_;
};

}  // namespace

bool satisfies(const Lts& lts, StateId state, const Formulas& formulas, FormulaId formula, Budget& budget) {
  return Evaluation(lts, formulas, budget).holds(state, formula);
}

}  // namespace tryst
