// Names and terms of the π-calculus: locally nameless, hash-consed, in canonical form.
//
// A bound name is a number, a free one is itself (McBride & McKinna, "I am not a number, I am a free variable", 2004):
// bound_name(i) inside k binders belongs to them if i < k; otherwise it is *loose*, and stands for number i - k of the
// context. A binder of n names numbers them 0..n-1 from left to right. So α-equality is equality of ids, and
// substituting free names never captures.
// Canonical form, kept by every constructor:
//   products and sums are flat and sorted, without 0; sums without repetition
//   restriction stands around the smallest groups of components that share restricted names (the restricted form of
//   Meyer, "A theory of structural stationarity", 2009); unused names are gone, the others numbered by colour
//   refinement
//   [a=a]P is P, [a#a]P and [a=b]0 are 0; a condition on known data is gone, and what stands behind a false one is dead
//   !(P | Q) and !(P + Q) are !P | !Q, and P | !P is !P (strongly bisimilar in all variants: Sangiorgi & Walker, "The
//   π-calculus", 2001, section 2.2)
// Two structurally congruent terms have one id, but for symmetric restrictions that refinement cannot tell apart, and
// for calls, which are left folded; settle() unfolds those that are active.
// Limits: recursion is over the nesting of the source text, which the parser bounds. Not thread-safe.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"
#include "frontend/source.hpp"
#include "semantics/pi/name.hpp"

namespace tryst {
class Budget;
}

namespace tryst::pi {

enum class TermId : std::uint32_t {};
enum class AgentId : std::uint32_t {};

enum class TermKind : std::uint8_t {
  nil,
  stuck,     // what is left of dead fragments where they are marked: behaves like 0, but is no proper end; no summand
             // beside others
  tau,       // operand 0
  input,     // names: the subject, and where data are received the kind of each; binds `count` names in operand 0
  output,    // names: the subject, then `count` objects
  match,     // names: two, ascending
  mismatch,  // likewise
  test,      // names: a sum, which `count`, a TestKind, compares with 0
  parallel,  // at least two operands, none of them parallel
  sum,       // at least two operands, none of them a sum
  restriction,  // binds `count` names in operand 0, a product of components connected by them
  replication,  // of one component, that is neither a product nor a sum
  call,         // `count` is the agent's id, names: the arguments
};

struct Term {
  TermKind kind = TermKind::nil;
  std::uint32_t count = 0;
  Range<Name> names{};
  Range<TermId> operands{};
  Range<Name> free{};       // the free names, constants and fresh ones, ascending
  std::uint32_t loose = 0;  // one more than the largest number of a loose name, 0 if there is none
  std::uint64_t hash = 0;   // structural: independent of the ids and so of the order of construction
  Span span{};              // where a prefix was first met; no part of its identity
};

// A simultaneous substitution. Loose name i becomes loose_to[i]; those beyond, loose_to.size() + i, become
// bound_name(lift + i). Free names not listed stay. What names become is written in the context of the result.
struct Substitution {
  std::vector<Name> loose_to{};
  std::uint32_t lift = 0;
  std::vector<std::pair<Name, Name>> free_to{};  // ascending, each name once
};

// The components of a product beyond which a process is not explored.
inline constexpr std::size_t components_max = 1 << 14;
// How deep definitions without a prefix in between may refer to one another.
inline constexpr std::uint32_t unfolding_max = 1000;

// What becomes of a fragment that can never act: nothing; a mark that tells a stuck process from one that has ended; or
// it stays as it is, for showing it (then few processes have finitely many states).
enum class Garbage : std::uint8_t { dropped, marked, kept };

class Terms {
 public:
  explicit Terms(Garbage = Garbage::dropped);

  void set_budget(Budget* budget) { budget_ = budget; }  // of the question being answered; null: none

  // --- names and agents
  Name constant(std::string_view text);
  std::string text(Name) const;  // of a constant as written, `_k` of a fresh name
  Integers& integers() { return integers_; }
  const Integers& integers() const { return integers_; }
  // The body's loose names 0..arity-1 are the parameters. A body must be defined before settle() meets a call of it,
  // and no agent may call itself without a prefix in between.
  AgentId declare(std::string name, std::uint32_t arity);
  void define(AgentId, TermId body);
  std::string_view agent_name(AgentId a) const { return agents_[index(a)].name; }
  TermId body(AgentId a) const { return agents_[index(a)].body; }

