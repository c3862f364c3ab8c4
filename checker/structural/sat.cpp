#include "checker/structural/sat.hpp"

#include <cadical.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <utility>

#include "checker/ensure.hpp"

namespace tryst {

namespace {

// Exceptions must not pass through the solver: one that the budget throws waits until it has stopped.
class Watch final : public CaDiCaL::Terminator {
 public:
  explicit Watch(Budget& budget) : budget_(budget) {}

  bool terminate() override {
    try {
      constexpr std::uint32_t work = 64;  // a call stands for about so many steps of our own loops
      if (!thrown_) budget_.poll(work);
    } catch (...) {
      thrown_ = std::current_exception();
    }
    return thrown_ != nullptr;
  }
  void rethrow() {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

 private:
  Budget& budget_;
  std::exception_ptr thrown_;
};

bool solve(CaDiCaL::Solver& solver, Watch& watch) {
  constexpr int satisfiable = 10;  // as in IPASIR
  constexpr int unsatisfiable = 20;
  const int status = solver.solve();
  watch.rethrow();
  ensure(status == satisfiable || status == unsatisfiable, "the SAT solver gave no answer");
  return status == satisfiable;
}

// The lemmas of a proof in DRAT's text format: deletions, lines that start with `d`, only save the reader work.
std::vector<int> read_lemmas(std::FILE* file) {
  std::vector<int> lemmas;
  bool is_deletion = false;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    if (c == 'd') is_deletion = true;
    if (c != '-' && (c < '0' || c > '9')) continue;
    std::ungetc(c, file);
    int literal = 0;
    ensure(std::fscanf(file, "%d", &literal) == 1, "a proof of the SAT solver cannot be read");
    if (!is_deletion) lemmas.push_back(literal);
    if (literal == 0) is_deletion = false;
  }
  if (lemmas.empty() || lemmas.size() == 1 || lemmas[lemmas.size() - 2] != 0) lemmas.push_back(0);
  return lemmas;
}

}  // namespace

class Sat::Solver {
 public:
  explicit Solver(Budget& budget) : watch(budget) {
    solver.set("quiet", 1);
    solver.connect_terminator(&watch);
  }

  CaDiCaL::Solver solver;
  Watch watch;
};

Sat::Sat(Budget& budget) : solver_(std::make_unique<Solver>(budget)) {}
Sat::~Sat() { solver_->solver.disconnect_terminator(); }

void Sat::add(std::span<const int> clauses) {
  for (const int literal : clauses) solver_->solver.add(literal);
}

bool Sat::solve() { return tryst::solve(solver_->solver, solver_->watch); }

bool Sat::value(int variable) const { return solver_->solver.val(variable) > 0; }

std::vector<int> refutation(std::span<const int> clauses, Budget& budget) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  ensure(file != nullptr, "there is no room for a temporary file");
  {
    CaDiCaL::Solver solver;
    Watch watch(budget);
    solver.configure("plain");  // no inprocessing: every lemma follows by unit propagation
    solver.set("quiet", 1);
    solver.set("binary", 0);
    solver.connect_terminator(&watch);
    ensure(solver.trace_proof(file.get(), "proof"), "the SAT solver cannot write a proof");
    for (const int literal : clauses) solver.add(literal);
    ensure(!solve(solver, watch), "clauses that were refuted have a model");
    solver.flush_proof_trace();
    solver.close_proof_trace();
    solver.disconnect_terminator();
  }
  std::rewind(file.get());
  return read_lemmas(file.get());
}

}  // namespace tryst
