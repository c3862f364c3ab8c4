#include "checker/symbolic/ranking.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "frontend/strong_components.hpp"

namespace tryst {

namespace {

// Ranks are bounded below by this, which is as good as any number.
constexpr std::int64_t least_rank = -(std::int64_t{1} << 40);

struct Edge {
  std::uint32_t source;
  const SymbolicProblem::Step* step;
};

// By control: a number that all of its strongly connected part share.
std::vector<std::uint32_t> parts_of(std::size_t controls, const std::vector<Edge>& edges) {
  std::vector<std::vector<std::uint32_t>> targets(controls);
  for (const Edge& edge : edges) targets[edge.source].push_back(edge.step->target);
  std::vector<std::uint32_t> part(controls);
  strong_components(
      static_cast<std::uint32_t>(controls),
      [&](std::uint32_t control) { return std::span<const std::uint32_t>(targets[control]); },
      [&](std::span<const std::uint32_t> members) {
        for (const std::uint32_t control : members) part[control] = members.front();
      });
  return part;
}

class Ranks {
 public:
  Ranks(Expressions& expressions, const SymbolicProblem& problem, const std::vector<ExpressionId>& known,
        const Impossible& is_impossible)
      : expressions_(expressions), problem_(problem), known_(known), is_impossible_(is_impossible) {}

  Ranking run() {
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c)
      for (const SymbolicProblem::Step& step : problem_.controls[c].steps) {
        const bool is_silent = problem_.labels[step.label].kind == SymbolicProblem::Label::Kind::silent;
        if (is_silent && !is_impossible_({known_[c], step.guard})) left_.push_back({c, &step});
      }
    for (;;) {
      const std::vector<std::uint32_t> part = parts_of(problem_.controls.size(), left_);
      std::erase_if(left_, [&](const Edge& edge) { return part[edge.source] != part[edge.step->target]; });
      if (left_.empty()) return {ranks_, std::nullopt};
      const std::uint32_t first = part[left_[0].source];
      std::vector<Edge> inside;
      for (const Edge& edge : left_)
        if (part[edge.source] == first) inside.push_back(edge);
      if (!leave_out(inside)) return {ranks_, left_[0].source};
    }
  }

 private:
  // Steps of a part that some rank says are taken finitely often; false: there is no such rank.
  bool leave_out(const std::vector<Edge>& part) {
    std::vector<std::uint32_t> roots;
    for (const Edge& edge : part) roots.push_back(edge.source);
    std::ranges::sort(roots);
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    for (const std::uint32_t root : roots)
      for (const ExpressionId candidate : candidates(root)) {
        const std::vector<const SymbolicProblem::Step*> gone = decreasing(part, root, candidate);
        if (gone.empty()) continue;
        std::erase_if(left_, [&](const Edge& edge) { return std::ranges::find(gone, edge.step) != gone.end(); });
        ranks_.push_back(candidate);
        return true;
      }
    return false;
  }

  std::vector<ExpressionId> candidates(std::uint32_t control) const {
    std::vector<ExpressionId> single, sums;
    for (const VariableId v : problem_.controls[control].variables)
      if (!expressions_.length_of(v)) single.push_back(expressions_.variable(v));
    const std::size_t size = single.size();
    for (std::size_t i = 0; i < size; ++i) single.push_back(expressions_.subtract(expressions_.number(0), single[i]));
    for (std::size_t i = 0; i < single.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (k + size != i) sums.push_back(expressions_.add(single[i], single[k]));
    single.insert(single.end(), sums.begin(), sums.end());
    return single;
  }

  // The steps that make the rank less, if no step makes it grow.
  std::vector<const SymbolicProblem::Step*> decreasing(const std::vector<Edge>& part, std::uint32_t root,
                                                       ExpressionId candidate) {
    std::map<std::uint32_t, ExpressionId> rank{{root, candidate}};
    for (bool again = true; again;) {
      again = false;
      for (const Edge& edge : part) {
        if (rank.contains(edge.source) || !rank.contains(edge.step->target)) continue;
        const ExpressionId before = after(rank.at(edge.step->target), *edge.step);
        if (mentions_choice(before, edge.source)) continue;
        rank.emplace(edge.source, before);
        again = true;
      }
    }
    std::vector<const SymbolicProblem::Step*> less;
    for (const Edge& edge : part) {
      if (!rank.contains(edge.source) || !rank.contains(edge.step->target)) return {};
      const ExpressionId before = rank.at(edge.source);
      const ExpressionId behind = after(rank.at(edge.step->target), *edge.step);
      if (before == behind) continue;
      const ExpressionId known = expressions_.conjunction({known_[edge.source], edge.step->guard});
      const ExpressionId is_less = expressions_.conjunction(
          {expressions_.less(behind, before), expressions_.at_most(expressions_.number(least_rank), before)});
      if (is_impossible_({known, expressions_.negation(is_less)}))
        less.push_back(edge.step);
      else if (!is_impossible_({known, expressions_.less(before, behind)}))
        return {};
    }
    return less;
  }

  ExpressionId after(ExpressionId e, const SymbolicProblem::Step& step) {
    return expressions_.substitute(e, Expressions::Assignment(step.updates.begin(), step.updates.end()));
  }

  // Whether it is about what a step receives, or an element of a word.
  bool mentions_choice(ExpressionId e, std::uint32_t control) const {
    std::vector<VariableId> mentioned;
    expressions_.add_variables(e, mentioned);
    const auto& own = problem_.controls[control].variables;
    return std::ranges::any_of(mentioned, [&](VariableId v) {
      return expressions_.length_of(v).has_value() || std::ranges::find(own, v) == own.end();
    });
  }

  Expressions& expressions_;
  const SymbolicProblem& problem_;
  const std::vector<ExpressionId>& known_;
  const Impossible& is_impossible_;
  std::vector<Edge> left_;
  std::vector<ExpressionId> ranks_;
};

}  // namespace

Ranking rank_silent_steps(Expressions& expressions, const SymbolicProblem& problem,
                          const std::vector<ExpressionId>& known, const Impossible& is_impossible) {
  return Ranks(expressions, problem, known, is_impossible).run();
}

}  // namespace tryst
