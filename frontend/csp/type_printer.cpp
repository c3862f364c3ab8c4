#include "frontend/csp/type_printer.hpp"

namespace tryst::csp {

std::string TypePrinter::scheme(TypeId t) {
  std::vector<std::string> wanted;
  for (const TypeId v : typed_.types.variables(t)) {
    const ConstraintSet all = typed_.types[v].constraints;
    for (const Constraint c : all_constraints) {
      if (!contains(all, c) || (c == Constraint::set && contains(all, Constraint::eq))) continue;
      wanted.push_back(std::string(name(c)) + ' ' + variable(v));
    }
  }
  std::string prefix;
  for (const std::string& w : wanted) prefix += (prefix.empty() ? "" : ", ") + w;
  if (wanted.size() > 1) prefix = '(' + prefix + ')';
  if (!wanted.empty()) prefix += " => ";
  return prefix + type(t);
}

std::string TypePrinter::type(TypeId t) {
  out_.clear();
  parts_ = 0;
  put(t, Place::whole);
  return out_;
}

std::string TypePrinter::variable(TypeId v) {
  if (const auto known = names_.find(index(v)); known != names_.end()) return known->second;
  const Type& type = typed_.types[v];
  std::string chosen;
  if (type.rigid) {
    chosen = typed_.script.symbols.text(type.rigid_name());
  } else {
    for (int n = 0; chosen.empty() || taken_.contains(chosen); ++n)
      chosen = static_cast<char>('a' + n % 26) + (n < 26 ? std::string() : std::to_string(n / 26));
  }
  taken_.insert(chosen);
  names_.emplace(index(v), chosen);
  return chosen;
}

void TypePrinter::put_list(std::span<const TypeId> list) {
  bool first = true;
  for (const TypeId t : list) {
    if (!first) out_ += ", ";
    first = false;
    put(t, Place::whole);
  }
}

// A.B=>T is the same type as A=>B=>T, and printed like that.
void TypePrinter::put_field(TypeId t) {
  t = typed_.types.resolved(t);
  if (typed_.types[t].kind == TypeKind::dot && ++parts_ <= parts_max) {
    put_field(typed_.types[t].a());
    return put_field(typed_.types[t].b());
  }
  put(t, Place::dotable_side);
  out_ += out_.ends_with('>') ? " => " : "=>";  // <a>=>b would be read as <a >= ..
}

// A dotable or an extendable, whose known fields are printed as those of a dotable.
void TypePrinter::put_dotable(TypeId t) {
  const TypeTable& types = typed_.types;
  while (parts_++ <= parts_max) {
    const Type& type = types[t];
    if (type.kind == TypeKind::dotable) {
      put_field(type.a());
      t = types.resolved(type.b());
    } else if (type.kind == TypeKind::extendable) {
      TypeId fields = types.resolved(type.b());
      for (; types[fields].kind == TypeKind::dotable; fields = types.resolved(types[fields].b())) {
        put_field(types[fields].a());
      }
      if (fields != TypeTable::no_fields) {
        put(fields, Place::dotable_side);
        out_ += "=>*";
        return put(type.a(), Place::dotable_side);
      }
      t = types.resolved(type.a());
    } else {
      return put(t, Place::dotable_side);
    }
  }
  out_ += "..";
}

void TypePrinter::put(TypeId t, Place place) {
  if (++parts_ > parts_max) {
    out_ += "..";
    return;
  }
  const TypeTable& types = typed_.types;
  t = types.resolved(t);
  const Type& type = types[t];
  const bool low = type.kind == TypeKind::dotable || type.kind == TypeKind::extendable;
  const bool parenthesise = place != Place::whole && (low || type.kind == TypeKind::function);
  if (parenthesise) out_ += '(';
  switch (type.kind) {
    case TypeKind::variable: out_ += variable(t); break;
    case TypeKind::unknown: out_ += '?'; break;
    case TypeKind::integer: out_ += "Int"; break;
    case TypeKind::boolean: out_ += "Bool"; break;
    case TypeKind::character: out_ += "Char"; break;
    case TypeKind::process: out_ += "Proc"; break;
    case TypeKind::event: out_ += "Event"; break;
    case TypeKind::no_fields: out_ += "()"; break;
    case TypeKind::datatype: {
      const Binding& binding = typed_.bindings[type.datatype()];
      out_ += binding.qualified.empty() ? std::string(typed_.script.symbols.text(binding.symbol)) : binding.qualified;
      break;
    }
    case TypeKind::set:
      out_ += '{';
      put(type.a(), Place::whole);
      out_ += '}';
      break;
    case TypeKind::sequence:
      out_ += '<';
      put(type.a(), Place::whole);
      out_ += '>';
      break;
    case TypeKind::map:
      out_ += "(| ";
      put(type.a(), Place::dotable_side);
      out_ += " => ";
      put(type.b(), Place::dotable_side);
      out_ += " |)";
      break;
    case TypeKind::dot:
      put(type.a(), Place::dot_side);
      out_ += '.';
      put(type.b(), Place::dot_side);
      break;
    case TypeKind::dotable:
    case TypeKind::extendable: put_dotable(t); break;
    case TypeKind::tuple:
      out_ += '(';
      put_list(types.items(t));
      out_ += ')';
      break;
    case TypeKind::function:
      out_ += '(';
      put_list(types.arguments(t));
      out_ += ") -> ";
      put(types.result(t), Place::whole);
      break;
  }
  if (parenthesise) out_ += ')';
}

}  // namespace tryst::csp
