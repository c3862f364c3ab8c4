#include "checker/compose/sight.hpp"

#include "semantics/network/local_graph.hpp"

namespace tryst {

namespace {

constexpr EventId any_visible{2};

// Builds all nodes. False: there are more than that.
bool build_all(NormalForm& form, std::size_t nodes_max) {
  for (std::uint32_t n = 0; n < form.size(); ++n) {
    const std::size_t count = form.initials(NodeId{n}).size();
    for (std::size_t i = 0; i < count; ++i) form.after(NodeId{n}, i);
    if (form.size() > nodes_max) return false;
  }
  return true;
}

}  // namespace

Sight::Sight(const Question& question, bool sees_divergence, NormalForm* specification)
    : property_(question.property), sees_divergence_(sees_divergence) {
  const bool in_traces = property_ == Property::refinement && question.model == Model::T;
  if (in_traces && build_all(*specification, nodes_max)) specification_ = specification;
}

EventId Sight::operator()(EventId e) {
  if (!is_visible(e) || e == ended) return e;
  if (property_ != Property::refinement) return sees_divergence_ ? any_visible : tau;
  if (specification_ == nullptr) return e;
  const auto [entry, added] = known_.try_emplace(e, e);
  if (added) entry->second = in_traces(e);
  return entry->second;
}

EventId Sight::in_traces(EventId e) {
  std::vector<std::uint32_t> after;
  bool changes = false;
  for (std::uint32_t n = 0; n < specification_->size(); ++n) {
    const auto node = specification_->after(NodeId{n}, e);
    after.push_back(index(node.value_or(no_id<NodeId>)));
    changes = changes || after.back() != n;
  }
  return changes ? first_.try_emplace(std::move(after), e).first->second : tau;
}

}  // namespace tryst
