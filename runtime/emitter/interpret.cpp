#include "runtime/emitter/interpret.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "runtime/emitter/heads.hpp"

namespace tryst::emitter {

namespace {

using Op = Expression::Op;
using Form = Process::Form;

constexpr std::size_t depth_max = 1000;   // of calls, data and processes alike
constexpr std::size_t length_max = 1000;  // of sequences and sets
constexpr std::size_t states_max = 200'000;

// Ordered as the evaluator orders them: lexicographically, by parts; datatypes by constructor first.
struct Value {
  std::int64_t number = 0;     // of a scalar; datatype: the constructor
  std::vector<Value> parts{};  // sets ascending; maps: each key with its value, by keys
  friend bool operator==(const Value&, const Value&) = default;
  friend std::strong_ordering operator<=>(const Value& a, const Value& b) {
    if (const auto order = a.number <=> b.number; order != 0) return order;
    return std::lexicographical_compare_three_way(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end());
  }
};

struct State {
  std::uint32_t point;  // Process::no_point: after ✓
  std::vector<Value> values;
  friend auto operator<=>(const State&, const State&) = default;
};

struct Move {
  std::string event;  // of a visible one
  EventId kind;       // tau, tick, or anything else
  State target;
};

// One of + - * / %, as CSPM has them.
std::int64_t calculate(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflow = false;
  if (op == Op::add) overflow = __builtin_add_overflow(a, b, &result);
  if (op == Op::multiply) overflow = __builtin_mul_overflow(a, b, &result);
  if (op == Op::subtract) overflow = __builtin_sub_overflow(a, b, &result);
  if (op == Op::divide || op == Op::modulo) {
    if (b == 0) throw CodeFails{"it divides by zero where its value is not needed"};
    if (b == -1) return op == Op::modulo ? 0 : calculate(Op::subtract, 0, a);
    const bool down = a % b != 0 && (a % b < 0) != (b < 0);
    result = op == Op::divide ? a / b - (down ? 1 : 0) : a % b + (down ? b : 0);
  }
  if (overflow) throw CodeFails{"an integer exceeds 64 bits"};
  return result;
}

class Interpreter {
 public:
  explicit Interpreter(MachineCode& code) : code_(code) { frame_.resize(code.variables.size()); }

  std::vector<Move> moves(const State& state) {
    moves_.clear();
    if (state.point == Process::no_point) return {};
    enter(code_.points[state.point], state.values);
    head(code_.points[state.point].body, false);
    return std::move(moves_);
  }

  State target(const Process& process) {
    switch (process.form) {
      case Form::conditional: return target(process.operands[truth(process.condition) ? 0 : 1]);
      case Form::let: frame_[process.variable] = value(process.condition); return target(process.operands[0]);
      default: return {process.point, values(process.arguments)};
    }
  }

 private:
  struct Deeper {
    explicit Deeper(std::size_t& depth) : depth_(depth) {
      if (++depth_ > depth_max) throw CodeFails{"it recurses too deeply"};
    }
    ~Deeper() { --depth_; }
    std::size_t& depth_;
  };

  void enter(const Point& point, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) frame_[point.variables[i]] = values[i];
  }

