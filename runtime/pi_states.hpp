// The states of a π-program, met one by one by calling nothing but the processes' code: plain, and made apart from the
// executor on purpose, so that what it finds can be held against what the executor does.
//
// A state is a multiset of processes up to the names that are restricted, brought into one form:
//   names       1, 2 ... the free names from the beginning; first_fresh + k the name `_k`, which the environment was
//               told or has made; first_restricted + i those that nobody else knows, numbered by colour refinement
//   garbage     processes connected by restricted names that can never act, nor anybody with them, are gone; so are
//               copies of what is replicated beside them
// Labels are those of the early transitions of the π-calculus: `a<b>` for every free name b that the state mentions and
// one more, `'a<b>`, and `'a<^_0>` where a restricted name leaves; `_k` are the least that the state does not mention.
// So a process with finitely many states has finitely many here, and its graph is that of the model, label by label.
// Sources: Milner, Parrow & Walker, "A calculus of mobile processes", 1992; of refinement: McKay & Piperno, "Practical
// graph isomorphism II", 2014, without the search: names that stay alike are nearly always symmetric.
// Where only new names are received, labels are those of the late transitions, `a(_0)`; numbers stand in `a<3,_0>`.
// Throws std::length_error beyond the limit of states, KindsDiffer. Threads: none.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <unordered_map>

#include "runtime/pi_process.hpp"

namespace tryst::runtime::pi {

inline constexpr std::uint32_t first_fresh = 1u << 30;
inline constexpr std::uint32_t first_restricted = 1u << 31;

struct Component {
  std::uint32_t type;
  std::vector<std::uint64_t> words;  // the bytes of its state
  friend auto operator<=>(const Component&, const Component&) = default;

  std::byte* state() { return reinterpret_cast<std::byte*>(words.data()); }
  const std::byte* state() const { return reinterpret_cast<const std::byte*>(words.data()); }
};
using Soup = std::vector<Component>;

// Gives restricted names, from a number on that the state does not use.
class RestrictedNames final : public NameSource {
 public:
  explicit RestrictedNames(std::uint32_t next) : next_(next) {}
  Name fresh(const char*) final { return Name{next_++}; }

 private:
  std::uint32_t next_;
};
void add_started(const Program&, const Next&, Soup&);

// Brings a state into its form. `renames_fresh`: names that the environment knows are numbered like restricted ones (but
// stay apart from them), for comparing states up to them.
Soup canonical(const Program&, Soup, bool renames_fresh = false);

struct LabelledStep {
  std::string label;  // empty: silent
  Soup target;        // canonical
};

// What a canonical state can do. `knows_all`: the environment sends free names that the state does not mention, too,
// each as itself, which are all the same to the state.
std::vector<LabelledStep> steps_of(const Program&, const Soup&, bool knows_all = false);

Soup initial_soup(const Program&);

class States {
 public:
  using Id = std::uint32_t;
  struct Edge {
    std::uint32_t label;  // 0: silent
    Id target;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };

  States(const Program&, std::size_t states_max);

  Id initial() const { return 0; }
  std::size_t size() const { return soups_.size(); }
  const Soup& soup(Id s) const { return soups_[s]; }
  // Ascending, without duplicates.
  std::vector<Edge> successors(Id);
  const std::string& label(std::uint32_t l) const { return labels_[l]; }
  const std::vector<std::string>& labels() const { return labels_; }

 private:
  struct Hash {
    std::size_t operator()(const Soup&) const;
  };
  Id intern(Soup);

  const Program& program_;
  const std::size_t states_max_;
  std::vector<Soup> soups_;
  std::unordered_map<Soup, Id, Hash> ids_;
  std::vector<std::string> labels_{""};
  std::unordered_map<std::string, std::uint32_t> label_ids_;
};

inline constexpr std::size_t explored_states_max = 1'000'000;

// A transition system as a table; state 0 is the first, label 0 silent.
struct Graph {
  struct Edge {
    std::uint32_t source, label, target;
  };
  std::uint32_t states = 0;
  std::vector<std::string> labels;
  std::vector<Edge> edges;  // by source
};

// States are numbered breadth first. `at_each` is called at each state, and may throw.
Graph explore(const Program&, std::size_t states_max = explored_states_max, const std::function<void()>& at_each = {});
// What can be seen in `depth` steps: states are pairs of a state and the steps that are left, so two programs do the same
// to that depth if these graphs are bisimilar, even where the programs have no end.
Graph explore_to(const Program&, std::uint32_t depth, std::size_t states_max = explored_states_max,
                 const std::function<void()>& at_each = {});
// As Aldebaran's .aut.
void write_aut(const Graph&, std::ostream&);

}  // namespace tryst::runtime::pi
