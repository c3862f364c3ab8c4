#include "tests/pi/naive_data.hpp"

#include <algorithm>

namespace tryst::naive_data {

namespace {

constexpr int range_min = -4, range_max = 7;

std::string name(int variable) { return "x" + std::to_string(variable); }

std::string text(const Value& v) {
  if (v.variable == 0) return std::to_string(v.constant);
  return name(v.variable) + (v.constant == 0 ? "" : (v.constant > 0 ? "+" : "") + std::to_string(v.constant));
}

Ptr make(Process p) { return std::make_shared<const Process>(std::move(p)); }

int pick(std::mt19937& random, int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

Value random_value(std::mt19937& random, int variables) {
  if (variables == 0 || pick(random, 3) == 0) return {0, pick(random, 3)};
  return {1 + pick(random, variables), pick(random, 4) == 0 ? 1 : 0};
}

const std::vector<std::string> signs{"<", "<=", ">", ">=", "=", "#"};

Ptr random_in(std::mt19937& random, int size, int variables) {
  if (size <= 0 && pick(random, 4) == 0) return make({});
  if (size <= 0) return make({.kind = Kind::output, .left_value = random_value(random, variables), .left = make({})});
  switch (pick(random, 8)) {
    case 0: return make({.kind = Kind::tau, .left = random_in(random, size - 1, variables)});
    case 1:
    case 2:
      if (variables < 2)
        return make(
            {.kind = Kind::input, .variable = variables + 1, .left = random_in(random, size - 1, variables + 1)});
      [[fallthrough]];
    case 3:
      return make({.kind = Kind::output,
                   .left_value = random_value(random, variables),
                   .left = random_in(random, size - 1, variables)});
    case 4:
    case 5:
      return make({.kind = Kind::test,
                   .left_value = random_value(random, variables),
                   .right_value = random_value(random, variables),
                   .sign = signs[static_cast<std::size_t>(pick(random, 6))],
                   .left = random_in(random, size - 1, variables)});
    case 6:
      if (variables < 3)
        return make({.kind = Kind::pass,
                     .variable = variables + 1,
                     .left_value = random_value(random, variables),
                     .left = random_in(random, size - 1, variables + 1)});
      [[fallthrough]];
    default: {
      const int on_left = pick(random, size);
      return make({.kind = Kind::sum,
                   .left = random_in(random, on_left, variables),
                   .right = random_in(random, size - 1 - on_left, variables)});
    }
  }
}

int count(const Ptr& p) { return p ? 1 + count(p->left) + count(p->right) : 0; }

Ptr changed(const Ptr& p, std::mt19937& random, int variables) {
  const auto tested = [&](const std::string& sign, const Value& left, const Value& right) {
    return make({.kind = Kind::test, .left_value = left, .right_value = right, .sign = sign, .left = p});
  };
  Process copy = *p;
  switch (pick(random, 6)) {
    case 0: {  // the same by cases
      const Value left = random_value(random, variables), right = random_value(random, variables);
      const int at = pick(random, 3) * 2;
      const std::string other = at == 0 ? ">=" : at == 2 ? "<=" : "#";
      return make({.kind = Kind::sum,
                   .left = tested(signs[static_cast<std::size_t>(at)], left, right),
                   .right = tested(other, left, right)});
    }
    case 1:
      if (p->kind == Kind::test && p->sign == "<") {
        copy.sign = "<=";
        copy.right_value.constant -= pick(random, 3) > 0 ? 1 : 0;
        return make(copy);
      }
      break;
    case 2:
      if (p->kind == Kind::test) {
        copy.sign = signs[static_cast<std::size_t>(pick(random, 6))];
        return make(copy);
      }
      break;
    case 3:
      if (p->kind == Kind::output) {
        copy.left_value = random_value(random, variables);
        return make(copy);
      }
      break;
    case 4: return make({.kind = Kind::sum, .left = p, .right = make({.kind = Kind::tau, .left = p})});
    default: break;
  }
  return tested(signs[static_cast<std::size_t>(pick(random, 6))], random_value(random, variables),
                {0, pick(random, 3)});
}

Ptr changed_at(const Ptr& p, int at, std::mt19937& random, int variables) {
  if (at == 0) return changed(p, random, variables);
  Process copy = *p;
  const bool binds = p->kind == Kind::input || p->kind == Kind::pass;
  const int inside = binds ? p->variable : variables, on_left = count(p->left);
  if (at <= on_left)
    copy.left = changed_at(p->left, at - 1, random, inside);
  else
    copy.right = changed_at(p->right, at - 1 - on_left, random, inside);
  return make(copy);
}

}  // namespace

std::string text(const Ptr& p) {
  switch (p->kind) {
    case Kind::nil: return "0";
    case Kind::tau: return "t." + text(p->left);
    case Kind::input: return "a(" + name(p->variable) + ")." + text(p->left);
    case Kind::output: return "'b<" + text(p->left_value) + ">." + text(p->left);
    case Kind::test:
      return "[" + text(p->left_value) + " " + p->sign + " " + text(p->right_value) + "]" + text(p->left);
    case Kind::sum: return "(" + text(p->left) + " + " + text(p->right) + ")";
    case Kind::pass: break;
  }
  return "(^c)('c<" + text(p->left_value) + ">.0 | c(" + name(p->variable) + ")." + text(p->left) + ")";
}

Ptr random_process(std::mt19937& random, int size) { return random_in(random, size, 0); }

Ptr neighbour(const Ptr& p, std::mt19937& random) { return changed_at(p, pick(random, count(p)), random, 0); }

bool Bisimilarity::relates(const Ptr& p, const Ptr& q) { return bisimilar({p, {}}, {q, {}}); }

int Bisimilarity::number(const Value& v, const Numbers& numbers) {
  return v.constant + (v.variable == 0 ? 0 : numbers.at(v.variable));
}

bool Bisimilarity::holds(const Process& p, const Numbers& numbers) {
  const int left = number(p.left_value, numbers), right = number(p.right_value, numbers);
  if (p.sign == "<") return left < right;
  if (p.sign == "<=") return left <= right;
  if (p.sign == ">") return left > right;
  if (p.sign == ">=") return left >= right;
  return p.sign == "=" ? left == right : left != right;
}

std::string Bisimilarity::key(const State& s) {
  std::string key = std::to_string(reinterpret_cast<std::uintptr_t>(s.process.get()));
  for (const auto& [variable, value] : s.numbers) key += "," + std::to_string(variable) + ":" + std::to_string(value);
  return key;
}

std::vector<Bisimilarity::Step> Bisimilarity::steps(const State& s) const {
  const Process& p = *s.process;
  Numbers numbers = s.numbers;
  switch (p.kind) {
    case Kind::nil: return {};
    case Kind::tau: return {{'t', 0, {p.left, numbers}}};
    case Kind::input: return {{'i', p.variable, {p.left, numbers}}};
    case Kind::output: return {{'o', number(p.left_value, numbers), {p.left, numbers}}};
    case Kind::test: return holds(p, numbers) ? steps({p.left, numbers}) : std::vector<Step>{};
    case Kind::pass: numbers[p.variable] = number(p.left_value, s.numbers); return {{'t', 0, {p.left, numbers}}};
    case Kind::sum: break;
  }
  std::vector<Step> both = steps({p.left, numbers});
  for (Step& step : steps({p.right, numbers})) both.push_back(std::move(step));
  return both;
}

std::vector<Bisimilarity::State> Bisimilarity::closure(const State& s) const {
  std::vector<State> reached{s};
  for (std::size_t i = 0; weak_ && i < reached.size(); ++i)
    for (const Step& step : steps(State(reached[i])))
      if (step.action == 't') reached.push_back(step.target);
  return reached;
}

bool Bisimilarity::bisimilar(const State& p, const State& q) {
  const std::pair pair(key(p), key(q));
  const auto known = known_.find(pair);
  if (known != known_.end()) return known->second;
  return known_[pair] = answers(p, q) && answers(q, p);
}

bool Bisimilarity::answers(const State& p, const State& q) {
  const auto answered = [&](const Step& step) {
    if (step.action == 'i') return answers_input(step, q);
    for (const State& before : closure(q)) {
      if (step.action == 't' && weak_) {
        if (bisimilar(step.target, before)) return true;
        continue;
      }
      for (const Step& other : steps(before)) {
        if (other.action != step.action || other.number != step.number) continue;
        for (const State& after : closure(other.target))
          if (bisimilar(step.target, after)) return true;
      }
    }
    return false;
  };
  return std::ranges::all_of(steps(p), answered);
}

bool Bisimilarity::answers_input(const Step& input, const State& q) {
  const auto received = [](const Step& step, int value) {
    State s = step.target;
    s.numbers[step.number] = value;
    return s;
  };
  std::vector<Step> inputs;
  for (const State& before : closure(q))
    for (const Step& other : steps(before))
      if (other.action == 'i') inputs.push_back(other);
  const auto is_answer = [&](const Step& other, int value) {
    const std::vector<State> after = closure(received(other, value));
    return std::ranges::any_of(after, [&](const State& s) { return bisimilar(received(input, value), s); });
  };
  std::vector<int> range;
  for (int value = range_min; value <= range_max; ++value) range.push_back(value);
  if (late_)
    return std::ranges::any_of(inputs, [&](const Step& other) {
      return std::ranges::all_of(range, [&](int value) { return is_answer(other, value); });
    });
  return std::ranges::all_of(range, [&](int value) {
    return std::ranges::any_of(inputs, [&](const Step& other) { return is_answer(other, value); });
  });
}

}  // namespace tryst::naive_data