  // --- constructors
  TermId nil() const { return TermId{0}; }
  TermId tau_prefix(TermId, Span = {});
  // Kinds: none where all are names.
  TermId input(Name subject, std::uint32_t arity, TermId, Span = {}, std::span<const Kind> kinds = {});
  TermId output(Name subject, std::span<const Name> objects, TermId, Span = {});
  TermId match(Name, Name, TermId);
  TermId mismatch(Name, Name, TermId);
  TermId test(const Test&, TermId);
  TermId parallel(const std::vector<TermId>&);  // throws LimitReached
  TermId sum(const std::vector<TermId>&);
  TermId restriction(std::uint32_t names, TermId);
  TermId replication(TermId);
  TermId call(AgentId, std::span<const Name> arguments);

  // --- looking at terms; references last until the next construction
  const Term& operator[](TermId t) const { return terms_[t]; }
  std::span<const TermId> operands(TermId t) const { return operand_lists_[terms_[t].operands]; }
  std::span<const Name> names(TermId t) const { return name_lists_[terms_[t].names]; }
  std::span<const Name> free_names(TermId t) const { return name_lists_[terms_[t].free]; }
  // What an input receives; none where all are names.
  std::vector<Kind> kinds(TermId input) const;
  // The components of a product; a term that is none is its own only component, and 0 has none.
  std::vector<TermId> components(TermId) const;
  // The least k such that fresh_name(k), fresh_name(k + 1) ... are not free in t.
  std::uint32_t fresh_from(TermId) const;
  // The `count` fresh names of least number that are not among `known` (ascending), nor are called like a variable
  // there.
  static std::vector<Name> least_fresh_names(std::uint32_t count, std::span<const Name> known);
  std::size_t size() const { return terms_.size(); }
  // In the syntax of the language; loose names as `?i`.
  std::string show(TermId) const;

  // --- substitution
  TermId rename(TermId, const Substitution&);
  // Loose name i becomes names[i].
  TermId instantiate(TermId, std::span<const Name> names);
  // Free names by free names, at once; `free_to` ascending.
  TermId substitute(TermId, std::vector<std::pair<Name, Name>> free_to);
  // The body of a called agent with the arguments for its parameters.
  TermId unfold(TermId call);

  // A state: active calls of agents that are products, restrictions or calls are unfolded, and fragments that can never
  // act are garbage. A fragment is dead if all its active prefixes have restricted subjects and none has a partner.
  TermId settle(TermId);

 private:
  struct Agent {
    std::string name;
    std::uint32_t arity;
    TermId body;
  };
  // An active prefix, whatever conditions guard it.
  struct Head {
    TermKind kind;  // tau, input or output
    Name subject;   // of input and output
    friend auto operator<=>(const Head&, const Head&) = default;
  };

  std::vector<TermId> flattened(TermKind, const std::vector<TermId>&) const;
  void absorb_copies(std::vector<TermId>& components) const;
  TermId comparison(Name, Name, TestKind, TermId);
  TermId dead() const { return garbage_ == Garbage::dropped ? nil() : stuck_; }
  TermId intern(Term, std::span<const Name> names, std::span<const TermId> operands);
  void grow_table();
  std::uint64_t hash_of(const Term&, std::span<const Name>, std::span<const TermId>) const;
  void collect_names(Term&, std::span<const Name>, std::span<const TermId>);
  TermId renamed(TermId, const Substitution&, std::uint32_t depth);
  Name renamed(Name, const Substitution&, std::uint32_t depth);
  Name deepened(Name, std::uint32_t depth);
  bool affected(TermId, const Substitution&, std::uint32_t depth) const;
  const std::vector<Head>& heads(TermId);
  bool meet(std::span<const TermId> parts, bool copies);
  bool is_dead(TermId restriction);
  TermId settled(TermId);
  bool stays_folded(TermId call);

  Garbage garbage_;
  TermId stuck_{};
  std::uint32_t unfolding_ = 0;  // unfoldings in progress
  Budget* budget_ = nullptr;
  Arena<TermId, Term> terms_;
  Pool<Name> name_lists_;
  Pool<TermId> operand_lists_;
  std::vector<TermId> table_;  // open addressing over terms_, a power of two, at most 3/4 full; no_id: empty
  std::vector<Agent> agents_;
  Integers integers_;
  std::vector<std::string> constants_;
  std::unordered_map<std::string, Name> constant_ids_;
  std::vector<TermId> settled_;  // by TermId, as far as asked for; no_id: not yet
  std::unordered_map<TermId, std::vector<Head>> heads_;
};

}  // namespace tryst::pi
