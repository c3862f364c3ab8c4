// What a program has done: the rules it fired, in the order of their commits.
//
// A rule says everything else: the event, who took part, and what each did. On disk a trace is either
//   CBOR    a text that names the format, the number of rules of the network, and one array of rule numbers; read() takes
//           back what write_cbor() wrote for the same network, and nothing else
//   JSON    a line for each event that is not hidden: {"n": 3, "event": "out.1", "by": ["RECEIVER(false)"]}
// Cost: 4 bytes a step. Threads: none.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/json.hpp"
#include "runtime/network.hpp"

namespace tryst::runtime {

class Trace {
 public:
  void record(RuleId rule) { rules_.push_back(rule); }
  std::span<const RuleId> rules() const { return rules_; }

  void write_json(const Network&, std::ostream&) const;
  void write_cbor(const Network&, std::ostream&) const;
  static std::optional<Trace> read_cbor(const Network&, std::span<const std::uint8_t>);

 private:
  std::vector<RuleId> rules_;
};

}  // namespace tryst::runtime
