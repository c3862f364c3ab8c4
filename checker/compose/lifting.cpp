#include "checker/compose/lifting.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "checker/compose/lasso.hpp"
#include "checker/initials.hpp"

namespace tryst {

namespace {

using Moves = std::vector<LiftedStep::Move>;

// A step of a set of parts: who takes part, by place in the set; nobody, where one of them does τ by itself, or nothing
// happens.
struct Item {
  EventId action;
  std::vector<JointTable::Participant> participants;
  std::optional<std::size_t> alone;  // who does τ by itself
  bool is_at_rest = false;           // all parts of the set rest before it
};

struct Items {
  std::vector<Item> stem;
  std::vector<Item> loop;
};

// A step of a part, in terms of components.
struct Stride {
  bool is_visible;  // to the others, that is, one of what the part has to perform
  Moves moves;
};

struct Strides {
  std::vector<Stride> stem;
  std::vector<Stride> loop;
};

// The strides of a part one after the other, round and round the loop. A position is the same whenever what follows is.
class Walker {
 public:
  explicit Walker(const Strides& strides) : strides_(strides) {}

  std::size_t position() const { return next_; }
  const Stride* next() const {
    if (next_ < strides_.stem.size()) return &strides_.stem[next_];
    return strides_.loop.empty() ? nullptr : &strides_.loop[next_ - strides_.stem.size()];
  }
  bool is_in_loop() const { return next_ >= strides_.stem.size(); }
  std::size_t loop_length() const { return strides_.loop.size(); }
  void step() {
    if (++next_ == strides_.stem.size() + strides_.loop.size() && !strides_.loop.empty()) next_ = strides_.stem.size();
  }

 private:
  const Strides& strides_;
  std::size_t next_ = 0;
};

// Makes the steps of a set from those of its parts: what a part does by itself comes before its next step with others,
// or at the end. `emit` takes an action and the moves.
template <class Emit>
class Weaver {
 public:
  Weaver(std::span<const PartId> set, std::span<const Strides> strides, Emit emit) : emit_(emit) {
    for (const PartId p : set) walkers_.emplace_back(strides[index(p)]);
  }

  void perform(std::span<const Item> items) {
    for (const Item& item : items) {
      if (item.is_at_rest) catch_up();
      if (item.participants.empty()) continue;
      Moves moves;
      for (const JointTable::Participant& p : item.participants) {
        catch_up(p.place);
        const Moves& own = walkers_[p.place].next()->moves;
        moves.insert(moves.end(), own.begin(), own.end());
        walkers_[p.place].step();
      }
      emit_(item.action, std::move(moves));
    }
  }

  // What a part does by itself up to its next step with others; of a loop that has none, nothing.
  void catch_up(std::size_t place) {
    Walker& walker = walkers_[place];
    while (walker.next() != nullptr && !walker.next()->is_visible && !(walker.is_in_loop() && is_alone(place))) {
      emit_(tau, walker.next()->moves);
      walker.step();
    }
  }
  void catch_up() {
    for (std::size_t place = 0; place < walkers_.size(); ++place) catch_up(place);
  }

  // Once round the loop that this part goes by itself.
  void go_round(std::size_t place) {
    catch_up(place);
    for (std::size_t i = 0; i < walkers_[place].loop_length(); ++i) {
      emit_(tau, walkers_[place].next()->moves);
      walkers_[place].step();
    }
  }
  void set_alone(std::size_t place) { alone_ = place; }

  std::vector<std::size_t> positions() const {
    std::vector<std::size_t> all;
    for (const Walker& walker : walkers_) all.push_back(walker.position());
    return all;
  }

 private:
  bool is_alone(std::size_t place) const { return alone_ == place; }

  Emit emit_;
  std::vector<Walker> walkers_;
  std::optional<std::size_t> alone_;
};

class Lifter {
 public:
  Lifter(const Composer& composer, Budget& budget)
      : composer_(composer),
        net_(composer.net()),
        budget_(budget),
        tasks_(net_.size()),
        items_(net_.size()),
        strides_(net_.size()) {}

