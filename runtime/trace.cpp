#include "runtime/trace.hpp"

#include <ostream>

#include "runtime/cbor.hpp"

namespace tryst::runtime {

namespace {

constexpr std::string_view format_name = "tryst trace 1";

}  // namespace

void Trace::write_json(const Network& network, std::ostream& out) const {
  std::size_t n = 0;
  for (const RuleId r : rules_) {
    const Rule& rule = network.rules[index(r)];
    ++n;
    if (rule.event == tau) continue;
    out << "{\"n\": " << n << ", \"event\": " << json_string(network.name(rule.event)) << ", \"by\": [";
    const char* separator = "";
    for (const Participant& one : network.participants_of(rule)) {
      out << separator << json_string(network.components[one.component].name);
      separator = ", ";
    }
    out << "]}\n";
  }
}

void Trace::write_cbor(const Network& network, std::ostream& out) const {
  cbor::Writer writer;
  writer.text(format_name);
  writer.unsigned_integer(network.rules.size());
  writer.array(rules_.size());
  for (const RuleId r : rules_) writer.unsigned_integer(index(r));
  out.write(reinterpret_cast<const char*>(writer.bytes().data()), static_cast<std::streamsize>(writer.bytes().size()));
}

std::optional<Trace> Trace::read_cbor(const Network& network, std::span<const std::uint8_t> bytes) {
  cbor::Reader reader(bytes);
  if (reader.text() != format_name || reader.unsigned_integer() != network.rules.size()) return std::nullopt;
  const auto steps = reader.array();
  if (!steps) return std::nullopt;
  Trace trace;
  for (std::uint64_t i = 0; i < *steps; ++i) {
    const auto rule = reader.unsigned_integer();
    if (!rule || *rule >= network.rules.size()) return std::nullopt;
    trace.record(RuleId{static_cast<std::uint32_t>(*rule)});
  }
  if (!reader.at_end()) return std::nullopt;
  return trace;
}

}  // namespace tryst::runtime
