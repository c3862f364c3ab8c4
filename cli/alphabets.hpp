// `--hide` and `--relabel`: what is done to the events of two operands before they are compared.
//
// SET is a list of labels and channels, separated by commas outside brackets; braces around the whole, as CSPM writes
// sets, `{a, b}` or `{| c |}`, may be left out. The file's format is semantics/relabelling_reader.hpp's. Events are
// renamed first, and hidden by their new names.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "semantics/relabelling.hpp"

namespace tryst::cli {

struct Alphabets {
  Relabelling left, right;

  // Labels of rules that neither operand has met: probably misspelt.
  std::vector<std::string> unused() const;
};

// None when the file is wrong, which has been printed. Throws UsageError where SET is, OutputError where there is no
// such file.
std::optional<Alphabets> load_alphabets(const Options&, const Terminal&);

}  // namespace tryst::cli
