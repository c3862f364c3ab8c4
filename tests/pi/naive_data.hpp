// Sequential processes that receive, test and send numbers, and their bisimilarities by the definition, for numbers of
// a small range: plain trees and values, no symbols. As long as the numbers that processes mention are much smaller
// than the range, nothing beyond it makes a difference.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace tryst::naive_data {

// A variable (0: none) plus a number.
struct Value {
  int variable = 0;
  int constant = 0;
};

enum class Kind { nil, tau, input, output, test, sum, pass };

struct Process;
using Ptr = std::shared_ptr<const Process>;

// input: receives `variable` on a. output: sends `left_value` on b. test: `left_value` sign `right_value`. pass: τ,
// after which `variable` is `left_value`; written as a communication on a restricted name.
struct Process {
  Kind kind = Kind::nil;
  int variable = 0;
  Value left_value{}, right_value{};
  std::string sign{};
  Ptr left{}, right{};
};

std::string text(const Ptr&);
Ptr random_process(std::mt19937&, int size);
// The same after one change, which often changes nothing that can be seen.
Ptr neighbour(const Ptr&, std::mt19937&);

class Bisimilarity {
 public:
  Bisimilarity(bool weak, bool late) : weak_(weak), late_(late) {}
  bool relates(const Ptr& p, const Ptr& q);

 private:
  using Numbers = std::map<int, int>;  // of variables
  struct State {
    Ptr process;
    Numbers numbers;
  };
  struct Step {
    char action = 't';  // 'i' with the variable, 'o' with the number
    int number = 0;
    State target;
  };

  static int number(const Value&, const Numbers&);
  static bool holds(const Process&, const Numbers&);
  static std::string key(const State&);
  std::vector<Step> steps(const State&) const;
  std::vector<State> closure(const State&) const;
  bool bisimilar(const State&, const State&);
  bool answers(const State&, const State&);
  bool answers_input(const Step&, const State&);

  bool weak_, late_;
  std::map<std::pair<std::string, std::string>, bool> known_;
};

}  // namespace tryst::naive_data
