#include "semantics/csp/symbolic_network.hpp"

#include <algorithm>

#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {

using Kind = SymbolicMachine::Offer::Kind;

constexpr std::size_t wrappings_max = 200;  // of operators and names around a component
constexpr std::size_t components_max = 64;

bool is_static(Op op) {
  switch (op) {
    case Op::interleave:
    case Op::parallel:
    case Op::alphabetised:
    case Op::hide:
    case Op::project:
    case Op::rename:
    case Op::link:
    case Op::rep_interleave:
    case Op::rep_parallel:
    case Op::rep_alphabetised:
    case Op::rep_link: return true;
    default: return false;
  }
}

}  // namespace

SymbolicNetwork::SymbolicNetwork(SymbolicMachine& machine, CodeId code, bool merged, Place place)
    : machine_(machine), merged_(merged), place_(std::move(place)), root_{Tree::Kind::leaf} {
  const Code& root = machine_.machine().core().codes[code];
  SymbolicMachine::Frame frame{code, std::vector<SymbolicId>(root.frame_size, machine_.values().nothing())};
  root_ = build(root.body, frame, 0);
}

SymbolicNetwork::Tree SymbolicNetwork::leaf(SymbolicId state, std::string name) {
  if (components_.size() == components_max) throw NotSymbolic{"the network has too many components"};
  components_.push_back(std::make_unique<SymbolicComponent>(machine_, state, merged_, std::move(name)));
  return {Tree::Kind::leaf, static_cast<std::uint32_t>(components_.size() - 1)};
}

// Goes through names and conditions, which are known here, to the operator behind them.
SymbolicNetwork::Tree SymbolicNetwork::build(NodeId id, SymbolicMachine::Frame& frame, std::size_t depth) {
  if (depth > wrappings_max) throw NotSymbolic{"the network never ends"};
  SymbolicValues& values = machine_.values();
  const Core& core = machine_.machine().core();
  if (!is_static(core.nodes[id].op)) {
    const SymbolicId state = machine_.evaluate(id, frame);
    const SymbolicNode node = values[state];
    if (node.kind == SymbolicKind::process && NodeId{node.number} != id) {
      SymbolicMachine::Frame inner{node.code, node.parts};
      return build(NodeId{node.number}, inner, depth + 1);
    }
    if (node.kind != SymbolicKind::suspended) return leaf(state, "component " + std::to_string(components_.size() + 1));
    // A named process: perhaps of a network.
    SymbolicMachine::Frame inner = machine_.frame_of(node);
    const NodeId body = machine_.head(core.codes[node.code].body, inner);
    if (is_static(core.nodes[body].op) || core.nodes[body].op == Op::call) return build(body, inner, depth + 1);
    return leaf(state, shape_text(state, {}));
  }
  const Node node = core.nodes[id];
  const auto kids = core.kids(node);
  const auto child = [&](NodeId kid) {
    SymbolicMachine::Frame copy = frame;
    return build(kid, copy, depth + 1);
  };
  Tree tree{Tree::Kind::interleave};
  switch (node.op) {
    case Op::hide:
    case Op::project:
      tree.kind = node.op == Op::hide ? Tree::Kind::hide : Tree::Kind::project;
      tree.sets = {machine_.known_set(kids[1], frame)};
      tree.children = {child(kids[0])};
      return tree;
    case Op::rename:
      tree.kind = Tree::Kind::rename;
      tree.ties = {ties(node, kids.subspan(1), frame)};
      tree.children = {child(kids[0])};
      return tree;
    case Op::link:
      tree.kind = Tree::Kind::link;
      tree.ties = {ties(node, kids.subspan(2), frame)};
      check_links(tree.ties[0]);
      tree.children.push_back(child(kids[0]));
      tree.children.push_back(child(kids[1]));
      return tree;
    case Op::parallel:
      tree.kind = Tree::Kind::parallel;
      tree.sets = {machine_.known_set(kids[1], frame)};
      tree.children.push_back(child(kids[0]));
      tree.children.push_back(child(kids[2]));
      return tree;
    case Op::alphabetised:
      tree.kind = Tree::Kind::alphabetised;
      tree.sets = {machine_.known_set(kids[1], frame), machine_.known_set(kids[2], frame)};
      tree.children.push_back(child(kids[0]));
      tree.children.push_back(child(kids[3]));
      return tree;
    case Op::interleave:
      tree.children.push_back(child(kids[0]));
      tree.children.push_back(child(kids[1]));
      return tree;
    default: break;
  }
  if (node.op == Op::rep_parallel) {
    tree.kind = Tree::Kind::parallel;
    tree.sets = {machine_.known_set(kids[0], frame)};
  }
  if (node.op == Op::rep_alphabetised) tree.kind = Tree::Kind::alphabetised;
  if (node.op == Op::rep_link) tree.kind = Tree::Kind::link;
  const NodeId process = node.op == Op::rep_link ? kids[0] : kids.back();
  machine_.for_each(node.steps, frame, [&] {
    if (node.op == Op::rep_alphabetised) tree.sets.push_back(machine_.known_set(kids[0], frame));
    if (node.op == Op::rep_link) check_links(tree.ties.emplace_back(ties(node, kids.subspan(1), frame)));
    tree.children.push_back(child(process));
  });
  if (tree.children.empty()) throw NotSymbolic{"the network is empty"};
  return tree;
}

