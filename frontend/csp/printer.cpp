#include "frontend/csp/printer.hpp"

#include "frontend/csp/printer_layout.hpp"
#include "frontend/csp/printer_tree.hpp"

namespace tryst::csp {

std::string print(const Script& script) {
  if (script.top.empty()) return {};
  Layout layout;
  return layout.render(TreePrinter(script, layout).declarations(script.top)) + "\n";
}

std::string print(const Script& script, ExprId expr) {
  Layout layout;
  return layout.render(TreePrinter(script, layout).expression(expr));
}

std::string print(const Script& script, DeclId decl) {
  Layout layout;
  return layout.render(TreePrinter(script, layout).declaration(decl));
}

}  // namespace tryst::csp
