#include "tests/pi/naive_pi.hpp"

#include <algorithm>

namespace tryst::naive_pi {

namespace {

std::string brand_new() {
  static std::uint64_t next = 0;
  return "n" + std::to_string(next++);
}

}  // namespace

Ptr make(Kind kind, std::vector<std::string> names, Ptr left, Ptr right) {
  return std::make_shared<const Process>(Process{kind, std::move(names), std::move(left), std::move(right)});
}

// Every binder on the way gets brand-new names, so nothing is ever captured.
Ptr rename(const Ptr& p, const Renaming& by) {
  const auto to = [&](const std::string& name) {
    const auto at = by.find(name);
    return at == by.end() ? name : at->second;
  };
  switch (p->kind) {
    case Kind::nil: return p;
    case Kind::input: {
      std::vector<std::string> names{to(p->names[0])};
      Renaming inner = by;
      for (std::size_t i = 1; i < p->names.size(); ++i) names.push_back(inner[p->names[i]] = brand_new());
      return make(p->kind, names, rename(p->left, inner));
    }
    case Kind::restriction: {
      Renaming inner = by;
      const std::string name = inner[p->names[0]] = brand_new();
      return make(p->kind, {name}, rename(p->left, inner));
    }
    default: {
      std::vector<std::string> names;
      for (const std::string& name : p->names) names.push_back(to(name));
      return make(p->kind, names, p->left ? rename(p->left, by) : nullptr, p->right ? rename(p->right, by) : nullptr);
    }
  }
}

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& names, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < names.size(); ++i) out += (i == from ? "" : ",") + names[i];
  return out;
}

void communicate(const std::vector<Move>& inputs, const std::vector<Move>& outputs, bool input_left,
                 std::vector<Move>& found) {
  for (const Move& in : inputs)
    for (const Move& out : outputs) {
      if (in.kind != 'i' || out.kind != 'o' || in.subject != out.subject) continue;
      if (in.objects.size() != out.objects.size()) continue;
      Renaming by;
      for (std::size_t i = 0; i < in.objects.size(); ++i) by[in.objects[i]] = out.objects[i];
      const Ptr received = rename(in.target, by);
      Ptr product =
          input_left ? make(Kind::parallel, {}, received, out.target) : make(Kind::parallel, {}, out.target, received);
      for (const std::string& z : out.extruded) product = make(Kind::restriction, {z}, product);
      found.push_back({'t', {}, {}, {}, product});
    }
}

void parallel_moves(const Ptr& p, std::vector<Move>& found) {
  const std::vector<Move> left = moves(p->left), right = moves(p->right);
  for (Move move : left) {
    move.target = make(Kind::parallel, {}, move.target, p->right);
    found.push_back(move);
  }
  for (Move move : right) {
    move.target = make(Kind::parallel, {}, p->left, move.target);
    found.push_back(move);
  }
  communicate(left, right, true, found);
  communicate(right, left, false, found);
}

// One copy moves, or two communicate.
void replicated_moves(const Ptr& p, std::vector<Move>& found) {
  const std::vector<Move> first = moves(p->left), second = moves(p->left);
  std::vector<Move> alone = first;
  communicate(first, second, true, alone);
  for (Move& move : alone) {
    move.target = make(Kind::parallel, {}, move.target, p);
    found.push_back(move);
  }
}

void restricted_moves(const Ptr& p, std::vector<Move>& found) {
  // The restricted name is made new, so that it differs from all others.
  const std::string z = brand_new();
  for (Move move : moves(rename(p->left, {{p->names[0], z}}))) {
    if (move.kind != 't' && move.subject == z) continue;
    if (move.kind == 'o' && contains(move.objects, z)) {
      std::vector<std::string> extruded;
      for (const std::string& object : move.objects)
        if ((object == z || contains(move.extruded, object)) && !contains(extruded, object)) extruded.push_back(object);
      move.extruded = extruded;
    } else {
      move.target = make(Kind::restriction, {z}, move.target);
    }
    found.push_back(move);
  }
}

}  // namespace

