// Values of CSPM in components that are written as programs: arithmetic as CSPM has it, and sequences,
// sets and maps as plain data.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "runtime/tuples.hpp"

namespace tryst::runtime {

// Rounds down, whatever the signs; b is not 0.
constexpr std::int64_t divide(std::int64_t a, std::int64_t b) {
  const bool down = a % b != 0 && (a % b < 0) != (b < 0);
  return a / b - (down ? 1 : 0);
}
// What divide() leaves: it has the sign of b. The remainder by -1 is 0 even where the quotient has no 64 bits.
constexpr std::int64_t modulo(std::int64_t a, std::int64_t b) {
  if (b == -1) return 0;
  const std::int64_t remainder = a % b;
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

// A sequence of at most N values. Unused places are empty, so equal sequences are equal bytes.
template <class T, std::size_t N>
struct Sequence {
  std::int64_t size = 0;
  std::array<Stored<T>, N> items{};

  constexpr std::int64_t length() const { return size; }
  constexpr void append(const T& item) {
    assert(static_cast<std::size_t>(size) < N);
    items[static_cast<std::size_t>(size++)] = stored<T>(item);
  }
  constexpr T head() const {
    assert(size > 0);
    return at(0);
  }
  constexpr Sequence tail() const {
    assert(size > 0);
    Sequence rest;
    for (std::int64_t i = 1; i < size; ++i) rest.append(at(i));
    return rest;
  }
  constexpr T at(std::int64_t i) const { return loaded<T>(items[static_cast<std::size_t>(i)]); }

  struct Iterator {
    const Stored<T>* place;
    constexpr T operator*() const { return loaded<T>(*place); }
    constexpr Iterator& operator++() {
      ++place;
      return *this;
    }
    friend constexpr bool operator==(const Iterator&, const Iterator&) = default;
  };
  constexpr Iterator begin() const { return {items.data()}; }
  constexpr Iterator end() const { return {items.data() + size}; }
  friend constexpr bool operator==(const Sequence&, const Sequence&) = default;
  friend constexpr std::strong_ordering operator<=>(const Sequence& a, const Sequence& b) {
    for (std::int64_t i = 0; i < a.size && i < b.size; ++i)
      if (const std::strong_ordering order = a.at(i) <=> b.at(i); order != 0) return order;
    return a.size <=> b.size;
  }
};

template <class T, std::size_t N>
constexpr Sequence<T, N> concat(Sequence<T, N> a, const Sequence<T, N>& b) {
  for (std::int64_t i = 0; i < b.length(); ++i) a.append(b.at(i));
  return a;
}

template <class T, std::size_t N>
constexpr Sequence<T, N> sequence(std::initializer_list<T> items) {
  Sequence<T, N> result;
  for (const T& item : items) result.append(item);
  return result;
}

// A set of at most N values: its elements, ascending, so equal sets are equal bytes.
template <class T, std::size_t N>
struct Set {
  Sequence<T, N> elements;

  constexpr std::int64_t length() const { return elements.length(); }
  constexpr auto begin() const { return elements.begin(); }
  constexpr auto end() const { return elements.end(); }
  friend constexpr auto operator<=>(const Set&, const Set&) = default;
};

template <class T, std::size_t N>
constexpr bool is_member(const std::type_identity_t<T>& value, const Set<T, N>& set) {
  for (const T& element : set)
    if (element == value) return true;
  return false;
}

template <class T, std::size_t N>
constexpr Set<T, N> unite(const Set<T, N>& a, const Set<T, N>& b) {
  Set<T, N> result;
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() || y != b.end()) {
    const bool first = y == b.end() || (x != a.end() && *x <= *y);
    const T next = first ? *x : *y;
    if (x != a.end() && *x == next) ++x;
    if (y != b.end() && *y == next) ++y;
    result.elements.append(next);
  }
  return result;
}

template <class T, std::size_t N>
constexpr Set<T, N> intersect(const Set<T, N>& a, const Set<T, N>& b) {
  Set<T, N> result;
  for (const T& element : a)
    if (is_member(element, b)) result.elements.append(element);
  return result;
}

template <class T, std::size_t N>
constexpr Set<T, N> subtract(const Set<T, N>& a, const Set<T, N>& b) {
  Set<T, N> result;
  for (const T& element : a)
    if (!is_member(element, b)) result.elements.append(element);
  return result;
}

template <class T, std::size_t N>
constexpr Set<T, N> set_of(std::initializer_list<T> items) {
  Set<T, N> result;
  for (const T& item : items) {
    Set<T, N> one;
    one.elements.append(item);
    result = unite(result, one);
  }
  return result;
}

template <std::size_t M, class T, std::size_t N>
constexpr Set<T, M> as_set(const Sequence<T, N>& sequence) {
  Set<T, M> result;
  for (const T& item : sequence) result = unite(result, set_of<T, M>({item}));
  return result;
}

template <std::size_t M, class T, std::size_t N>
constexpr Sequence<T, M> as_sequence(const Set<T, N>& set) {
  Sequence<T, M> result;
  for (const T& element : set) result.append(element);
  return result;
}

template <std::size_t N>
constexpr Set<std::int64_t, N> set_range(std::int64_t from, std::int64_t to) {
  Set<std::int64_t, N> result;
  for (std::int64_t n = from; n <= to; ++n) result.elements.append(n);
  return result;
}

// A map of at most N keys, ascending, each with its value; so equal maps are equal bytes.
template <class Key, class Value, std::size_t N>
struct Map {
  using Entry = Tuple<Key, Value>;
  Sequence<Entry, N> entries;

