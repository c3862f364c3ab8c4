// What a slot holds while a script is evaluated: an immediate value, or a counted reference to an object on the heap.
//
// A handle is 8 bytes; its two low bits say which:
//   00  an object (or nothing at all: all bits zero)
//   01  a canonical value, the ValueId in the upper half
//   10  an integer of 62 bits (larger ones are canonical values)
//   11  a process term, the ProcessId in the upper half
// Objects are what need not be evaluated, or not completely; `fields` holds what the comment says:
//   thunk        captured*                  code; delayed, evaluated at most once
//   done         value                      a thunk after its evaluation: a step on the way to the value
//   concat       a, b                       delayed a^b
//   concat_map   sequence, captured*        code; delayed concatenation of code(x) for x in the sequence
//   productions  prefix*, rest?             number: how many prefixes; a set (machine_productions.cpp)
//   tuple        component*
//   cons         head, tail                 a sequence
//   view         sequence                   number: the elements of a canonical sequence from here on; at least one
//   range        -                          number, limit: the integers from here to there; at least one
//   range_open   -                          number: the integers from here on
//   closure      captured*, argument*       code; number: how many argument lists the function has got
//   builtin      argument*                  number: a built-in function
// The first four are *delayed*; evaluation gives one of the others or an immediate value.
// Reference counts are not atomic. Threads: none.
#pragma once

#include <cassert>
#include <cstdint>
#include <utility>

#include "semantics/csp/core.hpp"

namespace tryst::csp {

enum class ObjectKind : std::uint8_t {
  thunk,
  concat,
  concat_map,
  done,
  tuple,
  cons,
  view,
  range,
  range_open,
  closure,
  builtin,
  productions
};

class Handle;

struct Object {
  std::uint32_t references;
  ObjectKind kind;
  bool running;         // delayed: it is being evaluated
  std::uint32_t count;  // fields
  CodeId code;          // thunk, concat_map, closure
  std::int64_t number;
  std::int64_t limit;

  Handle* fields() { return reinterpret_cast<Handle*>(this + 1); }
  const Handle* fields() const { return reinterpret_cast<const Handle*>(this + 1); }
};

class Handle {
 public:
  Handle() = default;
  Handle(const Handle& other) : bits_(other.bits_) { retain(); }
  Handle(Handle&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  Handle& operator=(Handle other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Handle() { release(); }

  static Handle value(ValueId v) { return Handle((std::uint64_t{index(v)} << 32) | 1); }
  static Handle process(ProcessId p) { return Handle((std::uint64_t{index(p)} << 32) | 3); }
  static bool fits(std::int64_t n) { return n >= -(std::int64_t{1} << 61) && n < (std::int64_t{1} << 61); }
  static Handle integer(std::int64_t n) {
    assert(fits(n));
    return Handle((static_cast<std::uint64_t>(n) << 2) | 2);
  }
  // A new object of `count` empty fields.
  static Handle make(ObjectKind, std::uint32_t count, CodeId code = no_id<CodeId>);

  bool empty() const { return bits_ == 0; }
  bool is_object() const { return (bits_ & 3) == 0 && bits_ != 0; }
  bool is_value() const { return (bits_ & 3) == 1; }
  bool is_integer() const { return (bits_ & 3) == 2; }
  bool is_process() const { return (bits_ & 3) == 3; }
  bool is(ObjectKind kind) const { return is_object() && object().kind == kind; }
  bool is_delayed() const { return is_object() && object().kind <= ObjectKind::done; }

  ValueId as_value() const {
    assert(is_value());
    return static_cast<ValueId>(bits_ >> 32);
  }
  ProcessId as_process() const {
    assert(is_process());
    return static_cast<ProcessId>(bits_ >> 32);
  }
  std::int64_t as_integer() const {
    assert(is_integer());
    return static_cast<std::int64_t>(bits_) >> 2;
  }
  Object& object() const {
    assert(is_object());
    return *reinterpret_cast<Object*>(bits_);
  }
  const Handle& field(std::uint32_t i) const {
    assert(i < object().count);
    return object().fields()[i];
  }
  bool same(const Handle& other) const { return bits_ == other.bits_; }

 private:
  explicit Handle(std::uint64_t bits) : bits_(bits) {}
  void retain() const {
    if (is_object()) ++object().references;
  }
  void release() {
    if (is_object() && --object().references == 0) destroy(&object());
  }
  static void destroy(Object*);

  std::uint64_t bits_ = 0;
};

static_assert(sizeof(Handle) == 8);
static_assert(sizeof(Object) % alignof(Handle) == 0);

}  // namespace tryst::csp
