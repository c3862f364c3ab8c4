// Components as programs: translated from the script, run against the component, and given labels.
#pragma once

#include "runtime/emitter/emission.hpp"
#include "runtime/emitter/translate.hpp"
#include "semantics/network/network.hpp"

namespace tryst::emitter {

// "line 18", with the file where it is not the first.
std::string place_text(const SourceSet&, Span);

class MachinePrograms {
 public:
  // The script grows by the names of components as expressions.
  MachinePrograms(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator)
      : typed_(typed), sources_(sources), evaluator_(evaluator) {}

  // Sets the machine's code, layout, lines and places, or else its table_reason. `name` is what the component is called;
  // it is the component if, read as an expression, it behaves as the graph, whose rows are all there. A name that cannot
  // be read is replaced by the expression at that place of the script.
  bool add_code(const std::string& name, Span place, const LocalGraph&, const EventNames&, Machine&);

  // The number of a label of the graph in a layout that was made for it.
  std::uint32_t label(const LabelLayout&, const LocalGraph::Label&);

 private:
  MachineCode translated(const std::string& name, Span place);
  std::optional<csp::ExprId> named(const std::string& name);
  std::optional<csp::ExprId> at(Span place);
  bool is_process(csp::ExprId) const;
  LabelLayout layout(const LocalGraph&);
  void add_places(Machine&, Span);

  csp::Typed& typed_;
  SourceSet& sources_;
  csp::Evaluator& evaluator_;
};

}  // namespace tryst::emitter
