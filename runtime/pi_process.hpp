// A process of the π-calculus in an emitted program: a sequential process as an explicit state machine in plain data.
//
//   moves(each) const      calls each.silent(), each.receive() or each.send() for everything that the state can do, with
//                          a function that says what comes after it
//   mentions(names) const  adds the names that the rest of the process mentions
//   copy(next) const       starts one copy of what a replication replicates
// Names are data: numbers that are given out, compared, sent and received. What comes after a step are processes again:
// none, one (which takes the place of the one that moved), or several.
//
// The state is plain data without padding, its members in this order: numbers (8 bytes each), the point that the process
// is at (4), names (4 each), Booleans (1 each), and zeros up to a multiple of the alignment. Members that a point does not
// use are 0. So every process of a program can be copied, compared, and renamed by those who know three counts.
// Threads: none; a process belongs to one executor.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tryst::runtime::pi {

enum class Name : std::uint32_t {};
inline constexpr Name no_name{0};

constexpr std::uint32_t index(Name n) { return static_cast<std::uint32_t>(n); }

// What is sent: the number of a name, a number, or 0 or 1.
using Word = std::int64_t;
enum class Kind : std::uint8_t { name, integer, boolean };

template <class T>
constexpr Word word(T value) {
  if constexpr (std::is_same_v<T, Name>)
    return index(value);
  else
    return static_cast<Word>(value);
}
template <class T>
constexpr T from_word(Word w) {
  if constexpr (std::is_same_v<T, Name>)
    return Name{static_cast<std::uint32_t>(w)};
  else
    return static_cast<T>(w);
}
template <class T>
inline constexpr Kind kind_of = std::is_same_v<T, Name>   ? Kind::name
                                : std::is_same_v<T, bool> ? Kind::boolean
                                                          : Kind::integer;

// Beyond these values numbers are not computed, as in the model.
inline constexpr std::int64_t integer_max = std::int64_t{1} << 53;
inline std::int64_t checked(std::int64_t value) {
  if (value > integer_max || value < -integer_max) throw std::length_error("a number is too large");
  return value;
}

enum class Action : std::uint8_t { silent, receive, send };

// One thing that a state can do. Branches are numbered from 0 among those that the state offers.
struct Offer {
  Action action;
  std::uint16_t arity;
  std::uint32_t branch;
  Name channel;       // no_name: silent
  const Kind* kinds;  // of what is sent or received, `arity` of them
};

class NameSource {
 public:
  virtual Name fresh(const char* label) = 0;

 protected:
  ~NameSource() = default;
};

// What a step makes: names that nobody else knows, and processes.
class Next {
 public:
  explicit Next(NameSource& names) : names_(names) {}

  Name fresh(const char* label) { return names_.fresh(label); }
  template <class Process>
  void go(const Process& process) {
    std::memcpy(place(Process::type, sizeof process), &process, sizeof process);
  }
  void go(std::uint32_t type, const void* state, std::size_t bytes) { std::memcpy(place(type, bytes), state, bytes); }

  std::size_t size() const { return started_.size(); }
  std::uint32_t type(std::size_t i) const { return started_[i].type; }
  const std::byte* state(std::size_t i) const { return reinterpret_cast<const std::byte*>(words(i)); }
  // The same; words to a multiple of 8 bytes may be read.
  const std::uint64_t* words(std::size_t i) const { return words_.data() + started_[i].place; }
  void clear() {
    constexpr std::size_t kept = 1024;  // words; the first step of a program may make very many processes
    started_.clear();
    used_ = 0;
    if (words_.size() <= kept) return;
    std::vector<Started>().swap(started_);
    std::vector<std::uint64_t>().swap(words_);
  }

 private:
  struct Started {
    std::uint32_t type;
    std::uint32_t place;  // in words_
  };
  // Room for one more.
  void* place(std::uint32_t type, std::size_t bytes) {
    const std::size_t at = used_;
    used_ += (bytes + 7) / 8;
    if (used_ > words_.size()) words_.resize(2 * used_);
    started_.push_back({type, static_cast<std::uint32_t>(at)});
    return words_.data() + at;
  }

  NameSource& names_;
  std::vector<Started> started_;
  std::vector<std::uint64_t> words_;
  std::size_t used_ = 0;  // of words_
};

// --- what moves() is written with

template <class... Ts>
struct Types {};
template <class... Ts>
inline constexpr Types<Ts...> types{};
template <class... Ts>
inline constexpr Kind kinds_of[sizeof...(Ts) + 1]{kind_of<Ts>..., Kind::name};

// What a send carries.
template <class... Ts>
struct Message {
  std::array<Word, sizeof...(Ts)> words;
};
template <class... Ts>
constexpr Message<Ts...> message(Ts... values) {
  return {{word(values)...}};
}

// Collects offers. `all`: also those behind names that are not the same, which tells what a process might do.
class Offering {
 public:
  Offering(std::vector<Offer>& out, bool all) : out_(out), all_(all) {}

  bool same(Name a, Name b) const { return all_ || a == b; }
  bool never() const { return all_; }
  template <class Then>
  void silent(const Then&) {
    out_.push_back({Action::silent, 0, branch_++, no_name, nullptr});
  }
  template <class... Ts, class Then>
  void receive(Name channel, Types<Ts...>, const Then&) {
    out_.push_back({Action::receive, sizeof...(Ts), branch_++, channel, kinds_of<Ts...>});
  }
  template <class... Ts, class Then>
  void send(Name channel, const Message<Ts...>&, const Then&) {
    out_.push_back({Action::send, sizeof...(Ts), branch_++, channel, kinds_of<Ts...>});
  }
  template <class... Ts, class Then>
  void send_new(Name channel, Types<Ts...>, const Then&) {
    out_.push_back({Action::send, sizeof...(Ts), branch_++, channel, kinds_of<Ts...>});
  }

