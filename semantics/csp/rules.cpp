#include "semantics/csp/rules.hpp"

#include <array>

namespace tryst::csp {

namespace {

using namespace rule;

constexpr Rule skip_rules[] = {B1_skip};
constexpr Rule prefix_rules[] = {B2_prefix};
constexpr Rule div_rules[] = {B3_div};
constexpr Rule run_rules[] = {B4_run};
constexpr Rule chaos_rules[] = {B5_chaos_stops, B6_chaos_event};
constexpr Rule internal_rules[] = {C1_internal};
constexpr Rule external_rules[] = {C2_external_tau, C3_external_resolves};
constexpr Rule sliding_rules[] = {C5_sliding_tau, C4_sliding_times_out, C6_sliding_resolves};
constexpr Rule sync_external_rules[] = {C2_external_tau, C7_sync_external_joint, C8_sync_external_resolves};
constexpr Rule sequential_rules[] = {S1_sequential_first, S2_sequential_second};
constexpr Rule interrupt_rules[] = {S3_interrupt_first, S4_interrupt_second_tau, S5_interrupt_second};
constexpr Rule sync_interrupt_rules[] = {S7_sync_interrupt_first, S4_interrupt_second_tau, S6_sync_interrupt_joint,
                                         S8_sync_interrupt_second};
constexpr Rule exception_rules[] = {S10_exception_first, S9_exception_thrown};
constexpr Rule interleave_rules[] = {P1_tau, P2_operand_ends, P3_all_ended, P4_interleave};
constexpr Rule parallel_rules[] = {P1_tau, P2_operand_ends, P3_all_ended, P5_parallel_alone, P6_parallel_joint};
constexpr Rule alphabetised_rules[] = {P1_tau, P2_operand_ends, P3_all_ended, P7_alphabetised};
constexpr Rule link_rules[] = {P1_tau, P2_operand_ends, P3_all_ended, P8_link_tied, P9_link_untied};
constexpr Rule hide_rules[] = {R1_hide};
constexpr Rule project_rules[] = {R2_project};
constexpr Rule rename_rules[] = {R3_rename};
constexpr Rule prioritise_rules[] = {Q1_prioritise};
constexpr Rule prioritise_po_rules[] = {Q2_prioritise_po};
constexpr Rule chase_rules[] = {F1_chase};
constexpr Rule deter_rules[] = {F2_deter};
constexpr Rule trace_watchdog_rules[] = {F3_watchdog_allows, F4_watchdog_alarm};
constexpr Rule failure_watchdog_rules[] = {F5_failure_watchdog_tests, F3_watchdog_allows, F4_watchdog_alarm};

}  // namespace

std::span<const Rule> rules(Operator op) {
  switch (op) {
    case Operator::stop:
    case Operator::omega: return {};
    case Operator::skip: return skip_rules;
    case Operator::div: return div_rules;
    case Operator::run: return run_rules;
    case Operator::chaos: return chaos_rules;
    case Operator::prefix: return prefix_rules;
    case Operator::external_choice: return external_rules;
    case Operator::internal_choice: return internal_rules;
    case Operator::sliding_choice: return sliding_rules;
    case Operator::interrupt: return interrupt_rules;
    case Operator::sequential: return sequential_rules;
    case Operator::interleave: return interleave_rules;
    case Operator::parallel: return parallel_rules;
    case Operator::alphabetised: return alphabetised_rules;
    case Operator::exception: return exception_rules;
    case Operator::sync_external: return sync_external_rules;
    case Operator::sync_interrupt: return sync_interrupt_rules;
    case Operator::hide: return hide_rules;
    case Operator::project: return project_rules;
    case Operator::rename: return rename_rules;
    case Operator::link: return link_rules;
    case Operator::prioritise: return prioritise_rules;
    case Operator::prioritise_po: return prioritise_po_rules;
    case Operator::chase: return chase_rules;
    case Operator::trace_watchdog: return trace_watchdog_rules;
    case Operator::failure_watchdog: return failure_watchdog_rules;
    case Operator::deter: return deter_rules;
    case Operator::compressed:
    case Operator::suspended: break;
  }
  assert(false && "a resolved term is neither suspended nor compressed");
  return {};
}

}  // namespace tryst::csp
