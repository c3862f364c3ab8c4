#include "runtime/pi_states.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <ostream>
#include <set>

#include "runtime/json.hpp"

namespace tryst::runtime::pi {

namespace {

std::length_error too_many(std::size_t states) {
  return std::length_error(std::string("more than ").append(std::to_string(states)).append(" states"));
}

// What one state can do, step by step.
class Stepper {
 public:
  Stepper(const Program& program, const Soup& soup, bool knows_all, std::vector<LabelledStep>& out)
      : program_(program), soup_(soup), out_(out), message_(program.arity_max + 1) {
    std::vector<Name> names;
    for (const Component& c : soup) {
      const ProcessType& type = program.types[c.type];
      type.mentions(type.context, c.state(), names);
      for (std::uint32_t i = 0; i < type.names; ++i)
        if (const Name n = type.name_at(c.state(), i); index(n) >= first_restricted)
          unused_restricted_ = std::max(unused_restricted_, index(n) + 1);
      offers_.emplace_back();
      type.offers(type.context, c.state(), false, offers_.back());
    }
    for (const Name n : names)
      if (index(n) < first_restricted) known_.insert(n);
    for (std::uint32_t n = 1; knows_all && n <= program.free_names.size(); ++n) known_.insert(Name{n});
  }

  void run() {
    for (std::size_t p = 0; p < soup_.size(); ++p)
      for (const Offer& offer : offers_[p]) {
        if (offer.action == Action::silent) {
          Attempt attempt(*this);
          attempt.fire(p, offer);
          attempt.finish({p}, {});
          continue;
        }
        if (offer.action == Action::send) {
          meet(p, offer);
          if (index(offer.channel) < first_restricted) tell(p, offer);
        } else if (index(offer.channel) < first_restricted) {
          hear(p, offer);
        }
      }
  }

 private:
  struct Attempt {
    explicit Attempt(Stepper& s) : stepper(s), source(s.unused_restricted_), next(source) {}
    void fire(std::size_t p, const Offer& offer) {
      const Component& c = stepper.soup_[p];
      const ProcessType& type = stepper.program_.types[c.type];
      type.fire(type.context, c.state(), offer.branch, stepper.message_.data(), next);
    }
    // The state without those that moved, unless they last, and with what they have become.
    void finish(std::initializer_list<std::size_t> moved, std::string label,
                const std::vector<std::pair<Name, Name>>& renamed = {}) {
      Soup after;
      for (std::size_t p = 0; p < stepper.soup_.size(); ++p)
        if (std::find(moved.begin(), moved.end(), p) == moved.end() || stepper.lasts(p))
          after.push_back(stepper.soup_[p]);
      add_started(stepper.program_, next, after);
      for (Component& c : after) {
        const ProcessType& type = stepper.program_.types[c.type];
        for (std::uint32_t i = 0; i < type.names; ++i)
          for (const auto& [from, to] : renamed)
            if (type.name_at(c.state(), i) == from) {
              std::memcpy(c.state() + type.names_place() + 4 * i, &to, sizeof to);
              break;
            }
      }
      stepper.out_.push_back({std::move(label), canonical(stepper.program_, std::move(after))});
    }
    Stepper& stepper;
    RestrictedNames source;
    Next next;
  };

  bool lasts(std::size_t p) const {
    const ProcessType& type = program_.types[soup_[p].type];
    return type.points[type.point_of(soup_[p].state())].lasts;
  }

  void meet(std::size_t sender, const Offer& send) {
    for (std::size_t p = 0; p < soup_.size(); ++p) {
      if (p == sender && !lasts(p)) continue;
      for (const Offer& receive : offers_[p]) {
        if (receive.action != Action::receive || receive.channel != send.channel || receive.arity != send.arity)
          continue;
        if (!same_kinds(send, receive)) throw KindsDiffer("a name");
        Attempt attempt(*this);
        attempt.fire(sender, send);
        attempt.fire(p, receive);
        attempt.finish({sender, p}, {});
      }
    }
  }

  // The `count` least names `_k` that the state does not mention.
  std::vector<Name> least_fresh(std::size_t count) const {
    std::vector<Name> names;
    for (std::uint32_t k = first_fresh; names.size() < count; ++k)
      if (!known_.contains(Name{k})) names.push_back(Name{k});
    return names;
  }

  std::string text(Name n) const {
    if (index(n) < first_fresh) return program_.free_names[index(n) - 1];
    return std::string("_").append(std::to_string(index(n) - first_fresh));
  }

  std::string text(Word w, Kind kind) const {
    if (kind == Kind::name) return text(from_word<Name>(w));
    if (kind == Kind::boolean) return w != 0 ? "true" : "false";
    return std::to_string(w);
  }

  void tell(std::size_t p, const Offer& offer) {
    Attempt attempt(*this);
    attempt.fire(p, offer);
    const std::vector<Name> fresh = least_fresh(offer.arity);
    std::vector<std::pair<Name, Name>> extruded;
    std::string label = "'";
    label += text(offer.channel);
    for (std::size_t i = 0; i < offer.arity; ++i) {
      label += i == 0 ? '<' : ',';
      Word w = message_[i];
      if (offer.kinds[i] == Kind::name && w >= first_restricted) {
        const Name n = from_word<Name>(w);
        auto at = std::ranges::find(extruded, n, &std::pair<Name, Name>::first);
        if (at == extruded.end()) at = extruded.insert(at, {n, fresh[extruded.size()]});
        w = word(at->second);
        label += '^';
      }
      label += text(w, offer.kinds[i]);
    }
    if (offer.arity > 0) label += '>';
    attempt.finish({p}, std::move(label), extruded);
  }