  std::optional<LiftedRun> lift(const ComposedRun& run) {
    const std::vector<PartId> root(net_.present().begin(), net_.present().end());
    Path path{{initial_of(root)}, {}};
    for (const auto* steps : {&run.stem, &run.loop})
      for (const TrailStep& step : *steps) {
        path.locals.emplace_back();
        for (const LocalId local : step.locals) path.locals.back().push_back(StateId{index(local)});
        path.actions.push_back(step.event);
      }
    auto items = items_of(root, root_interface(root), path, run.stem.size());
    if (!items) return std::nullopt;
    // Only what rests can do what is outranked by τ; and what can rest may always do so.
    if (!net_.layers().empty())
      for (std::size_t i = 0; i < items->stem.size(); ++i) items->stem[i].is_at_rest = can_rest(root, path.locals[i]);
    set_tasks(root, *items, path, run.is_stable);
    if (!walk_down()) return std::nullopt;
    for (std::uint32_t p = 0; p < net_.size(); ++p)
      if (!composer_.is_component(PartId{p})) assemble(PartId{p});
    LiftedRun lifted;
    weave(root, *items, lifted.stem, lifted.loop, [](EventId event, Moves moves) {
      return LiftedStep{event, std::move(moves)};
    });
    return lifted;
  }

 private:
  struct Path {
    std::vector<std::vector<StateId>> locals;  // before and after each step
    std::vector<EventId> actions;
  };

  std::vector<StateId> initial_of(std::span<const PartId> set) const {
    std::vector<StateId> locals;
    for (const PartId p : set) locals.push_back(net_.part(p).initial());
    return locals;
  }

  // All parts together: a joint is a rule, and its action the event.
  Interface root_interface(std::span<const PartId> root) const {
    Interface interface;
    for (const PartId p : root)
      for (const std::uint32_t r : net_.rules_of(p))
        if (net_.rule(r).participants.front().part == p && net_.rule(r).event != ended)
          interface.joints.push_back({net_.rule(r).participants, net_.rule(r).event});
    return interface;
  }

  bool can_rest(std::span<const PartId> set, std::span<const StateId> locals) const {
    for (std::size_t i = 0; i < set.size(); ++i)
      if (has_tau(net_.part(set[i]).transitions(locals[i]))) return false;
    return true;
  }

  bool can(PartId p, EventId action, StateId from, StateId to) const {
    return std::ranges::binary_search(net_.part(p).transitions(from), Transition{action, to});
  }

  // Who did what on a path of a set, of which the first so many steps are the stem.
  std::optional<Items> items_of(std::span<const PartId> set, const Interface& interface, const Path& path,
                                std::size_t stem) const {
    std::unordered_map<EventId, std::vector<const Interface::Joint*>> joints;
    for (const Interface::Joint& joint : interface.joints) joints[joint.action].push_back(&joint);
    Items items;
    for (std::size_t i = 0; i < path.actions.size(); ++i) {
      auto item = item_of(set, joints[path.actions[i]], path.locals[i], path.locals[i + 1], path.actions[i]);
      if (!item) return std::nullopt;
      (i < stem ? items.stem : items.loop).push_back(std::move(*item));
    }
    return items;
  }