  void head(const Process& process, bool in_choice) {
    const Deeper deeper(depth_);
    switch (process.form) {
      case Form::stop: return;
      case Form::failure: throw CodeFails{"a process is called with what none of its clauses matches"};
      case Form::skip: moves_.push_back({{}, tick, {Process::no_point, {}}}); return;
      case Form::prefix: return communicate(process, 0);
      case Form::external:
        for (const Process& operand : process.operands) head(operand, true);
        return;
      case Form::together:
        if (in_choice && may_act_before_choice(process))
          throw CodeFails{"a choice has operands that act before it is made"};
        for (const Process& operand : process.operands) head(operand, operand.form != Form::internal);
        return;
      case Form::internal:
      case Form::each_internal: {
        if (in_choice) throw CodeFails{"a choice has operands that act before it is made"};
        const auto choose = [&](const Process& operand) { moves_.push_back({{}, tau, target(operand)}); };
        if (process.form == Form::internal)
          std::ranges::for_each(process.operands, choose);
        else
          for_each(process.domain, process.variable, [&] { choose(process.operands[0]); });
        return;
      }
      case Form::conditional: return head(process.operands[truth(process.condition) ? 0 : 1], in_choice);
      case Form::let: frame_[process.variable] = value(process.condition); return head(process.operands[0], in_choice);
      case Form::call: {
        const std::vector<Value> arguments = values(process.arguments);
        const std::vector<Value> frame = frame_;
        enter(code_.points[process.point], arguments);
        head(code_.points[process.point].body, in_choice);
        frame_ = frame;
        return;
      }
      case Form::each: for_each(process.domain, process.variable, [&] { head(process.operands[0], true); }); return;
    }
  }

  void communicate(const Process& prefix, std::size_t input) {
    if (input < prefix.inputs.size()) {
      const Process::Input& next = prefix.inputs[input];
      return for_each(next.domain, next.variable, [&] { communicate(prefix, input + 1); });
    }
    std::string event = prefix.channel;
    for (const Expression& field : prefix.fields) event += '.' + text(value(field), field.type);
    moves_.push_back({event, EventId{2}, target(prefix.operands[0])});
  }