std::string text(const Ptr& p) {
  switch (p->kind) {
    case Kind::nil: return "0";
    case Kind::tau: return "t." + text(p->left);
    case Kind::input:
      return p->names[0] + (p->names.size() > 1 ? "(" + joined(p->names, 1) + ")" : "") + "." + text(p->left);
    case Kind::output:
      return "'" + p->names[0] + (p->names.size() > 1 ? "<" + joined(p->names, 1) + ">" : "") + "." + text(p->left);
    case Kind::match: return "[" + p->names[0] + "=" + p->names[1] + "]" + text(p->left);
    case Kind::mismatch: return "[" + p->names[0] + "#" + p->names[1] + "]" + text(p->left);
    case Kind::restriction: return "(^" + p->names[0] + ")" + text(p->left);
    case Kind::replication: return "!" + text(p->left);
    case Kind::parallel: return "(" + text(p->left) + " | " + text(p->right) + ")";
    case Kind::sum: break;
  }
  return "(" + text(p->left) + " + " + text(p->right) + ")";
}

namespace {

Ptr named_by_depth(const Ptr& p, Renaming to, std::size_t depth) {
  std::vector<std::string> names = p->names;
  const auto is_bound = [&](std::size_t i) {
    return p->kind == Kind::restriction || (p->kind == Kind::input && i > 0);
  };
  // Free occurrences first: the subject of an input is outside the scope of its parameters.
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const auto at = to.find(names[i]); !is_bound(i) && at != to.end()) names[i] = at->second;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (is_bound(i)) names[i] = to[p->names[i]] = "x" + std::to_string(++depth);
  return make(p->kind, names, p->left ? named_by_depth(p->left, to, depth) : nullptr,
              p->right ? named_by_depth(p->right, to, depth) : nullptr);
}

}  // namespace

std::string alpha_text(const Ptr& p) { return text(named_by_depth(p, {}, 0)); }

std::set<std::string> free_names(const Ptr& p) {
  std::set<std::string> names;
  for (const Ptr& part : {p->left, p->right})
    if (part) names.merge(free_names(part));
  if (p->kind == Kind::restriction) {
    names.erase(p->names[0]);
  } else if (p->kind == Kind::input) {
    for (std::size_t i = 1; i < p->names.size(); ++i) names.erase(p->names[i]);
    names.insert(p->names[0]);
  } else {
    names.insert(p->names.begin(), p->names.end());
  }
  return names;
}

Ptr substitute(const Ptr& p, const std::string& name, const std::string& by) { return rename(p, {{name, by}}); }

std::vector<Move> moves(const Ptr& p) {
  std::vector<Move> found;
  switch (p->kind) {
    case Kind::nil: break;
    case Kind::tau: found.push_back({'t', {}, {}, {}, p->left}); break;
    case Kind::input: {
      const Ptr fresh = rename(p, {});  // new names for its parameters
      found.push_back({'i', fresh->names[0], {fresh->names.begin() + 1, fresh->names.end()}, {}, fresh->left});
      break;
    }
    case Kind::output: found.push_back({'o', p->names[0], {p->names.begin() + 1, p->names.end()}, {}, p->left}); break;
    case Kind::match:
      if (p->names[0] == p->names[1]) return moves(p->left);
      break;
    case Kind::mismatch:
      if (p->names[0] != p->names[1]) return moves(p->left);
      break;
    case Kind::sum:
      for (const Ptr& part : {p->left, p->right})
        for (const Move& move : moves(part)) found.push_back(move);
      break;
    case Kind::parallel: parallel_moves(p, found); break;
    case Kind::restriction: restricted_moves(p, found); break;
    case Kind::replication: replicated_moves(p, found); break;
  }
  return found;
}

}  // namespace tryst::naive_pi
