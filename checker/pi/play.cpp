#include "checker/pi/play.hpp"

namespace tryst::pi {

Distinction distinction_after(const Situation& s, const Challenge& challenge, std::span<const Name> known) {
  Distinction out = s.distinction.mapped(challenge.substitution);
  const std::vector<Name>& extruded = challenge.action.extruded;
  for (std::size_t i = 0; i < extruded.size(); ++i) {
    for (const Name n : known) out.separate(extruded[i], image(challenge.substitution, n));
    for (std::size_t j = 0; j < i; ++j) out.separate(extruded[i], extruded[j]);
  }
  return out;
}

Situation after(const Situation& s, const Challenge& challenge, TermId target, const Equivalence& equivalence,
                const Terms& terms) {
  Situation next;
  next.left = challenge.by_left ? challenge.target : target;
  next.right = challenge.by_left ? target : challenge.target;
  if (s.stage == Stage::pair && is_late(challenge.action)) {
    next.stage = Stage::received;
    next.left_moved = challenge.by_left;
    next.arity = challenge.action.arity;
    next.kinds = challenge.action.kinds;
  }
  if (equivalence.instantiation != Instantiation::open) return next;
  const std::vector<Name> known = united(terms.free_names(s.left), terms.free_names(s.right));
  const std::vector<Name> remaining = united(terms.free_names(next.left), terms.free_names(next.right));
  next.distinction = distinction_after(s, challenge, known);
  const bool has_new_names = !challenge.substitution.empty() || !challenge.action.extruded.empty();
  if (has_new_names || remaining != known) next.distinction.restrict_to(remaining);
  return next;
}

}  // namespace tryst::pi