SymbolicNetwork::State SymbolicNetwork::initial() const { return State(components_.size() + 1, 0); }

bool SymbolicNetwork::has_ended(const State& state) const {
  if (state.back() != 0) return true;
  if (components_.size() != 1) return false;
  return state[0] == components_[0]->ended();
}

std::vector<VariableId> SymbolicNetwork::variables(const State& state) const {
  std::vector<VariableId> all;
  for (std::size_t c = 0; c < components_.size(); ++c)
    for (const VariableId v : components_[c]->locations()[state[c]].variables) all.push_back(v);
  return all;
}

std::vector<std::pair<VariableId, ExpressionId>> SymbolicNetwork::initial_values() const {
  std::vector<std::pair<VariableId, ExpressionId>> all;
  for (const auto& component : components_)
    all.insert(all.end(), component->initial_values().begin(), component->initial_values().end());
  return all;
}

std::vector<SymbolicMachine::Fault> SymbolicNetwork::faults(const State& state) const {
  std::vector<SymbolicMachine::Fault> all;
  for (std::size_t c = 0; c < components_.size(); ++c) {
    const auto& found = components_[c]->locations()[state[c]].faults;
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::moves(const State& state) {
  if (has_ended(state)) return {};
  std::vector<Move> all = moves(root_, state);
  bool all_ended = components_.size() > 1;
  for (std::size_t c = 0; c < components_.size(); ++c) all_ended = all_ended && state[c] == components_[c]->ended();
  if (!all_ended) return all;
  Move end{Kind::tick};
  end.guard = machine_.expressions().truth(true);
  end.target = state;
  end.target.back() = 1;
  return {end};
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::leaf_moves(std::uint32_t component, const State& state) {
  std::vector<Move> all;
  const SymbolicComponent& graph = *components_[component];
  for (const SymbolicComponent::Edge& edge : graph.locations()[state[component]].edges) {
    const bool ends_alone = edge.offer.kind == Kind::tick && components_.size() > 1;
    Move move{ends_alone ? Kind::tau : edge.offer.kind, edge.offer.event, edge.offer.set, edge.offer.guard, state};
    move.target[component] = edge.target;
    for (const auto& [variable, value] : edge.values)
      if (machine_.expressions().bare_variable(value) != variable) move.updates.emplace_back(variable, value);
    all.push_back(std::move(move));
  }
  return all;
}

ExpressionId SymbolicNetwork::membership(const Move& move, ValueId set) {
  if (move.kind == Kind::any_of) throw NotSymbolic{"RUN stands inside a network"};
  return machine_.membership(move.event, set);
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::composed(const State& state, const std::vector<Move>& left,
                                                             const std::vector<Move>& right, const Sharing& sharing) {
  Expressions& expressions = machine_.expressions();
  std::vector<Move> all;
  const auto add = [&](Move move, ExpressionId condition) {
    move.guard = expressions.conjunction({move.guard, condition});
    if (!expressions.is(move.guard, false)) all.push_back(std::move(move));
  };
  const auto is_event = [](const Move& move) { return move.kind == Kind::event || move.kind == Kind::any_of; };
  for (const Move& move : left) add(move, is_event(move) ? sharing.left_alone(move) : expressions.truth(true));
  for (const Move& move : right) add(move, is_event(move) ? sharing.right_alone(move) : expressions.truth(true));
  for (const Move& a : left) {
    if (!is_event(a)) continue;
    const ExpressionId may = sharing.together(a);
    if (expressions.is(may, false)) continue;
    for (const Move& b : right) {
      if (!is_event(b)) continue;
      Move both = a;
      for (std::size_t c = 0; c < state.size(); ++c)
        if (b.target[c] != state[c]) both.target[c] = b.target[c];
      both.updates.insert(both.updates.end(), b.updates.begin(), b.updates.end());
      add(std::move(both), expressions.conjunction({b.guard, may, machine_.equality(a.event, b.event)}));
    }
  }
  return all;
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::moves(const Tree& tree, const State& state) {
  Expressions& expressions = machine_.expressions();
  if (tree.kind == Tree::Kind::leaf) return leaf_moves(tree.component, state);
  if (tree.kind == Tree::Kind::link) {  // from the right, as rep_link is defined
    std::vector<Move> rest = moves(tree.children.back(), state);
    for (std::size_t i = tree.children.size() - 1; i-- > 0;)
      rest = linked(state, moves(tree.children[i], state), rest, tree.ties[i]);
    return rest;
  }
  std::vector<Move> all = moves(tree.children[0], state);
  if (tree.kind == Tree::Kind::rename) return renamed(all, tree.ties[0]);
  if (tree.kind == Tree::Kind::hide || tree.kind == Tree::Kind::project) {
    std::vector<Move> split;
    for (const Move& move : all) {
      if (move.kind != Kind::event) {
        if (move.kind == Kind::any_of) throw NotSymbolic{"RUN stands inside a network"};
        split.push_back(move);
        continue;
      }
      ExpressionId hidden = membership(move, tree.sets[0]);
      if (tree.kind == Tree::Kind::project) hidden = expressions.negation(hidden);
      for (const bool hides : {true, false}) {
        Move part = move;
        part.guard = expressions.conjunction({move.guard, hides ? hidden : expressions.negation(hidden)});
        if (hides) part.kind = Kind::tau;
        if (!expressions.is(part.guard, false)) split.push_back(std::move(part));
      }
    }
    return split;
  }
  ValueId alphabet = tree.sets.empty() ? machine_.machine().values().empty_set() : tree.sets[0];
  for (std::size_t i = 1; i < tree.children.size(); ++i) {
    const std::vector<Move> right = moves(tree.children[i], state);
    Sharing sharing;
    if (tree.kind == Tree::Kind::alphabetised) {
      const ValueId other = tree.sets[i];
      const auto in_both = [&](const Move& move, ValueId in, ValueId out, bool wanted) {
        const ExpressionId there = membership(move, out);
        return expressions.conjunction({membership(move, in), wanted ? there : expressions.negation(there)});
      };
      sharing.together = [&, in_both, other](const Move& m) { return in_both(m, alphabet, other, true); };
      sharing.left_alone = [&, in_both, other](const Move& m) { return in_both(m, alphabet, other, false); };
      sharing.right_alone = [&, in_both, other](const Move& m) { return in_both(m, other, alphabet, false); };
      all = composed(state, all, right, sharing);
      alphabet = set_union(machine_.machine().data(), alphabet, other);
    } else {
      sharing.together = [&](const Move& m) { return membership(m, alphabet); };
      sharing.left_alone =
          sharing.right_alone = [&](const Move& m) { return expressions.negation(membership(m, alphabet)); };
      all = composed(state, all, right, sharing);
    }
  }
  return all;
}

void SymbolicNetwork::eliminate(Move& move, const std::vector<VariableId>& kept) {
  Expressions& expressions = machine_.expressions();
  for (bool again = true; again;) {
    again = false;
    const Expressions::Node guard = expressions[move.guard];
    const std::vector<ExpressionId> literals =
        guard.op == Expressions::Op::conjunction ? guard.operands : std::vector{move.guard};
    for (const ExpressionId literal : literals) {
      if (expressions[literal].op != Expressions::Op::zero) continue;
      const ExpressionId sum = expressions[literal].operands[0];
      const Expressions::Node node = expressions[sum];
      const std::size_t terms = node.op == Expressions::Op::sum ? node.operands.size() : 1;
      for (std::size_t i = 0; i < terms && !again; ++i) {
        const ExpressionId atom = node.op == Expressions::Op::sum ? node.operands[i] : sum;
        const std::int64_t coefficient = node.op == Expressions::Op::sum ? node.coefficients[i] : 1;
        const auto variable = expressions.bare_variable(atom);
        if (!variable || std::ranges::find(kept, *variable) != kept.end()) continue;
        if (coefficient != 1 && coefficient != -1) continue;
        // variable = -(sum - coefficient * variable) / coefficient
        const ExpressionId rest =
            expressions.subtract(sum, expressions.multiply(atom, expressions.number(coefficient)));
        std::vector<VariableId> inside;
        expressions.add_variables(rest, inside);
        if (std::ranges::find(inside, *variable) != inside.end()) continue;
        const Expressions::Assignment known{{*variable, expressions.multiply(rest, expressions.number(-coefficient))}};
        move.guard = expressions.substitute(move.guard, known);
        for (auto& update : move.updates) update.second = expressions.substitute(update.second, known);
        if (move.kind == Kind::event || move.kind == Kind::tau) move.event = machine_.substituted(move.event, known);
        again = true;
      }
      if (again) break;
    }
  }
}

std::string SymbolicNetwork::shape_text(SymbolicId id, const std::function<std::string(VariableId)>& name) {
  SymbolicValues& values = machine_.values();
  const SymbolicNode node = values[id];
  const auto list = [&](std::size_t from, const char* between) {
    std::string out;
    for (std::size_t i = from; i < node.parts.size(); ++i)
      out += (i == from ? "" : between) + shape_text(node.parts[i], name);
    return out;
  };
  switch (node.kind) {
    case SymbolicKind::known: return machine_.machine().shown(values.value(id));
    case SymbolicKind::integer: return machine_.expressions().text(values.expression(id), name);
    case SymbolicKind::word: return list(0, "^");
    case SymbolicKind::base: {
      std::string columns;
      for (const VariableId column : machine_.base(node.number).columns)
        columns += (columns.empty() ? "" : "/") + name(column);
      return columns;
    }
    case SymbolicKind::tuple: return "(" + list(0, ",") + ")";
    case SymbolicKind::sequence: return "<" + list(0, ",") + ">";
    case SymbolicKind::dot: return list(0, ".");
    case SymbolicKind::suspended: {
      const Code& code = machine_.machine().core().codes[node.code];
      if (!code.name.empty())
        return code.name + (code.parameters == 0 ? "" : "(" + list(code.captures.size(), ",") + ")");
      const std::string held = list(0, ",");
      return place_(code.span) + (held.empty() ? "" : " with " + held);
    }
    case SymbolicKind::sequential: return shape_text(node.parts[0], name) + " ; ..";
    case SymbolicKind::choice: return list(0, " [] ");
    case SymbolicKind::parallel:
    case SymbolicKind::alphabetised: return "(" + list(0, " || ") + ")";
    case SymbolicKind::hiding: return shape_text(node.parts[0], name);
    case SymbolicKind::omega: return "its end";
    case SymbolicKind::process: return place_(machine_.machine().core().nodes[NodeId{node.number}].span);
    default: return "..";
  }
}

std::string SymbolicNetwork::text(const State& state, const std::function<std::string(VariableId)>& name) {
  std::string out;
  for (std::size_t c = 0; c < components_.size(); ++c) {
    const auto& location = components_[c]->locations()[state[c]];
    out += (out.empty() ? "" : ", ") + shape_text(location.shape, name);
  }
  return out;
}

}  // namespace tryst::csp