  constexpr auto begin() const { return entries.begin(); }
  constexpr auto end() const { return entries.end(); }
  friend constexpr auto operator<=>(const Map&, const Map&) = default;
};

template <class Key, class Value, std::size_t N>
constexpr bool has_key(const Map<Key, Value, N>& map, const std::type_identity_t<Key>& key) {
  for (const Tuple<Key, Value>& entry : map)
    if (get<0>(entry) == key) return true;
  return false;
}

// Of a key that the map has.
template <class Key, class Value, std::size_t N>
constexpr Value lookup(const Map<Key, Value, N>& map, const std::type_identity_t<Key>& key) {
  for (const Tuple<Key, Value>& entry : map)
    if (get<0>(entry) == key) return get<1>(entry);
  std::abort();
}

template <class Key, class Value, std::size_t N>
constexpr Map<Key, Value, N> erase(const Map<Key, Value, N>& map, const std::type_identity_t<Key>& key) {
  Map<Key, Value, N> result;
  for (const Tuple<Key, Value>& entry : map)
    if (get<0>(entry) != key) result.entries.append(entry);
  return result;
}

template <class Key, class Value, std::size_t N>
constexpr Map<Key, Value, N> update(const Map<Key, Value, N>& map, const std::type_identity_t<Key>& key,
                                    const std::type_identity_t<Value>& value) {
  Map<Key, Value, N> result;
  bool is_in = false;
  for (const Tuple<Key, Value>& entry : map) {
    if (!is_in && key <= get<0>(entry)) result.entries.append(Tuple<Key, Value>(key, value));
    is_in = is_in || key <= get<0>(entry);
    if (get<0>(entry) != key) result.entries.append(entry);
  }
  if (!is_in) result.entries.append(Tuple<Key, Value>(key, value));
  return result;
}

// The last value of a key counts.
template <std::size_t M, class Key, class Value, std::size_t N>
constexpr Map<Key, Value, M> map_of(const Sequence<Tuple<Key, Value>, N>& entries) {
  Map<Key, Value, M> result;
  for (const Tuple<Key, Value>& entry : entries) result = update(result, get<0>(entry), get<1>(entry));
  return result;
}

template <std::size_t M, class Key, class Value, std::size_t N>
constexpr Sequence<Tuple<Key, Value>, M> entries(const Map<Key, Value, N>& map) {
  Sequence<Tuple<Key, Value>, M> result;
  for (const Tuple<Key, Value>& entry : map) result.append(entry);
  return result;
}

// The place of a value in an ascending list that holds it.
template <class List, class T>
constexpr std::uint32_t place_among(const List& list, const T& value) {
  const auto at = std::ranges::lower_bound(list, value);
  assert(at != std::ranges::end(list) && *at == value);
  return static_cast<std::uint32_t>(at - std::ranges::begin(list));
}

// No clause of a function matches its arguments: never in a program that was validated.
template <class T>
[[noreturn]] T no_clause() {
  std::abort();
}

// With a blank before a sign, as `<-` is one token of CSPM, and `{-` opens a comment.
template <class T, std::size_t N>
std::string text(const Sequence<T, N>& s) {
  std::string result;
  for (std::int64_t i = 0; i < s.length(); ++i) result += (i == 0 ? "" : ",") + text(s.at(i));
  return (result.starts_with('-') ? "< " : "<") + result + ">";
}

template <class T, std::size_t N>
std::string text(const Set<T, N>& s) {
  std::string result = text(s.elements);
  result.front() = '{';
  result.back() = '}';
  return result;
}

template <class Key, class Value, std::size_t N>
std::string text(const Map<Key, Value, N>& map) {
  std::string result;
  for (const Tuple<Key, Value>& entry : map)
    result += (result.empty() ? "" : ", ") + text(get<0>(entry)) + " => " + text(get<1>(entry));
  return "(| " + result + " |)";
}

// P(1,true); P without arguments.
inline std::string call_text(std::string name, std::initializer_list<std::string> arguments) {
  const char* separator = "(";
  for (const std::string& argument : arguments) {
    name += separator + argument;
    separator = ",";
  }
  return arguments.size() == 0 ? name : name + ")";
}

}  // namespace tryst::runtime
