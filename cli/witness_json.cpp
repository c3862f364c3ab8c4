#include "cli/witness_json.hpp"

#include <fmt/format.h>

namespace tryst::cli {

std::string json_witness(const Witness& witness, Relation relation, bool preorder, std::uint32_t left_states) {
  struct Members {
    std::vector<std::uint32_t> left, right;
  };
  const auto& of = witness.classes.of;
  std::vector<Members> classes(witness.classes.count);
  for (std::uint32_t s = 0; s < of.size(); ++s) {
    Members& members = classes[index(of[s])];
    s < left_states ? members.left.push_back(s) : members.right.push_back(s - left_states);
  }
  std::string out = fmt::format(
      "{{\"schema_version\": 1, \"relation\": \"{}\", \"preorder\": {}, \"kind\": \"{}\", \"left_states\": {}, "
      "\"right_states\": {},\n\"classes\": [",
      name(relation), preorder, is_mutual_preorder(relation) ? "simulation" : "partition", left_states,
      of.size() - left_states);
  for (std::size_t c = 0; c < classes.size(); ++c)
    out += fmt::format("{}\n{{\"left\": [{}], \"right\": [{}]}}", c == 0 ? "" : ",", fmt::join(classes[c].left, ", "),
                       fmt::join(classes[c].right, ", "));
  out += "\n],\n\"pairs\": [";
  for (std::size_t i = 0; i < witness.pairs.size(); ++i)
    out +=
        fmt::format("{}\n[{}, {}]", i == 0 ? "" : ",", index(witness.pairs[i].first), index(witness.pairs[i].second));
  return out + (witness.pairs.empty() ? "]}\n" : "\n]}\n");
}

}  // namespace tryst::cli
