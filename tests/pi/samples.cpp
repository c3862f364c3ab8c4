#include "tests/pi/samples.hpp"

namespace tryst::naive_pi {

namespace {

using Names = std::vector<std::string>;

Names with(Names names, const std::string& more) {
  names.push_back(more);
  return names;
}

// A name that is not among those in scope.
std::string new_name(const Names& scope) { return "x" + std::to_string(scope.size()); }

// By number of operators, from 0 to `size`.
std::vector<std::vector<Ptr>> by_size(int size, const Names& names) {
  std::vector<std::vector<Ptr>> all{{make(Kind::nil, {})}};
  if (size == 0) return all;
  const std::string x = new_name(names);
  const std::vector<std::vector<Ptr>> inside = by_size(size - 1, with(names, x));
  for (std::size_t n = 1; n <= static_cast<std::size_t>(size); ++n) {
    std::vector<Ptr> found;
    for (const Ptr& p : all[n - 1]) {
      found.push_back(make(Kind::tau, {}, p));
      for (const std::string& a : names)
        for (const std::string& b : names) {
          found.push_back(make(Kind::output, {a, b}, p));
          if (a < b && n > 1)
            for (const Kind kind : {Kind::match, Kind::mismatch}) found.push_back(make(kind, {a, b}, p));
        }
    }
    for (const Ptr& p : inside[n - 1]) {
      for (const std::string& a : names) found.push_back(make(Kind::input, {a, x}, p));
      if (free_names(p).contains(x)) found.push_back(make(Kind::restriction, {x}, p));
    }
    for (std::size_t i = 1; i + 1 < n; ++i) {
      const std::size_t j = n - 1 - i;
      for (std::size_t p = 0; p < all[i].size() && i <= j; ++p)
        for (std::size_t q = i == j ? p : 0; q < all[j].size(); ++q)
          for (const Kind kind : {Kind::parallel, Kind::sum}) found.push_back(make(kind, {}, all[i][p], all[j][q]));
    }
    all.push_back(std::move(found));
  }
  return all;
}

std::size_t pick(std::mt19937& random, std::size_t n) { return random() % n; }
const std::string& pick(std::mt19937& random, const Names& names) { return names[pick(random, names.size())]; }

Ptr random_in(std::mt19937& random, int size, const Names& scope, Mismatch mismatch) {
  if (size <= 0) return make(Kind::nil, {});
  const auto below = [&](const Names& names) { return random_in(random, size - 1, names, mismatch); };
  switch (pick(random, 9)) {
    case 0: return make(Kind::tau, {}, below(scope));
    case 1:
    case 2: {
      Names names{pick(random, scope)}, inside = scope;
      for (std::size_t i = pick(random, 3); i > 0; --i) {
        names.push_back(new_name(inside));
        inside.push_back(names.back());
      }
      return make(Kind::input, names, below(inside));
    }
    case 3:
    case 4: {
      Names names{pick(random, scope)};
      for (std::size_t i = pick(random, 3); i > 0; --i) names.push_back(pick(random, scope));
      return make(Kind::output, names, below(scope));
    }
    case 5: {
      const bool equal = mismatch == Mismatch::without || pick(random, 2) == 0;
      const std::string& left = pick(random, scope);
      return make(equal ? Kind::match : Kind::mismatch, {left, pick(random, scope)}, below(scope));
    }
    case 6: return make(Kind::restriction, {new_name(scope)}, below(with(scope, new_name(scope))));
    default: {
      const int left = static_cast<int>(pick(random, static_cast<std::size_t>(size)));
      const Ptr first = random_in(random, left, scope, mismatch);
      const Ptr second = random_in(random, size - 1 - left, scope, mismatch);
      return make(pick(random, 3) == 0 ? Kind::sum : Kind::parallel, {}, first, second);
    }
  }
}

std::size_t node_count(const Ptr& p) {
  return 1 + (p->left ? node_count(p->left) : 0) + (p->right ? node_count(p->right) : 0);
}

bool is_prefix(const Ptr& p) { return p->kind == Kind::tau || p->kind == Kind::input || p->kind == Kind::output; }

// α.P | β.Q as α.(P | β.Q) + β.(α.P | Q). Bound names of samples are never free elsewhere, so nothing is captured.
Ptr written_out(const Ptr& p) {
  const Ptr &left = p->left, &right = p->right;
  return make(Kind::sum, {}, make(left->kind, left->names, make(Kind::parallel, {}, left->left, right)),
              make(right->kind, right->names, make(Kind::parallel, {}, left, right->left)));
}

Ptr without_prefix(const Ptr& p, const Names& scope, std::mt19937& random) {
  Ptr rest = p->left;
  const bool binds = p->kind == Kind::input || p->kind == Kind::restriction;
  for (std::size_t i = p->kind == Kind::input ? 1 : 0; binds && i < p->names.size(); ++i)
    rest = substitute(rest, p->names[i], pick(random, scope));
  return rest;
}

Ptr changed(const Ptr& p, const Names& scope, std::mt19937& random) {
  const bool is_product_of_prefixes = p->kind == Kind::parallel && is_prefix(p->left) && is_prefix(p->right);
  switch (pick(random, 8)) {
    case 0: return make(Kind::tau, {}, p);
    case 1:
      if (p->left && !p->right) return without_prefix(p, scope, random);
      break;
    case 2: {
      const Ptr summand = changed(p, scope, random);
      return make(Kind::sum, {}, p, summand);
    }
    case 3: {
      const std::string& left = pick(random, scope);
      return make(Kind::match, {left, pick(random, scope)}, p);
    }
    case 4:
      if (p->kind == Kind::output && p->names.size() > 1)
        return make(p->kind, {p->names[0], pick(random, scope)}, p->left);
      break;
    case 5:
      if (p->kind == Kind::parallel) return make(Kind::sum, {}, p->left, p->right);
      break;
    case 6:
      if (p->left && p->left->kind == Kind::sum && !p->right)
        return make(Kind::sum, {}, make(p->kind, p->names, p->left->left), make(p->kind, p->names, p->left->right));
      break;
    default: break;
  }
  return is_product_of_prefixes ? written_out(p) : make(Kind::sum, {}, p, make(Kind::tau, {}, p));
}

// Changes the node with number `at` in preorder.
Ptr changed_at(const Ptr& p, std::size_t at, const Names& scope, std::mt19937& random) {
  if (at == 0) return changed(p, scope, random);
  Names inside = scope;
  if (p->kind == Kind::input) inside.insert(inside.end(), p->names.begin() + 1, p->names.end());
  if (p->kind == Kind::restriction) inside.push_back(p->names[0]);
  const std::size_t on_left = node_count(p->left);
  if (at <= on_left) return make(p->kind, p->names, changed_at(p->left, at - 1, inside, random), p->right);
  return make(p->kind, p->names, p->left, changed_at(p->right, at - 1 - on_left, inside, random));
}

}  // namespace

std::vector<Ptr> small_processes(int size, const std::vector<std::string>& names) {
  std::vector<Ptr> all;
  for (const std::vector<Ptr>& some : by_size(size, names)) all.insert(all.end(), some.begin(), some.end());
  return all;
}

Ptr random_process(std::mt19937& random, int size, Mismatch mismatch) {
  return random_in(random, size, {"a", "b", "c"}, mismatch);
}

Ptr neighbour(const Ptr& p, std::mt19937& random) {
  return changed_at(p, pick(random, node_count(p)), {"a", "b", "c"}, random);
}

std::pair<Ptr, Ptr> choices_on_reception(std::mt19937& random, int size, Mismatch mismatch) {
  const auto receiving = [](const Ptr& p) { return make(Kind::input, {"a", "y"}, p); };
  const auto sum = [](const Ptr& p, const Ptr& q) { return make(Kind::sum, {}, p, q); };
  const Ptr p = substitute(random_process(random, size, mismatch), "c", "y");
  const bool compares = mismatch == Mismatch::with;
  const Ptr q = compares ? substitute(random_process(random, size, mismatch), "c", "y") : make(Kind::nil, {});
  const auto silent = [](const Ptr& each) { return make(Kind::tau, {}, each); };
  const Ptr both = pick(random, 2) == 0 ? sum(receiving(p), receiving(q)) : receiving(sum(silent(p), silent(q)));
  const Ptr as_p = make(Kind::match, {"y", "b"}, p);
  const Ptr third = compares ? sum(as_p, make(Kind::mismatch, {"y", "b"}, q)) : as_p;
  return {both, sum(both, receiving(third))};
}

Ptr behind_interface(const Ptr& p, std::size_t order) {
  const auto restricted = [](const std::string& name, const Ptr& q) { return make(Kind::restriction, {name}, q); };
  const auto receiving = [](Names names, const Ptr& q) { return make(Kind::input, std::move(names), q); };
  const auto sending = [](Names names, const Ptr& q) { return make(Kind::output, std::move(names), q); };
  switch (order % 6) {
    case 0: return restricted("b", restricted("c", sending({"a", "b", "c"}, p)));
    case 1: return restricted("c", sending({"a", "c"}, receiving({"a", "b"}, p)));
    case 2: return receiving({"a", "b"}, restricted("c", sending({"a", "c"}, p)));
    case 3: return restricted("c", receiving({"a", "b"}, sending({"a", "c"}, p)));
    case 4: return restricted("b", sending({"a", "b"}, restricted("c", sending({"b", "c"}, p))));
    default: return receiving({"a", "b", "c"}, p);
  }
}

}  // namespace tryst::naive_pi
