// A process of the π-calculus as a program: agents as trees, and what each state of a sequential process can do.
//
// It is made from the script's tree (pi_translate.hpp), run in the tool to see that it is the model (pi_model.hpp), and
// written as C++ (pi_project.hpp).
//   nodes      the processes of the script, binders unique, simplified by the laws that the model's terms obey: 0 beside
//              others, conditions that are decided, names that are not used
//   machines   one for each agent, and one for the operand: the states within its text
//   points     the states: a node that is sequential, with a value for each of its variables
//   branches   what can be done at a point: the head normal form of its node (Parrow & Sangiorgi, "Algebraic theories
//              for name-passing calculi", 1995), whose conditions are decided when the names are known
// Continuations are closures: a node, and what its free variables are, said with the variables of the branch.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "frontend/pi/sorts.hpp"
#include "runtime/pi_process.hpp"

namespace tryst::emitter {

inline constexpr std::uint32_t none = 0xffffffff;

// A name: a variable, or the free name with number `constant`, from 1. A Boolean: a variable, or `constant`. A number:
// `constant` plus the variables of `sum`, each with its factor.
struct PiValue {
  pi::SortKind kind = pi::SortKind::name;
  std::uint32_t variable = none;
  std::int64_t constant = 0;
  std::vector<std::pair<std::uint32_t, std::int64_t>> sum{};  // ascending, no factor is 0
  friend bool operator==(const PiValue&, const PiValue&) = default;
};

struct PiVariable {
  std::string name;
  pi::SortKind kind;
};

enum class PiForm : std::uint8_t { nil, silent, receive, send, compare, restriction, replication, parallel, sum, call };

struct PiNode {
  PiForm form = PiForm::nil;
  pi::ProcKind comparison = pi::ProcKind::match;  // compare
  std::vector<PiValue> values{};           // receive: subject; send: subject, objects; compare: two; call: arguments
  std::vector<std::uint32_t> variables{};  // receive, restriction: what is bound
  std::vector<std::uint32_t> operands{};
  std::uint32_t agent = none;  // call
  Span span{};
  std::vector<std::uint32_t> free{};  // variables, in the order of their first occurrence
};

// A node, and what becomes of its free variables; those not listed are themselves.
using PiScope = std::map<std::uint32_t, PiValue>;
struct PiStart {
  std::uint32_t node;
  PiScope scope;
};

struct PiCondition {
  pi::ProcKind comparison;
  PiValue left, right;
  bool meets = false;  // the subjects of two that communicate
};

struct PiBranch {
  std::vector<PiCondition> conditions{};
  // Under a condition that no names fulfil; it counts where the model looks for what might act.
  bool impossible = false;
  runtime::pi::Action action = runtime::pi::Action::silent;
  PiValue subject{};
  std::vector<PiValue> objects{};          // send
  std::vector<std::uint32_t> received{};   // receive
  std::vector<std::uint32_t> created{};    // names that are made when it happens
  std::vector<runtime::pi::Kind> kinds{};  // of objects or received
  std::vector<PiStart> next{};
  Span span{};
};

struct PiPoint {
  std::uint32_t node;
  std::uint32_t machine;
  std::string identifier;              // of C++, different from those of the machine's other points
  std::string name;                    // "Client", "Client 2"
  std::string place;                   // "delegation.pi:11"
  std::string text;                    // of the script
  std::vector<std::uint32_t> members;  // variables
  bool is_agent = false;               // a call that has not been looked into: mentions all its arguments
  bool lasts = false;
  std::vector<PiBranch> branches;
};

struct PiAgent {
  std::string name;
  std::string identifier;
  std::vector<std::uint32_t> parameters;
  std::uint32_t body = none;
  std::uint32_t machine = none;
  std::string text;
  bool is_state = false;  // a call of it is one sequential process: a point
};

struct PiMachine {
  std::string name;
  std::string identifier;
  std::string text;
  std::vector<std::uint32_t> points;
  // Members by kind, and the variables that are kept in each; variables with one name and kind share a member.
  struct Member {
    std::string identifier;
    pi::SortKind kind;
  };
  std::vector<Member> members;                       // numbers, then names, then Booleans
  std::map<std::uint32_t, std::uint32_t> member_of;  // by variable
  std::uint32_t count(pi::SortKind kind) const {
    std::uint32_t n = 0;
    for (const Member& m : members) n += m.kind == kind;
    return n;
  }
};

struct PiFreeName {
  std::string name;
  std::string identifier;
  bool is_channel;
  std::vector<pi::SortKind> carries;
};

struct PiCode {
  std::vector<PiNode> nodes;
  std::vector<PiVariable> variables;
  std::vector<PiAgent> agents;  // those that are called
  std::vector<PiMachine> machines;
  std::vector<PiPoint> points;
  std::map<std::uint32_t, std::uint32_t> point_of;     // by node, but those of agents
  std::map<std::uint32_t, std::uint32_t> agent_point;  // by agent
  std::vector<PiFreeName> free_names;
  std::uint32_t initial = none;  // node
  std::uint32_t arity_max = 0;
};

}  // namespace tryst::emitter
