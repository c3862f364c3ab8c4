// What the user asked for, as plain data: the only thing that the command line hands to the rest of the tool.
//
// Every field is set by one row of the option table (cli/option_table.hpp), which says which commands read it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "semantics/lts_labels.hpp"
#include "semantics/lts_writer.hpp"

namespace tryst::cli {

enum class Command : std::uint8_t {
  none,
  check,
  certify,
  refine,
  equiv,
  lts,
  minimise,
  simulate,
  emit,
  typecheck,
  evaluate,
  format,
  explain,
  help,
};

// Each enumeration lists its values in the order of the choices in the option table.
enum class Format : std::uint8_t { text, concise, json, sarif, junit, github };
enum class Color : std::uint8_t { automatic, always, never };
enum class ProgressStyle : std::uint8_t { automatic, plain, off };
enum class Until : std::uint8_t { parse, resolve, types };
enum class PiSemantics : std::uint8_t { early, late, symbolic };
enum class EngineChoice : std::uint8_t { automatic, reference, network };
enum class ComposeChoice : std::uint8_t { automatic, off };
enum class ProofChoice : std::uint8_t { automatic, structural, search, symbolic };
enum class RefinementModel : std::uint8_t { T, F, FD, V, VD, R, RD };

struct Options {
  Command command = Command::none;
  std::vector<std::string> arguments;  // files, operands, expressions: as many as the command takes
  bool help = false;
  bool version = false;

  // every command
  Format format = Format::text;
  std::string output;  // a file; empty: standard output
  bool quiet = false;
  bool verbose = false;
  Color color = Color::automatic;
  ProgressStyle progress = ProgressStyle::automatic;
  double seconds_max = 0;              // per assertion; 0: none
  double seconds_total_max = 0;        // the whole run; 0: none
  std::uint64_t states_max = 0;        // per assertion; 0: none
  std::uint64_t memory_bytes_max = 0;  // 0: three quarters of the machine
  std::uint64_t threads = 0;           // 0: one for each core
  std::uint64_t seed = 1;

  // check, refine
  std::string assertion;  // an index from 0, or a glob over the text; empty: all
  bool list = false;
  std::uint64_t counterexamples = 1;
  RefinementModel model = RefinementModel::FD;
  EngineChoice engine = EngineChoice::automatic;
  bool no_reduction = false;
  ComposeChoice compose = ComposeChoice::automatic;
  ProofChoice prove = ProofChoice::automatic;
  bool local = false;            // deadlock freedom of every component, too
  std::uint64_t depth_max = 40;  // of runs in symbolic proofs
  std::string certificate;       // a file for the certificates of what was proved; empty: none

  // equiv, lts, minimise
  std::string relation = "strong";
  std::string formula;  // a file for the distinguishing formula; empty: none
  bool preorder = false;
  bool spectrum = false;
  std::string relation_file;  // a file for the relation that shows an equivalence; empty: none
  std::string hidden;         // labels, separated by commas
  std::string relabelling;    // a file of rules; empty: none
  LtsFormat to = LtsFormat::aut;
  std::string minimise;  // a relation; empty: not at all
  LabelStyle label_style = LabelStyle::csp;
  std::string tau_label;  // empty: that of the style

  // operands of the π-calculus
  std::string distinct;  // equiv: names, separated by commas
  PiSemantics semantics = PiSemantics::early;

  // simulate
  bool random = false;
  std::uint64_t steps = 100;
  std::string script;  // a file of commands; "-": standard input, without prompts

  // emit
  bool unverified = false;
  bool no_validation = false;
  std::string deployment;  // a file; empty: one executor

  // typecheck, format
  Until until = Until::types;
  bool lint = false;  // look for what can never matter
  bool deny_warnings = false;
  bool check_roundtrip = false;
};

}  // namespace tryst::cli
