#include "checker/compose/lifting.hpp"

#include <algorithm>
#include <unordered_map>

#include "checker/initials.hpp"

namespace tryst {

namespace {

// What a part did on the run, for the others to see, and how it ended.
struct Task {
  std::vector<EventId> word;
  bool is_stable = false;
  std::vector<EventId> offers;  // at most these at the end, sorted; if stable
};

// A step of a set of parts: who takes part, by place in the set; nobody, where one of them does τ by itself.
struct Item {
  EventId action;
  std::vector<JointTable::Participant> participants;
};

// A step of a part, in terms of components.
struct Stride {
  bool is_visible;  // to the others, that is, one of the part's word
  std::vector<LiftedStep::Move> moves;
};

// A shortest path of the system by the actions of the word, with τ before, between and after, to a state that ends the
// task.
std::optional<std::vector<Transition>> find_path(const Lts& lts, const Task& task, Budget& budget) {
  const std::uint64_t states = lts.state_count();
  struct Arrival {
    std::uint64_t from;
    Transition step;
  };
  std::unordered_map<std::uint64_t, Arrival> arrivals;  // by place in the word and state
  std::vector<std::uint64_t> queue{index(lts.initial())};
  arrivals[queue.front()] = {};
  std::vector<EventId> offers;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    budget.poll();
    const std::uint64_t at = queue[i];
    const std::uint64_t done = at / states;
    const Row row = lts.transitions(StateId{static_cast<std::uint32_t>(at % states)});
    if (done == task.word.size() && (!task.is_stable || !has_tau(row))) {
      initials(row, offers);
      if (!task.is_stable || std::ranges::includes(task.offers, offers)) {
        std::vector<Transition> path;
        for (std::uint64_t k = at; k != queue.front(); k = arrivals[k].from) path.push_back(arrivals[k].step);
        std::ranges::reverse(path);
        return path;
      }
    }
    const auto follow = [&](const Transition& t, std::uint64_t place) {
      const std::uint64_t next = place * states + index(t.target);
      if (arrivals.try_emplace(next, Arrival{at, t}).second) queue.push_back(next);
    };
    for (const Transition& t : internal(row)) follow(t, done);
    if (done < task.word.size())
      for (const Transition& t : with_event(row, task.word[done])) follow(t, done + 1);
  }
  return std::nullopt;
}

class Lifter {
 public:
  Lifter(const Composer& composer, Budget& budget)
      : composer_(composer), net_(composer.net()), budget_(budget), tasks_(net_.size()), strides_(net_.size()) {}

  std::optional<std::vector<LiftedStep>> lift(std::span<const TrailStep> steps, bool is_stable) {
    const auto present = net_.present();
    const std::vector<PartId> root(present.begin(), present.end());
    Interface interface;
    for (const PartId p : root)
      for (const std::uint32_t r : net_.rules_of(p))
        if (net_.rule(r).participants.front().part == p && net_.rule(r).event != ended)
          interface.joints.push_back({net_.rule(r).participants, net_.rule(r).event});
    std::vector<std::vector<StateId>> locals{initial_of(root)};
    std::vector<EventId> events;
    for (const TrailStep& step : steps) {
      std::vector<StateId> now;
      for (const LocalId local : step.locals) now.push_back(StateId{index(local)});
      locals.push_back(std::move(now));
      events.push_back(step.event);
    }
    const auto items = items_of(root, interface, locals, events);
    if (!items) return std::nullopt;
    set_tasks(root, *items, locals.back(), is_stable);
    if (!walk_down()) return std::nullopt;
    for (std::uint32_t p = 0; p < net_.size(); ++p)
      if (!composer_.is_component(PartId{p})) assemble(PartId{p});
    std::vector<LiftedStep> run;
    weave(root, *items, [&](EventId event, std::vector<LiftedStep::Move> moves) {
      run.push_back({event, std::move(moves)});
    });
    return run;
  }

 private:
  std::vector<StateId> initial_of(std::span<const PartId> set) const {
    std::vector<StateId> locals;
    for (const PartId p : set) locals.push_back(net_.part(p).initial());
    return locals;
  }

  bool can(PartId p, EventId action, StateId from, StateId to) const {
    return std::ranges::binary_search(net_.part(p).transitions(from), Transition{action, to});
  }

  // Who did what on a path, from the local states before and after each of its steps.
  std::optional<std::vector<Item>> items_of(std::span<const PartId> set, const Interface& interface,
                                            std::span<const std::vector<StateId>> locals,
                                            std::span<const EventId> actions) const {
    std::unordered_map<EventId, std::vector<const Interface::Joint*>> joints;
    for (const Interface::Joint& joint : interface.joints) joints[joint.action].push_back(&joint);
    std::vector<Item> items;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      auto item = item_of(set, joints[actions[i]], locals[i], locals[i + 1], actions[i]);
      if (!item) return std::nullopt;
      items.push_back(std::move(*item));
    }
    return items;
  }