  template <class Body>
  void for_each(const Domain& domain, std::uint32_t variable, Body body) {
    const std::vector<Value> list = values(domain.values);
    if (domain.is_range) {
      for (std::int64_t n = list[0].number; n <= list[1].number; ++n) {
        if (n - list[0].number > 10'000) throw CodeFails{"it receives from more than 10,000 values"};
        frame_[variable] = {n};
        if (pass(domain)) body();
      }
      return;
    }
    for (const Value& one : domain.is_set ? list[0].parts : list) {
      frame_[variable] = one;
      if (pass(domain)) body();
    }
  }

  bool pass(const Domain& domain) {
    return std::ranges::all_of(domain.filters, [this](const Expression& filter) { return truth(filter); });
  }

  // As the evaluator writes it.
  std::string text(const Value& v, const DataType& type) const {
    using Kind = DataType::Kind;
    switch (type.kind) {
      case Kind::integer: return std::to_string(v.number);
      case Kind::boolean: return v.number != 0 ? "true" : "false";
      case Kind::enumeration:
      case Kind::datatype: {
        const Datatype::Constructor& made = code_.datatypes[type.datatype].constructors[index_of(v.number)];
        std::string result = made.name;
        for (std::size_t i = 0; i < v.parts.size(); ++i) result += '.' + text(v.parts[i], made.fields[i]);
        return result;
      }
      case Kind::tuple: return "(" + texts(v, type, ",") + ")";
      case Kind::dots: return texts(v, type, ".");
      case Kind::sequence: return listed("<", texts(v, type, ","), ">");
      case Kind::set: return listed("{", texts(v, type, ","), "}");
      case Kind::map: break;
    }
    std::string result;
    for (const Value& entry : v.parts)
      result += (result.empty() ? "" : ", ") + text(entry.parts[0], type.parts[0]) + " => " +
                text(entry.parts[1], type.parts[1]);
    return "(| " + result + " |)";
  }

  static std::string listed(const char* open, const std::string& items, const char* close) {
    return open + (items.starts_with('-') ? " " + items : items) + close;
  }

  std::string texts(const Value& v, const DataType& type, const char* separator) const {
    std::string result;
    for (std::size_t i = 0; i < v.parts.size(); ++i)
      result += (i == 0 ? "" : separator) + text(v.parts[i], type.has_items() ? type.parts[i] : type.element());
    return result;
  }

  static std::size_t index_of(std::int64_t n) { return static_cast<std::size_t>(n); }

  bool truth(const Expression& e) { return value(e).number != 0; }

  std::vector<Value> values(const std::vector<Expression>& list) {
    std::vector<Value> result;
    for (const Expression& e : list) result.push_back(value(e));
    return result;
  }

  Value set(std::vector<Value> items, const DataType& type) {
    std::ranges::sort(items);
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return collection(std::move(items), type);
  }

  // A sequence, a set or a map.
  Value collection(std::vector<Value> items, const DataType& type) {
    if (items.size() > length_max) throw CodeFails{"it holds sequences, sets or maps of more than 1,000 values"};
    std::int64_t& longest = code_.length_max[type];
    longest = std::max(longest, static_cast<std::int64_t>(items.size()));
    return {0, std::move(items)};
  }

  Value value(const Expression& e) {
    const Deeper deeper(depth_);
    switch (e.op) {
      case Op::literal: return {e.number};
      case Op::variable: return frame_[static_cast<std::size_t>(e.number)];
      case Op::call: return call(code_.functions[static_cast<std::size_t>(e.number)], values(e.operands));
      case Op::failure: throw CodeFails{"a function is applied to what none of its clauses matches"};
      case Op::conditional: return value(e.operands[truth(e.operands[0]) ? 1 : 2]);
      case Op::let: frame_[static_cast<std::size_t>(e.number)] = value(e.operands[0]); return value(e.operands[1]);
      case Op::and_: return {truth(e.operands[0]) && truth(e.operands[1])};
      case Op::or_: return {truth(e.operands[0]) || truth(e.operands[1])};
      case Op::not_: return {!truth(e.operands[0])};
      default: break;
    }
    std::vector<Value> v = values(e.operands);
    switch (e.op) {
      case Op::list: return collection(std::move(v), e.type);
      case Op::set: return set(std::move(v), e.type);
      case Op::tuple: return {0, std::move(v)};
      case Op::construct: return {e.number, std::move(v)};
      case Op::item: return v[0].parts[index_of(e.number)];
      case Op::is: return {v[0].number == e.number};
      case Op::fields:
        if (v[0].number != e.number) throw CodeFails{"it takes a value apart that was made by another constructor"};
        return {0, std::move(v[0].parts)};
      default: break;
    }
    if (v.size() == 3) return updated(std::move(v[0]), v[1], v[2], e.type);  // Op::update
    return v.size() == 2 ? binary(e, v[0], v[1]) : unary(e, v[0]);
  }

  Value binary(const Expression& e, const Value& a, const Value& b) {
    switch (e.op) {
      case Op::equal: return {a == b};
      case Op::not_equal: return {a != b};
      case Op::less: return {a.number < b.number};
      case Op::less_equal: return {a.number <= b.number};
      case Op::greater: return {a.number > b.number};
      case Op::greater_equal: return {a.number >= b.number};
      case Op::concat:
      case Op::unite: {
        std::vector<Value> items = a.parts;
        items.insert(items.end(), b.parts.begin(), b.parts.end());
        return e.op == Op::concat ? collection(std::move(items), e.type) : set(std::move(items), e.type);
      }
      case Op::member: return {std::ranges::binary_search(b.parts, a)};
      case Op::set_range: {
        std::vector<Value> items;
        for (std::int64_t n = a.number; n <= b.number && items.size() <= length_max; ++n) items.push_back({n});
        return collection(std::move(items), e.type);
      }
      case Op::intersect:
      case Op::subtract_set: {
        std::vector<Value> items;
        for (const Value& one : a.parts)
          if (std::ranges::binary_search(b.parts, one) == (e.op == Op::intersect)) items.push_back(one);
        return collection(std::move(items), e.type);
      }
      case Op::lookup:
      case Op::has_key: {
        const auto entry = std::ranges::find(a.parts, b, key);
        if (e.op == Op::has_key) return {entry != a.parts.end()};
        if (entry == a.parts.end()) throw CodeFails{"it looks for a key that a map does not have"};
        return entry->parts[1];
      }
      case Op::erase: {
        std::vector<Value> items = a.parts;
        std::erase_if(items, [&](const Value& entry) { return key(entry) == b; });
        return collection(std::move(items), e.type);
      }
      default: return {calculate(e.op, a.number, b.number)};
    }
  }

  Value unary(const Expression& e, const Value& v) {
    switch (e.op) {
      case Op::negate: return {calculate(Op::subtract, 0, v.number)};
      case Op::length: return {static_cast<std::int64_t>(v.parts.size())};
      case Op::head:
      case Op::tail:
        if (v.parts.empty()) throw CodeFails{"it takes the head of an empty sequence where its value is not needed"};
        if (e.op == Op::head) return v.parts[0];
        return {0, {v.parts.begin() + 1, v.parts.end()}};
      case Op::as_set: return set(v.parts, e.type);
      case Op::map_of: {
        Value map;
        for (const Value& entry : v.parts) map = updated(std::move(map), entry.parts[0], entry.parts[1], e.type);
        return map;
      }
      default: return collection(v.parts, e.type);  // as_sequence, entries
    }
  }

  static const Value& key(const Value& entry) { return entry.parts[0]; }

  Value updated(Value map, const Value& k, const Value& image, const DataType& type) {
    std::erase_if(map.parts, [&](const Value& entry) { return key(entry) == k; });
    map.parts.insert(std::ranges::lower_bound(map.parts, k, {}, key), {0, {k, image}});
    return collection(std::move(map.parts), type);
  }

  Value call(const Function& function, std::vector<Value> arguments) {
    std::vector<Value> frame(code_.variables.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) frame[function.parameters[i]] = std::move(arguments[i]);
    std::swap(frame, frame_);
    Value result = value(function.body);
    std::swap(frame, frame_);
    return result;
  }

  MachineCode& code_;
  std::vector<Value> frame_;  // by variable
  std::vector<Move> moves_;
  std::size_t depth_ = 0;
};

}  // namespace

class CodeStates::Interpreted : public Interpreter {
 public:
  using Interpreter::Interpreter;
  std::map<State, std::uint32_t> numbers;
  std::vector<const State*> states;  // by number

