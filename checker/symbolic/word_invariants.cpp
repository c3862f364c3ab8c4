#include "checker/symbolic/word_invariants.hpp"

#include <algorithm>
#include <set>

namespace tryst {

namespace {

constexpr std::size_t pieces_max = 4;        // of one equation
constexpr std::size_t candidates_max = 200;  // of one control

// What a variable is worth in each sample, as a word.
std::vector<Word> worth(VariableId v, bool is_word, const std::vector<Numbers>& samples) {
  std::vector<Word> all;
  for (const Numbers& sample : samples) all.push_back(is_word ? sample.words.at(v) : Word{sample.integers.at(v)});
  return all;
}

class Candidates {
 public:
  Candidates(Expressions& expressions, const SymbolicProblem::Control& control, const std::vector<Numbers>& samples) {
    for (const VariableId v : control.variables) {
      if (expressions.word_of(v)) continue;
      const bool is_word = expressions.length_of(v).has_value();
      std::vector<Word> words = worth(v, is_word, samples);
      // What is always empty is known by its length.
      if (std::ranges::all_of(words, [](const Word& word) { return word.empty(); })) continue;
      const ExpressionId variable = expressions.variable(v);
      pieces_.push_back({is_word ? variable : expressions.unit(variable), is_word, std::move(words)});
    }
    used_.assign(pieces_.size(), false);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (!pieces_[i].is_word) continue;
      used_[i] = true;
      extend(expressions, pieces_[i], {}, std::vector<std::size_t>(samples.size(), 0));
      used_[i] = false;
    }
  }

  std::set<ExpressionId> found;

 private:
  struct Piece {
    ExpressionId expression;
    bool is_word;
    std::vector<Word> words;  // by sample
  };

  // All ways to go on behind `from`, which is worth the first `done` integers of the whole, by sample.
  void extend(Expressions& expressions, const Piece& whole, const std::vector<ExpressionId>& from,
              const std::vector<std::size_t>& done) {
    bool is_whole = true;
    for (std::size_t s = 0; s < done.size(); ++s) is_whole = is_whole && done[s] == whole.words[s].size();
    if (is_whole && !from.empty()) found.insert(expressions.same(whole.expression, expressions.join(from)));
    if (from.size() == pieces_max || found.size() >= candidates_max) return;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (used_[i]) continue;
      std::vector<std::size_t> next = done;
      bool fits = true;
      for (std::size_t s = 0; fits && s < done.size(); ++s) {
        const Word& part = pieces_[i].words[s];
        fits = part.size() <= whole.words[s].size() - done[s] &&
               std::equal(part.begin(), part.end(), whole.words[s].begin() + static_cast<std::ptrdiff_t>(done[s]));
        next[s] += part.size();
      }
      if (!fits) continue;
      std::vector<ExpressionId> longer = from;
      longer.push_back(pieces_[i].expression);
      used_[i] = true;
      extend(expressions, whole, longer, next);
      used_[i] = false;
    }
  }

  std::vector<Piece> pieces_;
  std::vector<bool> used_;
};

}  // namespace

bool has_words(const Expressions& expressions, const SymbolicProblem& problem) {
  return std::ranges::any_of(problem.controls, [&](const SymbolicProblem::Control& control) {
    return std::ranges::any_of(control.variables, [&](VariableId v) { return expressions.length_of(v).has_value(); });
  });
}

std::vector<ExpressionId> word_invariants(Expressions& expressions, const SymbolicProblem& problem,
                                          const std::vector<ExpressionId>& known, const WordSearch& search) {
  std::vector<std::set<ExpressionId>> kept;
  for (std::size_t c = 0; c < problem.controls.size(); ++c)
    kept.push_back(search.samples[c].empty() || expressions.is(known[c], false)
                       ? std::set<ExpressionId>{}
                       : Candidates(expressions, problem.controls[c], search.samples[c]).found);
  const auto all_at = [&](std::size_t c) {
    std::vector<ExpressionId> all(kept[c].begin(), kept[c].end());
    all.push_back(known[c]);
    return expressions.conjunction(std::move(all));
  };
  Expressions::Assignment initial;
  for (const auto& [variable, value] : problem.initial) initial.emplace(variable, value);
  std::erase_if(kept[0], [&](ExpressionId e) { return !expressions.is(expressions.substitute(e, initial), true); });
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t c = 0; c < problem.controls.size(); ++c) {
      if (expressions.is(known[c], false)) continue;
      for (const SymbolicProblem::Step& step : problem.controls[c].steps) {
        const Expressions::Assignment updates(step.updates.begin(), step.updates.end());
        const ExpressionId before = expressions.conjunction({all_at(c), step.guard});
        changed =
            std::erase_if(
                kept[step.target],
                [&](ExpressionId e) {
                  const ExpressionId after = expressions.substitute(e, updates);
                  return !expressions.is(after, true) && !search.is_impossible({before, expressions.negation(after)});
                }) > 0 ||
            changed;
      }
    }
  }
  std::vector<ExpressionId> invariants;
  for (std::size_t c = 0; c < problem.controls.size(); ++c) invariants.push_back(all_at(c));
  return invariants;
}

}  // namespace tryst
