// The text of a value as CSPM writes it: `c.1.true`, `(1, ..)` as `(1,<2,3>)`, `{1,2}`, `(| 1 => 2 |)`, strings quoted.
//
// Deterministic. The name of an event is the text of its value. Where all of a value is finite data, an expression of
// this text has that value: blanks keep `{ -1}` and `< -1>` from being read otherwise, and a string with a backslash,
// which CSPM's strings cannot hold, is a list of characters. (No literal denotes the least integer.) An infinite set is
// shown as an expression that denotes it: `{0..}`, `Seq({0,1})`, `{|c.1|}`.
#pragma once

#include <string>

#include "semantics/csp/data_table.hpp"

namespace tryst::csp {

// What functions and processes are called; the evaluator knows.
class ValueNames {
 public:
  virtual ~ValueNames() = default;
  virtual std::string name(ProcessId) = 0;
  virtual std::string name(ClosureId) = 0;
};

std::string show(DataTable&, ValueId, ValueNames&);
std::string show(DataTable&, ValueId);  // `<process>` and `<function>` for those

}  // namespace tryst::csp
