// Names, and the data that may stand where names do: numbers, Booleans, and sums of numbers that are not known yet.
//
// A Name is one of these, told apart by its highest bits:
//   bound_name(i)         bound, see term.hpp; whether it stands for a name or for data shows when it is replaced
//   fresh_name(k)         `_k`, chosen when a name was received or extruded
//   integer_variable(k)   `_k`, a number that was received and is not known
//   a datum               an entry of Integers: a Boolean, a number, or a sum
//   a constant            any other: a name as the user writes it, interned
// What a parameter of an input stands for is its Kind.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst::pi {

enum class Name : std::uint32_t {};

inline constexpr std::uint32_t name_datum_bit = 1u << 29;
inline constexpr std::uint32_t name_fresh_bit = 1u << 30;
inline constexpr std::uint32_t name_bound_bit = 1u << 31;

constexpr Name bound_name(std::uint32_t i) { return static_cast<Name>(name_bound_bit | i); }
constexpr Name fresh_name(std::uint32_t k) { return static_cast<Name>(name_fresh_bit | k); }
constexpr Name integer_variable(std::uint32_t k) { return static_cast<Name>(name_fresh_bit | name_datum_bit | k); }
constexpr bool is_bound(Name n) { return (index(n) & name_bound_bit) != 0; }
// A fresh name, or an integer variable.
constexpr bool is_fresh(Name n) { return !is_bound(n) && (index(n) & name_fresh_bit) != 0; }
constexpr bool is_integer_variable(Name n) { return is_fresh(n) && (index(n) & name_datum_bit) != 0; }
constexpr bool is_datum(Name n) { return !is_bound(n) && !is_fresh(n) && (index(n) & name_datum_bit) != 0; }
// The number of a bound or fresh name, or of a datum.
constexpr std::uint32_t number(Name n) { return index(n) & (name_datum_bit - 1); }

inline constexpr Name false_datum = static_cast<Name>(name_datum_bit);
inline constexpr Name true_datum = static_cast<Name>(name_datum_bit | 1);
inline constexpr std::uint32_t first_sum = 3;
constexpr bool is_truth_value(Name n) { return n == false_datum || n == true_datum; }
// A number too.
constexpr bool is_sum(Name n) { return is_datum(n) && number(n) >= first_sum; }
// A sum or a variable.
constexpr bool is_integer(Name n) { return is_integer_variable(n) || is_sum(n); }

enum class Kind : std::uint8_t { name, integer, boolean };
// How terms write a kind down where others have names: the data 0 to 2.
constexpr Name mark_of(Kind kind) { return static_cast<Name>(name_datum_bit | static_cast<std::uint32_t>(kind)); }
constexpr Kind kind_of(Name mark) { return static_cast<Kind>(number(mark)); }

// A sum in canonical form: the variables ascending, each once and with a factor that is not 0.
struct Sum {
  std::vector<std::pair<Name, std::int64_t>> variables{};  // bound names and integer variables
  std::int64_t constant = 0;
  friend auto operator<=>(const Sum&, const Sum&) = default;
};

// All sums that have occurred, numbered from first_sum. Equal sums are one Name; a variable alone is itself.
class Integers {
 public:
  Name integer(std::int64_t value) { return name_of({{}, value}); }
  Name name_of(Sum);
  // Of anything that stands for a number; a bound name is a variable.
  Sum sum_of(Name) const;
  // The sum times a factor, added to another. Throws LimitReached where a number becomes too large.
  static void add(Sum& to, const Sum&, std::int64_t factor);

 private:
  std::vector<Sum> sums_;
  std::map<Sum, Name> ids_;
};

// `2*x-y+3`; the variables as `text_of_variable` has them.
std::string text_of(const Sum&, const std::function<std::string(Name)>& text_of_variable);

// The values beyond which numbers are not computed.
inline constexpr std::int64_t integer_max = std::int64_t{1} << 53;

// A comparison of a sum with 0.
enum class TestKind : std::uint8_t { at_most, equal, not_equal };
struct Test {
  Name sum{};  // not a number: such a test is decided
  TestKind kind = TestKind::equal;
  friend auto operator<=>(const Test&, const Test&) = default;
};

// `x+1 <= y`: what is subtracted stands on the right.
std::string text_of(const Test&, const Integers&, const std::function<std::string(Name)>& text_of_variable);

}  // namespace tryst::pi
