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
  Candidates(Expressions& expressions, const SymbolicProblem::Control& control, const std::vector<Numbers>& samples)
      : expressions_(expressions) {
    for (const VariableId v : control.variables) {
      if (expressions.word_of(v)) continue;
      const bool is_word = expressions.length_of(v).has_value();
      std::vector<Word> words = worth(v, is_word, samples);
      // What is always empty is known by its length.
      if (std::ranges::all_of(words, [](const Word& word) { return word.empty(); })) continue;
      const bool is_filled = std::ranges::none_of(words, [](const Word& word) { return word.empty(); });
      const ExpressionId variable = expressions.variable(v);
      add(is_word ? variable : expressions.unit(variable), words, is_word ? Kind::word : Kind::integer, v);
      if (!is_word || !is_filled) continue;
      const auto some = [&](std::ptrdiff_t from, std::ptrdiff_t left) {
        std::vector<Word> parts;
        for (const Word& word : words) parts.emplace_back(word.begin() + from, word.end() - left);
        return parts;
      };
      std::vector<Word> first, last;
      for (const Word& word : words) {
        first.push_back({word.front()});
        last.push_back({word.back()});
      }
      add(expressions.unit(expressions.element(variable, 0)), first, Kind::part, v);
      add(expressions.unit(expressions.element(variable, -1)), last, Kind::part, v);
      add(expressions.rest(variable, 1, 0), some(1, 0), Kind::part, v);
      add(expressions.rest(variable, 0, 1), some(0, 1), Kind::part, v);
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].kind != Kind::word) continue;
      used_.insert(pieces_[i].variable);
      extend(pieces_[i], {}, std::vector<std::size_t>(samples.size(), 0));
      used_.erase(pieces_[i].variable);
    }
    find_equal_ends();
  }

  std::set<ExpressionId> found;

 private:
  enum class Kind : std::uint8_t { integer, word, part };  // a part counts on there being an element in its word
  struct Piece {
    ExpressionId expression;
    std::vector<Word> words;  // by sample
    Kind kind;
    VariableId variable;  // that it is, or is a part of
  };

  void add(ExpressionId expression, std::vector<Word> words, Kind kind, VariableId v) {
    if (std::ranges::all_of(words, [](const Word& word) { return word.empty(); })) return;
    pieces_.push_back({expression, std::move(words), kind, v});
  }

  // Integers, and ends of words, that are the same.
  void find_equal_ends() {
    const auto is_unit = [this](const Piece& piece) {
      return expressions_[piece.expression].op == Expressions::Op::unit;
    };
    for (std::size_t i = 0; i < pieces_.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (is_unit(pieces_[i]) && is_unit(pieces_[k]) && pieces_[i].words == pieces_[k].words &&
            pieces_[i].variable != pieces_[k].variable)
          find(pieces_[i], {k});
  }

  // That the one is the others in a row.
  void find(const Piece& whole, const std::vector<std::size_t>& row) {
    std::vector<ExpressionId> joined, all;
    const auto count_on = [&](const Piece& piece) {
      if (piece.kind != Kind::part) return;
      const ExpressionId length = expressions_.length(expressions_.variable(piece.variable));
      all.push_back(expressions_.less(expressions_.number(0), length));
    };
    count_on(whole);
    for (const std::size_t i : row) {
      joined.push_back(pieces_[i].expression);
      count_on(pieces_[i]);
    }
    all.push_back(expressions_.same(whole.expression, expressions_.join(joined)));
    found.insert(expressions_.conjunction(std::move(all)));
  }

  // All ways to go on behind the row, which is worth the first `done` integers of the whole, by sample.
  void extend(const Piece& whole, const std::vector<std::size_t>& row, const std::vector<std::size_t>& done) {
    bool is_whole = true;
    for (std::size_t s = 0; s < done.size(); ++s) is_whole = is_whole && done[s] == whole.words[s].size();
    if (is_whole && !row.empty()) find(whole, row);
    if (row.size() == pieces_max || found.size() >= candidates_max) return;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (used_.contains(pieces_[i].variable)) continue;
      std::vector<std::size_t> next = done;
      bool fits = true;
      for (std::size_t s = 0; fits && s < done.size(); ++s) {
        const Word& part = pieces_[i].words[s];
        fits = part.size() <= whole.words[s].size() - done[s] &&
               std::equal(part.begin(), part.end(), whole.words[s].begin() + static_cast<std::ptrdiff_t>(done[s]));
        next[s] += part.size();
      }
      if (!fits) continue;
      std::vector<std::size_t> longer = row;
      longer.push_back(i);
      used_.insert(pieces_[i].variable);
      extend(whole, longer, next);
      used_.erase(pieces_[i].variable);
    }
  }

  Expressions& expressions_;
  std::vector<Piece> pieces_;
  std::set<VariableId> used_;  // by pieces of the equation so far
};

}  // namespace

bool has_words(const Expressions& expressions, const SymbolicProblem& problem) {
  return std::ranges::any_of(problem.controls, [&](const SymbolicProblem::Control& control) {
    return std::ranges::any_of(control.variables, [&](VariableId v) { return expressions.length_of(v).has_value(); });
  });
}

std::vector<ExpressionId> word_invariants(Expressions& expressions, const SymbolicProblem& problem,
                                          const std::vector<ExpressionId>& known,
                                          const std::vector<std::vector<Numbers>>& samples,
                                          const Impossible& is_impossible) {
  const auto guess = [&](std::size_t c) {
    return samples[c].empty() ? std::set<ExpressionId>{}
                              : Candidates(expressions, problem.controls[c], samples[c]).found;
  };
  return kept_candidates(expressions, problem, guess, known, is_impossible);
}

}  // namespace tryst
