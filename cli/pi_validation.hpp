// Is an emitted π-program the process that it was emitted from? Asked of every program, twice: of the tables that its code
// is written from, and of the code, compiled as it is. Both are explored by calling nothing but the code of processes, and
// compared by strong bisimulation with the early transition system of the model, label by label.
// Where one of them has no end that is found, both are compared as far as one can look: all that can be seen in a number
// of steps. That is less, and is said.
// Where data are sent, an environment that sends names of the wrong sort would bring together those who do not fit; then
// the comparison is with the late transition system, where all names that are received are new.
// Source of the idea: Pnueli, Siegel & Singerman, "Translation validation", TACAS 1998.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/pi_script.hpp"
#include "runtime/emitter/pi_model.hpp"
#include "runtime/emitter/pi_project.hpp"
#include "semantics/lts.hpp"

namespace tryst::cli {

inline constexpr std::uint32_t pi_states_max = 20'000;
inline constexpr std::uint32_t pi_depth_max = 30;  // where there are more

class PiValidation {
 public:
  // Compares the tables. Throws InternalError when program and model differ, LimitReached,
  // and KindsDiffer where data do not fit even so.
  PiValidation(const emitter::PiCode&, const std::vector<std::int64_t>& integers, PiProcess& model, Budget&);

  bool only_new_names() const { return only_new_names_; }
  // Of the model; none: the two were compared to depth() only.
  std::optional<std::uint32_t> states() const { return states_; }
  std::uint32_t depth() const { return depth_; }
  // Compares the code, in a folder that holds the emitted files; what is made there is removed again. The compiler is that
  // of $CXX, else `c++`. Throws the same, and OutputError when there is no compiler.
  void compare_compiled(const std::filesystem::path& folder, const emitter::PiEmission&, Budget&) const;

 private:
  void compare_tables(const emitter::PiCode&, const std::vector<std::int64_t>& integers, pi::PiSystem& model, Budget&);

  bool only_new_names_ = false;
  std::optional<Lts> model_;  // whole, or to the depth
  std::optional<std::uint32_t> states_;
  std::uint32_t depth_ = 0;
};

}  // namespace tryst::cli
