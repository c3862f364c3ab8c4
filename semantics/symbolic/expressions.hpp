// Expressions of integers, words and truth values over variables, hash-consed and in normal form.
//
// Integers are mathematical. An integer expression is a sum n + c1*a1 + c2*a2 .. of *atoms* (variables, products,
// quotients, remainders), ascending by atom, no coefficient 0; so equal sums are equal ids. Conditions are built from
// `sum <= 0`, `sum = 0` and their combinations; the negation of `sum <= 0` is again of that form, and what is constant
// is computed. A conjunction or disjunction has distinct operands, ascending, none a conjunction or disjunction itself.
// Quotients and remainders are by a positive number and round down, as CSPM's do.
// A *word* is a finite sequence of integers. The length of a word variable is an integer variable of its own, so what
// is said of lengths is linear; whoever gives a word variable a value gives its length one too. An element that a word
// does not have is 0, and what is left of a word that is too short is empty; but length() of that counts on there being
// enough, so whoever takes elements away must know that they are there.
// Throws LimitReached where a constant would exceed 64 bits. Cost: linear in the operands. Threads: none.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst {

enum class ExpressionId : std::uint32_t {};
enum class VariableId : std::uint32_t {};

using Word = std::vector<std::int64_t>;

// What variables are worth. The length of a word is among the integers.
struct Numbers {
  Numbers() = default;
  Numbers(std::map<VariableId, std::int64_t> of) : integers(std::move(of)) {}
  Numbers(std::initializer_list<std::pair<const VariableId, std::int64_t>> of) : integers(of) {}

  std::map<VariableId, std::int64_t> integers;
  std::map<VariableId, Word> words{};
};

class Expressions {
 public:
  // The comment says what a node holds.
  enum class Op : std::uint8_t {
    variable,        // number: VariableId
    product,         // operands: a, b, neither a number
    quotient,        // operands: a; number: the divisor
    remainder,       // operands: a; number: the divisor
    sum,             // number; operands, coefficients: what is added to it
    element,         // operands: a word; number: which of its elements, from 0, or from its end: -1 is the last
    unit,            // operands: an integer: the word of just that
    join,            // operands: words, none of them a join or empty; of none or of two and more: one behind the other
    rest,            // operands: a word; number: how many elements are left out in front, coefficients[0]: at the end
    truth,           // number: 0 or 1
    not_above_zero,  // operands: a sum that is <= 0
    zero,            // operands: a sum that is 0, its first coefficient positive
    not_zero,        // operands: likewise
    same,            // operands: two words, ascending, that begin and end differently
    not_same,        // operands: likewise
    has,      // operands: words that are equally long, and as many integers, which they have at some place together
    not_has,  // operands: likewise
    conjunction,
    disjunction,  // operands: two or more
  };
  struct Node {
    Op op;
    std::int64_t number = 0;
    std::vector<ExpressionId> operands{};
    std::vector<std::int64_t> coefficients{};
    friend auto operator<=>(const Node&, const Node&) = default;
  };

  Expressions();

  VariableId fresh() { return VariableId{variables_++}; }
  VariableId fresh_word();
  // Of a word variable: the variable that is its length; none: it is no word.
  std::optional<VariableId> length_of(VariableId word) const;
  // The word whose length it is; none: it is no length.
  std::optional<VariableId> word_of(VariableId length) const;
  std::size_t variables() const { return variables_; }

  ExpressionId number(std::int64_t);
  ExpressionId variable(VariableId);
  ExpressionId add(ExpressionId, ExpressionId);
  ExpressionId subtract(ExpressionId, ExpressionId);
  ExpressionId multiply(ExpressionId, ExpressionId);
  ExpressionId quotient(ExpressionId, std::int64_t divisor);   // not 0
  ExpressionId remainder(ExpressionId, std::int64_t divisor);  // not 0

  ExpressionId unit(ExpressionId integer);
  ExpressionId join(const std::vector<ExpressionId>& words);
  ExpressionId rest(ExpressionId word, std::int64_t in_front, std::int64_t at_end);
  ExpressionId length(ExpressionId word);
  ExpressionId element(ExpressionId word, std::int64_t at);
  ExpressionId constant(const Word&);

  ExpressionId truth(bool b) const { return b ? true_ : false_; }
  ExpressionId at_most(ExpressionId a, ExpressionId b);
  ExpressionId less(ExpressionId a, ExpressionId b);
  ExpressionId equal(ExpressionId a, ExpressionId b);  // integers
  ExpressionId same(ExpressionId a, ExpressionId b);   // integers, or words
  // Whether the words, which are equally long, have these integers at one place; as many as words.
  ExpressionId has(const std::vector<ExpressionId>& words, const std::vector<ExpressionId>& integers);
  ExpressionId negation(ExpressionId);
  ExpressionId conjunction(std::vector<ExpressionId>);
  ExpressionId disjunction(std::vector<ExpressionId>);

  const Node& operator[](ExpressionId e) const { return nodes_[index(e)]; }
  bool is_condition(ExpressionId e) const { return (*this)[e].op >= Op::truth; }
  bool is_word(ExpressionId) const;
  std::optional<std::int64_t> constant(ExpressionId) const;     // of an integer
  std::optional<VariableId> bare_variable(ExpressionId) const;  // the expression is just that
  bool is(ExpressionId e, bool b) const { return e == truth(b); }

  using Assignment = std::map<VariableId, ExpressionId>;
  ExpressionId substitute(ExpressionId, const Assignment&);
  void add_variables(ExpressionId, std::vector<VariableId>& sorted) const;
  // With numbers for all variables; none: a number exceeds 64 bits. Conditions give 0 or 1.
  std::optional<std::int64_t> value(ExpressionId, const Numbers&) const;
  std::optional<Word> word(ExpressionId, const Numbers&) const;
  // The condition without what it says of words: their elements are any integers, and whether two are the same, or what
  // they have, is any answer; `elements` remembers them. Whatever fulfils the condition fulfils it, with some of these.
  ExpressionId without_words(ExpressionId, std::map<ExpressionId, ExpressionId>& elements);

  // As CSPM writes it.
  std::string text(ExpressionId, const std::function<std::string(VariableId)>& name) const;

 private:
  using Terms = std::vector<std::pair<ExpressionId, std::int64_t>>;  // atom, coefficient; ascending by atom
  struct Sum {
    std::int64_t number = 0;
    Terms terms{};
  };
  Sum sum_of(ExpressionId) const;
  ExpressionId of_sum(Sum);
  ExpressionId compared(Op, Sum);
  ExpressionId combined(Op, std::vector<ExpressionId>);
  std::vector<ExpressionId> pieces(ExpressionId word) const;
  ExpressionId of_halves(Op, const std::vector<ExpressionId>& words_and_integers);  // has() or its negation
  ExpressionId intern(Node);
  ExpressionId substitute(ExpressionId, const Assignment&, std::unordered_map<ExpressionId, ExpressionId>& done);
  std::string comparison_text(const Node&, const std::function<std::string(VariableId)>&) const;

  std::vector<Node> nodes_;
  std::map<Node, ExpressionId> ids_;
  std::map<VariableId, VariableId> lengths_, words_;
  std::uint32_t variables_ = 0;
  ExpressionId false_{}, true_{};
};

}  // namespace tryst
