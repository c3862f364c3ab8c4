#include "checker/formula_text.hpp"

#include <fmt/format.h>

#include "semantics/lts_labels.hpp"

namespace tryst {

namespace {

// A formula or its negation.
struct Wanted {
  FormulaId formula;
  bool denied;
};
constexpr std::size_t slot(Wanted w) { return 2 * std::size_t{index(w.formula)} + (w.denied ? 1 : 0); }

class Writer {
 public:
  // `reference(n)` is how a shared subformula is called, n from 1.
  using Reference = std::string (*)(std::uint32_t);
  Writer(const Formulas& formulas, const std::vector<std::string>& labels, Reference reference)
      : formulas_(formulas), labels_(labels), reference_(reference), names_(2 * formulas.size(), 0) {}

  struct Shared {
    std::vector<std::string> definitions;  // number n stands at n - 1; each mentions smaller numbers only
    std::string root;
  };
  Shared write(FormulaId root) {
    const std::vector<std::uint32_t> uses = count_uses(root);
    Shared shared;
    for (std::uint32_t f = 0; f <= index(root); ++f)
      for (const bool denied : {false, true}) {
        const Wanted wanted{static_cast<FormulaId>(f), denied};
        if (uses[slot(wanted)] < 2) continue;
        shared.definitions.push_back(spelled_out(wanted));
        names_[slot(wanted)] = static_cast<std::uint32_t>(shared.definitions.size());
      }
    shared.root = spelled_out({root, false});
    return shared;
  }

 private:
  // What is still to be written, the next piece last: a word, or when that is empty a formula.
  struct Piece {
    std::string word;
    Wanted wanted;
  };

  std::vector<std::uint32_t> count_uses(FormulaId root) {
    std::vector<std::uint32_t> uses(2 * formulas_.size(), 0);
    uses[slot({root, false})] = 1;
    for (std::uint32_t f = index(root) + 1; f-- > 0;)
      for (const bool denied : {false, true}) {
        const Wanted wanted{static_cast<FormulaId>(f), denied};
        if (uses[slot(wanted)] == 0) continue;
        pieces_.clear();
        expand(wanted);
        for (const Piece& piece : pieces_)
          if (piece.word.empty()) ++uses[slot(piece.wanted)];
      }
    return uses;
  }

  std::string spelled_out(Wanted wanted) {
    std::string text;
    pieces_.clear();
    expand(wanted);
    std::vector<Piece> pending(pieces_.rbegin(), pieces_.rend());
    while (!pending.empty()) {
      const Piece piece = std::move(pending.back());
      pending.pop_back();
      if (!piece.word.empty()) {
        text += piece.word;
      } else if (const std::uint32_t name = names_[slot(piece.wanted)]; name != 0) {
        text += reference_(name);
      } else {
        pieces_.clear();
        expand(piece.wanted);
        pending.insert(pending.end(), pieces_.rbegin(), pieces_.rend());
      }
    }
    return text;
  }

  void word(std::string text) { pieces_.push_back({std::move(text), {}}); }
  void formula(FormulaId f, bool denied) { pieces_.push_back({"", {f, denied}}); }

  void conjunction(std::span<const FormulaId> parts, bool denied) {
    if (parts.empty()) return word(denied ? "false" : "true");
    if (parts.size() == 1) return formula(parts.front(), denied);
    word("(");
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) word(denied ? " || " : " && ");
      formula(parts[i], denied);
    }
    word(")");
  }

  // Appends one level of the formula to pieces_.
  void expand(Wanted wanted) {
    const Formulas::Node& node = formulas_[wanted.formula];
    const auto after = formulas_.after(wanted.formula);
    const bool no = node.negated != wanted.denied;
    const auto modal = [no](std::string_view path) {
      return no ? fmt::format("[{}]", path) : fmt::format("<{}>", path);
    };
    const char* both = no ? " || " : " && ";
    const std::string& event = labels_[index(node.event)];
    switch (node.modality) {
      case Modality::step: word(modal(event)); return conjunction(after, no);
      case Modality::weak_step:
        word(modal(node.event == tau ? "tau*" : fmt::format("tau*.{}.tau*", event)));
        return conjunction(after, no);
      case Modality::branching_step: return branching_step(wanted, no, modal);
      case Modality::divergence: return divergence(wanted, no, modal);
      case Modality::weak_divergence: {
        const std::string variable = fmt::format("D{}", index(wanted.formula));
        word(fmt::format("({} {}. ({}", no ? "mu" : "nu", variable, modal("tau*")));
        conjunction(after, no);
        return word(fmt::format("{}{}{}))", both, modal("tau"), variable));
      }
    }
  }

  template <class Modal>
  void branching_step(Wanted wanted, bool no, Modal modal) {
    const EventId event = formulas_[wanted.formula].event;
    const auto before = formulas_.before(wanted.formula);
    const auto after = formulas_.after(wanted.formula);
    if (before.empty() && event != tau) {
      word(modal("tau*." + labels_[index(event)]));
      return conjunction(after, no);
    }
    word(modal("tau*") + "(");
    for (const FormulaId f : before) {
      formula(f, no);
      word(no ? " || " : " && ");
    }
    if (event == tau) {
      word("(");
      conjunction(after, no);
      word(no ? " && " : " || ");
    }
    word(modal(labels_[index(event)]));
    conjunction(after, no);
    word(event == tau ? "))" : ")");
  }

  template <class Modal>
  void divergence(Wanted wanted, bool no, Modal modal) {
    const std::string variable = fmt::format("D{}", index(wanted.formula));
    word(fmt::format("{}({} {}. (", modal("tau*"), no ? "mu" : "nu", variable));
    for (const FormulaId f : formulas_.after(wanted.formula)) {
      formula(f, no);
      word(no ? " || " : " && ");
    }
    word(fmt::format("{}{}))", modal("tau"), variable));
  }

  const Formulas& formulas_;
  const std::vector<std::string>& labels_;  // by event
  Reference reference_;
  std::vector<std::uint32_t> names_;  // by slot; 0: written in place
  std::vector<Piece> pieces_;
};

}  // namespace

std::string text(const Distinction& distinction, const EventNames& events) {
  std::vector<std::string> labels{"tau", "tick"};
  for (std::size_t e = 2; e < events.size(); ++e)
    labels.push_back(fmt::format("\"{}\"", events.name(static_cast<EventId>(e))));
  const auto shared = Writer(distinction.formulas, labels, [](std::uint32_t n) {
                        return fmt::format("X{}", n);
                      }).write(distinction.root);
  std::string out;
  for (std::size_t i = 0; i < shared.definitions.size(); ++i)
    out += fmt::format("X{} = {}\n", i + 1, shared.definitions[i]);
  return out + shared.root;
}

std::string mcf(const Distinction& distinction, const EventNames& events) {
  const std::vector<std::string> labels = tryst::labels(events, {LabelStyle::mcrl2, ""});
  const auto shared = Writer(distinction.formulas, labels, [](std::uint32_t n) {
                        return fmt::format("X({})", n);
                      }).write(distinction.root);
  if (shared.definitions.empty()) return shared.root + "\n";
  std::string out = fmt::format("mu X(n: Nat = 0).\n     (val(n == 0) && {})\n", shared.root);
  for (std::size_t i = 0; i < shared.definitions.size(); ++i)
    out += fmt::format("  || (val(n == {}) && {})\n", i + 1, shared.definitions[i]);
  return out;
}

}  // namespace tryst
