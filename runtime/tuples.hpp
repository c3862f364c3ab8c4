// Tuples, and values dotted together, of components that are written as programs: as plain data without padding.
//
// Integers, Booleans and constants are stored as 64 bits; everything else here is made of these, so a value has no bytes
// that do not count. Ordered lexicographically, as CSPM orders the elements of sets.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace tryst::runtime {

template <class T>
using Stored = std::conditional_t<std::is_class_v<T>, T, std::int64_t>;

template <class T>
constexpr Stored<T> stored(const T& value) {
  if constexpr (std::is_class_v<T>)
    return value;
  else
    return static_cast<std::int64_t>(value);
}

template <class T>
constexpr T loaded(const Stored<T>& value) {
  return static_cast<T>(value);
}

template <class First, class... Rest>
struct Tuple {
  Stored<First> first{};
  Tuple<Rest...> rest{};

  constexpr Tuple() = default;
  constexpr explicit Tuple(const First& item, const Rest&... others) : first(stored<First>(item)), rest(others...) {}
  friend constexpr auto operator<=>(const Tuple&, const Tuple&) = default;
};

template <class Last>
struct Tuple<Last> {
  Stored<Last> first{};

  constexpr Tuple() = default;
  constexpr explicit Tuple(const Last& item) : first(stored<Last>(item)) {}
  friend constexpr auto operator<=>(const Tuple&, const Tuple&) = default;
};

// 1.true
template <class... Items>
struct Dots : Tuple<Items...> {
  using Tuple<Items...>::Tuple;
};

// An item, counted from 0.
template <std::size_t I, class First, class... Rest>
constexpr auto get(const Tuple<First, Rest...>& tuple) {
  if constexpr (I == 0)
    return loaded<First>(tuple.first);
  else
    return get<I - 1>(tuple.rest);
}

inline std::string text(std::int64_t n) { return std::to_string(n); }
inline std::string text(bool b) { return b ? "true" : "false"; }

template <class First, class... Rest>
std::string texts(const Tuple<First, Rest...>& tuple, const char* separator) {
  std::string result = text(get<0>(tuple));
  if constexpr (sizeof...(Rest) != 0) result += separator + texts(tuple.rest, separator);
  return result;
}
template <class... Items>
std::string text(const Tuple<Items...>& tuple) {
  return "(" + texts(tuple, ",") + ")";
}
template <class... Items>
std::string text(const Dots<Items...>& dots) {
  return texts<Items...>(dots, ".");
}

}  // namespace tryst::runtime
