// Components as programs: translated from the script, run against the component, and given labels.
//
// A machine joins the family of those that reach the same points of the translated code: they are one struct, with a state
// to begin in for each.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "runtime/emitter/code_part.hpp"
#include "runtime/emitter/emission.hpp"
#include "runtime/emitter/surroundings.hpp"
#include "runtime/emitter/translate.hpp"
#include "semantics/network/network.hpp"

namespace tryst::emitter {

// "line 18", with the file where it is not the first.
std::string place_text(const SourceSet&, Span);

class MachinePrograms {
 public:
  // The script grows by the names of components as expressions. Unless they may have more labels than the components,
  // some machines are only tables.
  MachinePrograms(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator, bool may_have_more_labels)
      : may_have_more_labels_(may_have_more_labels),
        typed_(typed),
        sources_(sources),
        evaluator_(evaluator),
        translation_(typed, evaluator, [this](const csp::EventField& value) { return read(value); }) {}

  // Sets the machine's family, initial state and instance, and its automaton where its moves are in another order; or else
  // its table_reason. `origins` are processes that the component may be, the last one first; it is one if that is bisimilar
  // to the graph, whose rows are all there. If none is given it may be what its initial term was written as. The answer is
  // labels that the machine has behind those of the graph.
  std::vector<LocalGraph::Label> add(std::vector<csp::Origin> origins, csp::ProcessId initial, const LocalGraph&,
                                     const EventNames&, Machine&);

  // The families, without identifiers, when all machines are known.
  std::vector<Family> finish();

  // The number of a label of the graph in a layout that was made for it, and for a sparse layout the machine's numbers.
  std::uint32_t label(const LabelLayout&, const std::vector<std::uint32_t>& numbers, const LocalGraph::Label&);
  // For a sparse layout: the numbers of a graph's events, ascending.
  std::vector<std::uint32_t> numbers(const LabelLayout&, const LocalGraph&);

 private:
  struct Open {  // a family to which machines may be added
    CodePart part;
    LabelLayout layout{};
    std::uint32_t machines = 0;
    std::uint32_t number = 0;  // if it has machines
  };

  void add(const csp::Origin&, const LocalGraph&, const EventNames&, Machine&,
           std::vector<LocalGraph::Label>& more_labels);
  std::optional<csp::ExprId> read(const csp::EventField& value);
  std::optional<csp::ExprId> read(const std::string& text);
  std::optional<csp::Origin> written(csp::ProcessId);
  std::optional<csp::ExprId> at(Span place);
  bool is_process(csp::ExprId) const;
  LabelLayout with(LabelLayout, const std::vector<LocalGraph::Label>&);
  void add_places(Family&, Span);

  const bool may_have_more_labels_;
  csp::Typed& typed_;
  SourceSet& sources_;
  csp::Evaluator& evaluator_;
  std::map<std::string, std::optional<csp::ExprId>> read_;  // by text: each once
  Translation translation_;
  Surroundings surroundings_{typed_, evaluator_};
  std::map<std::set<std::uint32_t>, std::unique_ptr<Open>> families_;  // by the points of the translation
  std::vector<Open*> used_;                                            // by number
};

}  // namespace tryst::emitter