 private:
  std::vector<Offer>& out_;
  bool all_;
  std::uint32_t branch_ = 0;
};

// Performs one branch: a send writes its message, a receive reads it.
class Firing {
 public:
  Firing(std::uint32_t branch, Word* message, Next& next) : wanted_(branch), message_(message), next_(next) {}

  bool same(Name a, Name b) const { return a == b; }
  bool never() const { return false; }
  template <class Then>
  void silent(const Then& then) {
    if (branch_++ == wanted_) then(next_);
  }
  template <class... Ts, class Then>
  void receive(Name, Types<Ts...>, const Then& then) {
    if (branch_++ == wanted_) read<Ts...>(then, std::index_sequence_for<Ts...>());
  }
  template <class... Ts, class Then>
  void send(Name, const Message<Ts...>& sent, const Then& then) {
    if (branch_++ != wanted_) return;
    for (std::size_t i = 0; i < sent.words.size(); ++i) message_[i] = sent.words[i];
    then(next_);
  }
  // What is sent is made only now.
  template <class... Ts, class Then>
  void send_new(Name, Types<Ts...>, const Then& then) {
    if (branch_++ == wanted_) then(next_, message_);
  }

 private:
  template <class... Ts, class Then, std::size_t... I>
  void read(const Then& then, std::index_sequence<I...>) {
    then(next_, from_word<Ts>(message_[I])...);
  }

  std::uint32_t wanted_;
  Word* message_;
  Next& next_;
  std::uint32_t branch_ = 0;
};

// --- a type of processes, for those who know nothing of its members

struct Point {
  const char* name;  // "Client, delegation.pi:11"
  bool lasts;        // a replication: stays as it is, whatever it does, and meets copies of itself
};

struct ProcessType {
  const char* name;
  std::uint32_t numbers, names, booleans;  // members
  std::span<const Point> points;
  const void* context;  // what the functions need to know; an emitted program needs nothing
  void (*offers)(const void* context, const std::byte* state, bool all, std::vector<Offer>& out);
  void (*fire)(const void* context, const std::byte* state, std::uint32_t branch, Word* message, Next&);
  void (*mentions)(const void* context, const std::byte* state, std::vector<Name>& out);
  void (*copy)(const void* context, const std::byte* state, Next&);  // one copy of what a replication replicates

  std::uint32_t point_place() const { return 8 * numbers; }
  std::uint32_t names_place() const { return 8 * numbers + 4; }
  static constexpr std::uint32_t size(std::uint32_t number_count, std::uint32_t name_count,
                                      std::uint32_t boolean_count) {
    const std::uint32_t unit = number_count != 0 ? 8 : 4;
    return (8 * number_count + 4 + 4 * name_count + boolean_count + unit - 1) / unit * unit;
  }
  std::uint32_t size() const { return size(numbers, names, booleans); }
  std::uint32_t point_of(const std::byte* state) const {
    std::uint32_t point;
    std::memcpy(&point, state + point_place(), sizeof point);
    return point;
  }
  Name name_at(const std::byte* state, std::uint32_t i) const {
    Name found;
    std::memcpy(&found, state + names_place() + 4 * i, sizeof found);
    return found;
  }
};

template <class T>
constexpr ProcessType process_type(const char* name, std::span<const Point> points) {
  static_assert(std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>);
  static_assert(sizeof(T) == ProcessType::size(T::numbers, T::names, T::booleans));
  ProcessType type{
      name,
      T::numbers,
      T::names,
      T::booleans,
      points,
      nullptr,
      [](const void*, const std::byte* state, bool all, std::vector<Offer>& out) {
        Offering each(out, all);
        reinterpret_cast<const T*>(state)->moves(each);
      },
      [](const void*, const std::byte* state, std::uint32_t branch, Word* message, Next& next) {
        Firing each(branch, message, next);
        reinterpret_cast<const T*>(state)->moves(each);
      },
      [](const void*, const std::byte* state, std::vector<Name>& out) {
        reinterpret_cast<const T*>(state)->mentions(out);
      },
      [](const void*, const std::byte* state, Next& next) { reinterpret_cast<const T*>(state)->copy(next); }};
  return type;
}

// Names do not say what they carry. An environment that sends the name of a channel for numbers where one for names is
// expected brings together two that do not fit; this is thrown where they would meet.
struct KindsDiffer : std::domain_error {
  explicit KindsDiffer(const std::string& channel)
      : std::domain_error("on " + channel + " one kind of data is sent, and another received") {}
};
inline bool same_kinds(const Offer& a, const Offer& b) { return std::equal(a.kinds, a.kinds + a.arity, b.kinds); }

// A program: the types of its processes, the names it has from the beginning, and how it begins.
struct Program {
  const char* name;
  std::span<const ProcessType> types;
  std::span<const char* const> free_names;  // name i + 1 is the i-th
  std::span<const std::int64_t> integers;   // that are received where all states are visited; none: there are no data
  bool only_new_names;  // there, names that are received are new ones: others might carry what does not fit
  const void* context;
  void (*start)(const void* context, Next&);
  std::uint32_t arity_max;  // of all messages
};

}  // namespace tryst::runtime::pi