  // Every message that differs by more than the choice of fresh names.
  void hear(std::size_t p, const Offer& offer) {
    const std::vector<Name> fresh = least_fresh(offer.arity);
    std::vector<Word> message(offer.arity);
    const std::function<void(std::size_t, std::size_t)> choose = [&](std::size_t at, std::size_t fresh_used) {
      if (at == offer.arity) return receive(p, offer, message);
      const auto take = [&](Word w, std::size_t used) {
        message[at] = w;
        choose(at + 1, used);
      };
      switch (offer.kinds[at]) {
        case Kind::boolean: take(0, fresh_used), take(1, fresh_used); break;
        case Kind::integer:
          for (const std::int64_t i : program_.integers) take(i, fresh_used);
          break;
        case Kind::name:
          if (!program_.only_new_names)
            for (const Name n : known_) take(word(n), fresh_used);
          for (std::size_t k = program_.only_new_names ? fresh_used : 0; k <= fresh_used; ++k)
            take(word(fresh[k]), std::max(fresh_used, k + 1));
          break;
      }
    };
    choose(0, 0);
  }

  void receive(std::size_t p, const Offer& offer, const std::vector<Word>& message) {
    const bool names_only = std::all_of(offer.kinds, offer.kinds + offer.arity, [](Kind k) { return k == Kind::name; });
    const bool is_late = program_.only_new_names && names_only;
    std::string label = text(offer.channel);
    for (std::size_t i = 0; i < message.size(); ++i) {
      label += i == 0 ? (is_late ? '(' : '<') : ',';
      label += text(message[i], offer.kinds[i]);
    }
    if (offer.arity > 0) label += is_late ? ')' : '>';
    std::copy(message.begin(), message.end(), message_.begin());
    Attempt attempt(*this);
    attempt.fire(p, offer);
    attempt.finish({p}, std::move(label));
  }

  const Program& program_;
  const Soup& soup_;
  std::vector<LabelledStep>& out_;
  std::vector<std::vector<Offer>> offers_;  // by process
  std::set<Name> known_;                    // free names that the state mentions
  std::uint32_t unused_restricted_ = first_restricted;
  std::vector<Word> message_;
};

}  // namespace

std::vector<LabelledStep> steps_of(const Program& program, const Soup& soup, bool knows_all) {
  std::vector<LabelledStep> found;
  Stepper(program, soup, knows_all, found).run();
  return found;
}

Soup initial_soup(const Program& program) {
  RestrictedNames source(first_restricted);
  Next next(source);
  program.start(program.context, next);
  Soup soup;
  add_started(program, next, soup);
  return canonical(program, std::move(soup));
}

States::States(const Program& program, std::size_t states_max) : program_(program), states_max_(states_max) {
  intern(initial_soup(program));
}

std::size_t States::Hash::operator()(const Soup& soup) const {
  std::size_t result = soup.size();
  for (const Component& c : soup) {
    result = result * 0x9e3779b97f4a7c15 + c.type;
    for (const std::uint64_t word : c.words) result = (result ^ word ^ (result >> 29)) * 0xbf58476d1ce4e5b9;
  }
  return result;
}

States::Id States::intern(Soup soup) {
  const auto [at, is_new] = ids_.try_emplace(std::move(soup), static_cast<Id>(soups_.size()));
  if (!is_new) return at->second;
  if (soups_.size() == states_max_) throw too_many(states_max_);
  soups_.push_back(at->first);
  return at->second;
}

std::vector<States::Edge> States::successors(Id s) {
  std::vector<Edge> edges;
  for (LabelledStep& step : steps_of(program_, Soup(soups_[s]))) {
    std::uint32_t label = 0;
    if (!step.label.empty()) {
      const auto [at, is_new] = label_ids_.try_emplace(step.label, static_cast<std::uint32_t>(labels_.size()));
      if (is_new) labels_.push_back(step.label);
      label = at->second;
    }
    edges.push_back({label, intern(std::move(step.target))});
  }
  std::ranges::sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

Graph explore(const Program& program, std::size_t states_max, const std::function<void()>& at_each) {
  Graph graph;
  States states(program, states_max);
  for (States::Id s = 0; s < states.size(); ++s) {
    if (at_each) at_each();
    for (const auto& [label, target] : states.successors(s)) graph.edges.push_back({s, label, target});
  }
  graph.states = static_cast<std::uint32_t>(states.size());
  graph.labels = states.labels();
  return graph;
}

Graph explore_to(const Program& program, std::uint32_t depth, std::size_t states_max,
                 const std::function<void()>& at_each) {
  using Place = std::pair<States::Id, std::uint32_t>;  // a state, and the steps that are left
  Graph graph;
  States states(program, states_max);
  std::map<Place, std::uint32_t> numbers{{{0, depth}, 0}};
  std::vector<Place> places{{0, depth}};
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    const auto [state, left] = places[i];
    if (left == 0) continue;
    if (at_each) at_each();
    for (const auto& [label, target] : states.successors(state)) {
      const auto [at, is_new] = numbers.try_emplace({target, left - 1}, static_cast<std::uint32_t>(places.size()));
      if (is_new) places.push_back(at->first);
      if (places.size() > states_max) throw too_many(states_max);
      graph.edges.push_back({i, label, at->second});
    }
  }
  graph.states = static_cast<std::uint32_t>(places.size());
  graph.labels = states.labels();
  return graph;
}

void write_aut(const Graph& graph, std::ostream& out) {
  out << "des (0," << graph.edges.size() << ',' << graph.states << ")\n";
  for (const Graph::Edge& e : graph.edges)
    out << '(' << e.source << ',' << (e.label == 0 ? "\"tau\"" : aut_label(graph.labels[e.label])) << ',' << e.target
        << ")\n";
}

}  // namespace tryst::runtime::pi