  std::optional<Item> item_of(std::span<const PartId> set, std::span<const Interface::Joint* const> joints,
                              std::span<const StateId> before, std::span<const StateId> after, EventId action) const {
    std::vector<std::size_t> moved;
    for (std::size_t i = 0; i < set.size(); ++i)
      if (before[i] != after[i]) moved.push_back(i);
    if (action == tau && moved.size() <= 1)
      for (std::size_t i = 0; i < set.size(); ++i)
        if ((moved.empty() || moved[0] == i) && can(set[i], tau, before[i], after[i])) return Item{tau, {}, i};
    for (const Interface::Joint* joint : joints) {
      budget_.poll();
      Item item{action, {}, std::nullopt};
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

  // The part that a loop of the set leaves alone: where no step of it is a joint one, the first that does τ by itself.
  static std::optional<std::size_t> alone_in(std::span<const Item> loop) {
    if (std::ranges::any_of(loop, [](const Item& item) { return !item.participants.empty(); })) return std::nullopt;
    return loop.empty() ? std::nullopt : loop.front().alone;
  }

  // What the parts of a set did, if the set did these things on this path.
  void set_tasks(std::span<const PartId> set, const Items& items, const Path& path, bool is_stable) {
    const auto task = [&](std::size_t place) -> Performance& { return tasks_[index(set[place])]; };
    const auto rest = [&](std::span<const StateId> locals) {
      for (std::size_t i = 0; i < set.size(); ++i) {
        Performance& own = task(i);
        if (!own.rests.empty() && own.rests.back().place == own.word.size()) continue;  // it has not moved
        own.rests.push_back({own.word.size(), {}});
        initials(net_.part(set[i]).transitions(locals[i]), own.rests.back().offers);
      }
    };
    for (std::size_t i = 0; i < items.stem.size(); ++i) {
      if (items.stem[i].is_at_rest) rest(path.locals[i]);
      for (const JointTable::Participant& p : items.stem[i].participants) task(p.place).word.push_back(p.action);
    }
    if (is_stable) rest(path.locals.back());
    if (const auto alone = alone_in(items.loop)) task(*alone).loops = true;
    for (const Item& item : items.loop)
      for (const JointTable::Participant& p : item.participants) {
        task(p.place).loop.push_back(p.action);
        task(p.place).loops = true;
      }
  }

  // From each part to those that it was made from, which have lower numbers.
  bool walk_down() {
    for (std::uint32_t n = static_cast<std::uint32_t>(net_.size()); n-- > 0;)
      if (!(composer_.is_component(PartId{n}) ? perform_alone(n) : perform_together(n))) return false;
    return true;
  }

  bool perform_alone(std::uint32_t component) {
    const auto lasso = find_lasso(net_.part(PartId{component}), tasks_[component], budget_);
    if (!lasso) return false;
    const auto stride = [&](const Transition& t) {
      return Stride{t.event != tau, {{component, LocalId{index(t.target)}}}};
    };
    std::ranges::transform(lasso->stem, std::back_inserter(strides_[component].stem), stride);
    std::ranges::transform(lasso->loop, std::back_inserter(strides_[component].loop), stride);
    return true;
  }

  bool perform_together(std::uint32_t part) {
    const Composer::Origin& origin = composer_.origin(PartId{part});
    const Performance& task = tasks_[part];
    const auto lasso = find_lasso(origin.product.lts, task, budget_);
    if (!lasso) return false;
    Path path{{initial_of(origin.set)}, {}};
    for (const auto* steps : {&lasso->stem, &lasso->loop})
      for (const Transition& t : *steps) {
        const auto now = origin.product.locals_of(t.target, origin.set.size());
        path.locals.emplace_back(now.begin(), now.end());
        path.actions.push_back(t.event);
      }
    auto items = items_of(origin.set, origin.interface, path, lasso->stem.size());
    if (!items) return false;
    std::size_t place = 0;  // in the word
    const auto rests = [&] { return std::ranges::binary_search(task.rests, place, {}, &Performance::Rest::place); };
    for (std::size_t i = 0; i < items->stem.size(); ++i) {
      if (path.actions[i] == tau) continue;
      items->stem[i].is_at_rest = rests();
      ++place;
    }
    set_tasks(origin.set, *items, path, rests() && !task.loops);
    items_[part] = std::move(*items);
    return true;
  }

  void assemble(PartId part) {
    Strides& strides = strides_[index(part)];
    weave(composer_.origin(part).set, items_[index(part)], strides.stem, strides.loop, [](EventId action, Moves moves) {
      return Stride{action != tau, std::move(moves)};
    });
  }

  // The stem, and so many rounds of the loop as it takes until all parts are where they were at the end of a round
  // before.
  template <class Step, class Make>
  void weave(std::span<const PartId> set, const Items& items, std::vector<Step>& stem, std::vector<Step>& loop,
             const Make& make) {
    std::vector<Step> steps;
    Weaver weaver(set, strides_, [&](EventId action, Moves moves) { steps.push_back(make(action, std::move(moves))); });
    const auto alone = alone_in(items.loop);
    if (alone) weaver.set_alone(*alone);
    weaver.perform(items.stem);
    if (items.loop.empty()) {
      weaver.catch_up();
      stem = std::move(steps);
      return;
    }
    std::map<std::vector<std::size_t>, std::size_t> seen;  // positions, and how many steps were there
    for (;;) {
      budget_.poll();
      const auto [entry, added] = seen.try_emplace(weaver.positions(), steps.size());
      if (!added) {
        const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(entry->second);
        stem.assign(std::make_move_iterator(steps.begin()), std::make_move_iterator(middle));
        loop.assign(std::make_move_iterator(middle), std::make_move_iterator(steps.end()));
        return;
      }
      if (alone)
        weaver.go_round(*alone);
      else
        weaver.perform(items.loop);
    }
  }

  const Composer& composer_;
  const ActionNet& net_;
  Budget& budget_;
  std::vector<Performance> tasks_;  // by part
  std::vector<Items> items_;        // by part: how its set did its task
  std::vector<Strides> strides_;    // by part
};

}  // namespace

std::optional<LiftedRun> lift(const Composer& composer, const ComposedRun& run, Budget& budget) {
  return Lifter(composer, budget).lift(run);
}

}  // namespace tryst
