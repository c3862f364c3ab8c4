#include "frontend/csp/type_annotation.hpp"

#include <cassert>
#include <cctype>
#include <map>
#include <string>

namespace tryst::csp {

namespace {

ConstraintSet constraint_named(std::string_view text) {
  for (const Constraint c : all_constraints)
    if (name(c) == text) return ConstraintSet{} | c;
  return 0;
}

// Recursive descent over one line of text.
class TypeReader {
 public:
  TypeReader(TypeTable& types, std::string_view text) : types_(types), text_(text) {}

  TypeId scheme() {
    const TypeId t = general();
    assert(at_ == text_.size());
    types_.generalise(t);
    return t;
  }

 private:
  TypeId general() {
    const TypeTable::Deeper deeper(types_);
    const std::size_t start = at_;
    if (!read_constraints()) {
      at_ = start;
      constraints_.clear();
    }
    return type();
  }

  void blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view token) {
    blanks();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    blanks();
    return true;
  }
  std::string word() {
    blanks();
    const std::size_t start = at_;
    while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
    const std::string found(text_.substr(start, at_ - start));
    blanks();
    return found;
  }

  // `Eq a =>` or `(Eq a, Set b) =>`, if that is what comes.
  bool read_constraints() {
    const bool many = take("(");
    do {
      const ConstraintSet c = constraint_named(word());
      const std::string variable = word();
      if (c == 0 || variable.empty()) return false;
      constraints_[variable] = static_cast<ConstraintSet>(constraints_[variable] | c);
    } while (many && take(","));
    if (many && !take(")")) return false;
    return !text_.substr(at_).starts_with("=>*") && take("=>");
  }

  TypeId type() {
    const TypeId left = dotted();
    if (take("=>*")) return types_.extendable(type(), left);
    if (take("=>")) return types_.dotable(left, type());
    return left;
  }

  TypeId dotted() {
    const TypeId head = simple();
    return take(".") ? types_.dot(head, dotted()) : head;
  }

  TypeId simple() {
    if (take("(|")) {
      const TypeId key = simple();
      take("=>");
      const TypeId value = simple();
      take("|)");
      return types_.map(key, value);
    }
    if (take("{")) {
      const TypeId element = type();
      take("}");
      return types_.set(element);
    }
    if (take("<")) {
      const TypeId element = type();
      take(">");
      return types_.sequence(element);
    }
    if (take("(")) {
      std::vector<TypeId> items;
      if (!take(")")) {
        do items.push_back(type());
        while (take(","));
        take(")");
      }
      if (take("->")) return types_.function(items, type());
      return items.size() == 1 ? items.front() : types_.tuple(items);
    }
    return named(word());
  }

  TypeId named(const std::string& word) {
    assert(!word.empty());
    if (word == "Int") return TypeTable::integer;
    if (word == "Bool") return TypeTable::boolean;
    if (word == "Char") return TypeTable::character;
    if (word == "Proc") return TypeTable::process;
    if (word == "Event") return TypeTable::event;
    const auto [variable, added] = variables_.try_emplace(word);
    if (added) variable->second = types_.fresh(constraints_[word]);
    return variable->second;
  }

  TypeTable& types_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::map<std::string, ConstraintSet> constraints_;
  std::map<std::string, TypeId> variables_;
};

}  // namespace

TypeId parse_type(TypeTable& types, std::string_view text) { return TypeReader(types, text).scheme(); }

TypeId AnnotationTypes::type(DeclId annotation, std::vector<BindingId>& introduced) {
  annotation_ = annotation;
  introduced_ = &introduced;
  return convert(typed_.script.decls[annotation].type);
}

void AnnotationTypes::leave(const std::vector<BindingId>& introduced) {
  for (const BindingId b : introduced) typed_.binding_types[index(b)] = no_id<TypeId>;
}

TypeId AnnotationTypes::name(TypeExprId id) {
  const BindingId used = typed_.type_uses[index(id)];
  if (used == no_id<BindingId>) return TypeTable::event;
  const Binding& binding = typed_.bindings[used];
  switch (binding.kind) {
    case BindingKind::builtin:
      switch (binding.builtin) {
        case Builtin::Int: return TypeTable::integer;
        case Builtin::Bool: return TypeTable::boolean;
        case Builtin::Char: return TypeTable::character;
        case Builtin::Proc: return TypeTable::process;
        default: return TypeTable::event;
      }
    case BindingKind::datatype: return typed_.types.datatype(used);
    default: break;
  }
  TypeId& known = typed_.binding_types[index(used)];
  if (known != no_id<TypeId>) return known;
  ConstraintSet wanted = 0;
  const Decl& d = typed_.script.decls[annotation_];
  const auto& uses = typed_.decl_uses[index(annotation_)];
  for (std::size_t i = 0; i < d.constraints.size(); ++i)
    if (uses[d.names.size() + i] == used)
      wanted = static_cast<ConstraintSet>(wanted |
                                          constraint_named(typed_.script.symbols.text(d.constraints[i].constraint)));
  known = typed_.types.rigid(binding.symbol, wanted);
  introduced_->push_back(used);
  return known;
}

std::vector<TypeId> AnnotationTypes::convert_all(std::span<const TypeExprId> list) {
  std::vector<TypeId> all;
  for (const TypeExprId t : list) all.push_back(convert(t));
  return all;
}

TypeId AnnotationTypes::convert(TypeExprId id) {
  const TypeExpr& t = typed_.script.types[id];
  if (t.kind == TypeExprKind::name) return name(id);
  const std::vector<TypeId> parts = convert_all(typed_.script.type_lists[t.parts]);
  TypeTable& types = typed_.types;
  switch (t.kind) {
    case TypeExprKind::set: return types.set(parts[0]);
    case TypeExprKind::sequence: return types.sequence(parts[0]);
    case TypeExprKind::tuple: return types.tuple(parts);
    case TypeExprKind::map: return types.map(parts[0], parts[1]);
    case TypeExprKind::dot: return types.dot(parts[0], parts[1]);
    case TypeExprKind::function: return types.function(std::span(parts).first(parts.size() - 1), parts.back());
    case TypeExprKind::dotable: return types.dotable(parts[0], parts[1]);
    case TypeExprKind::extendable: return types.extendable(parts[1], parts[0]);
    case TypeExprKind::name:
    case TypeExprKind::paren: break;
  }
  return parts[0];
}

}  // namespace tryst::csp