  std::uint32_t number(State state) {
    const auto [at, added] = numbers.try_emplace(std::move(state), static_cast<std::uint32_t>(states.size()));
    if (!added) return at->second;
    if (states.size() == states_max) throw CodeFails{"it has more states when it is not evaluated by need"};
    states.push_back(&at->first);
    return at->second;
  }
};

CodeStates::CodeStates(MachineCode& code, const Process& initial, const EventNames& names)
    : code_(code), names_(names), interpreted_(std::make_unique<Interpreted>(code)) {
  interpreted_->number(interpreted_->target(initial));
}

CodeStates::~CodeStates() = default;

const std::vector<CodeStates::Move>& CodeStates::moves(std::uint32_t s) {
  if (s >= rows_.size()) rows_.resize(s + 1);
  if (rows_[s]) return *rows_[s];
  std::vector<Move> row;
  const State state = *interpreted_->states[s];
  if (state.point == Process::no_point) row.push_back({ended, s});
  std::set<EventId> events;
  std::set<std::pair<EventId, std::uint32_t>> met;
  for (emitter::Move& move : interpreted_->moves(state)) {
    const Move one{move.event.empty() ? move.kind : names_.find(move.event).value_or(no_id<EventId>),
                   interpreted_->number(std::move(move.target))};
    const bool is_again = !met.emplace(one.event, one.target).second;
    code_.repeats = code_.repeats || is_again || (one.event != tau && !events.insert(one.event).second);
    if (!is_again) row.push_back(one);
  }
  rows_[s] = std::move(row);
  return *rows_[s];
}

}  // namespace tryst::emitter