  std::optional<Item> item_of(std::span<const PartId> set, std::span<const Interface::Joint* const> joints,
                              std::span<const StateId> before, std::span<const StateId> after, EventId action) const {
    std::vector<std::size_t> moved;
    for (std::size_t i = 0; i < set.size(); ++i)
      if (before[i] != after[i]) moved.push_back(i);
    if (action == tau && moved.empty()) return Item{tau, {}};
    if (action == tau && moved.size() == 1 && can(set[moved[0]], tau, before[moved[0]], after[moved[0]]))
      return Item{tau, {}};
    for (const Interface::Joint* joint : joints) {
      budget_.poll();
      Item item{action, {}};
      std::size_t covered = 0;
      bool matches = true;
      for (const PartAction& p : joint->participants) {
        const auto place = static_cast<std::uint32_t>(std::ranges::lower_bound(set, p.part) - set.begin());
        item.participants.push_back({place, p.action});
        covered += before[place] != after[place] ? 1 : 0;
        matches = matches && can(p.part, p.action, before[place], after[place]);
      }
      if (matches && covered == moved.size()) return item;
    }
    return std::nullopt;
  }

  // What the parts of a set did, if the set did these things and ended there.
  void set_tasks(std::span<const PartId> set, std::span<const Item> items, std::span<const StateId> last,
                 bool is_stable) {
    for (std::size_t i = 0; i < set.size(); ++i) {
      Task& task = tasks_[index(set[i])];
      task.is_stable = is_stable;
      if (is_stable) initials(net_.part(set[i]).transitions(last[i]), task.offers);
    }
    for (const Item& item : items)
      for (const JointTable::Participant& p : item.participants) tasks_[index(set[p.place])].word.push_back(p.action);
  }

  // From each part to those that it was made from, which have lower numbers.
  bool walk_down() {
    items_.resize(net_.size());
    for (std::uint32_t n = static_cast<std::uint32_t>(net_.size()); n-- > 0;) {
      const PartId part{n};
      const Task& task = tasks_[n];
      if (composer_.is_component(part)) {
        const auto path = find_path(net_.part(part), task, budget_);
        if (!path) return false;
        for (const Transition& t : *path) strides_[n].push_back({t.event != tau, {{n, LocalId{index(t.target)}}}});
        continue;
      }
      const Composer::Origin& origin = composer_.origin(part);
      const auto path = find_path(origin.product.lts, task, budget_);
      if (!path) return false;
      std::vector<std::vector<StateId>> locals{initial_of(origin.set)};
      std::vector<EventId> actions;
      for (const Transition& t : *path) {
        const auto now = origin.product.locals_of(t.target, origin.set.size());
        locals.emplace_back(now.begin(), now.end());
        actions.push_back(t.event);
      }
      auto items = items_of(origin.set, origin.interface, locals, actions);
      if (!items) return false;
      set_tasks(origin.set, *items, locals.back(), task.is_stable);
      items_[n] = std::move(*items);
    }
    return true;
  }

  void assemble(PartId part) {
    auto& strides = strides_[index(part)];
    weave(composer_.origin(part).set, items_[index(part)], [&](EventId action, std::vector<LiftedStep::Move> moves) {
      strides.push_back({action != tau, std::move(moves)});
    });
  }

  // The steps of a set from those of its parts: what a part does by itself comes before its next step with others, or
  // at the end.
  template <class Emit>
  void weave(std::span<const PartId> set, std::span<const Item> items, const Emit& emit) {
    std::vector<std::size_t> next(set.size(), 0);
    const auto strides_of = [&](std::size_t place) -> const std::vector<Stride>& {
      return strides_[index(set[place])];
    };
    const auto catch_up = [&](std::size_t place) {
      const auto& strides = strides_of(place);
      for (; next[place] < strides.size() && !strides[next[place]].is_visible; ++next[place])
        emit(tau, strides[next[place]].moves);
    };
    for (const Item& item : items) {
      if (item.participants.empty()) continue;
      std::vector<LiftedStep::Move> moves;
      for (const JointTable::Participant& p : item.participants) {
        catch_up(p.place);
        const auto& own = strides_of(p.place)[next[p.place]++].moves;
        moves.insert(moves.end(), own.begin(), own.end());
      }
      emit(item.action, std::move(moves));
    }
    for (std::size_t place = 0; place < set.size(); ++place) catch_up(place);
  }

  const Composer& composer_;
  const ActionNet& net_;
  Budget& budget_;
  std::vector<Task> tasks_;                   // by part
  std::vector<std::vector<Item>> items_;      // by part: how its set did its task
  std::vector<std::vector<Stride>> strides_;  // by part
};

}  // namespace

std::optional<std::vector<LiftedStep>> lift(const Composer& composer, std::span<const TrailStep> steps, bool is_stable,
                                            Budget& budget) {
  return Lifter(composer, budget).lift(steps, is_stable);
}

}  // namespace tryst
