#include "checker/network_check.hpp"

#include "checker/replay.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst {

namespace {

// Evidence about the global states of a network as evidence about the system that it was compiled from.
class Carrier {
 public:
  Carrier(const NetworkSystem& global, const NetworkImplementation& network) : global_(global), network_(network) {}

  void carry_over(Evidence& evidence) {
    for (std::vector<Step>* path : {&evidence.path, &evidence.loop, &evidence.other_path})
      for (Step& step : *path) {
        global_.locals(step.target, locals_);
        step.target = network_.state(locals_);
      }
  }

 private:
  const NetworkSystem& global_;
  const NetworkImplementation& network_;
  std::vector<LocalId> locals_;
};

}  // namespace

Verdict check_on_network(const Question& question, Budget& budget, const Asking& asking,
                         Verdict (*check)(const Question&, Budget&, const Asking&)) {
  NetworkSystem global(question.network->network());
  LazyLts rows(global);
  Question on_network = question;
  on_network.implementation = &rows;
  on_network.network.reset();
  Verdict verdict = check(on_network, budget, asking);
  Carrier carrier(global, *question.network);
  for (Evidence& evidence : verdict.evidence) {
    carrier.carry_over(evidence);
    replay(question, evidence, budget);
  }
  return verdict;
}

}  // namespace tryst
