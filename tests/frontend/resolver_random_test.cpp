// Random nests of everything that binds, against an oracle that knows what each name means because it wrote it.
#include <catch2/catch.hpp>

#include <map>
#include <random>

#include "tests/frontend/resolved.hpp"

namespace tryst::csp {

namespace {

// Writes a script and notes, for every use of a name, the definition that is innermost there. The scope is a plain
// list, searched from its end.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  // Defines the first `count` of the names; the others are taken to be defined around.
  void definitions_of(std::size_t count) {
    for (const char* name : names) scope_.push_back({name, definition()});
    for (std::size_t i = 0; i < count; ++i) {
      define(scope_[i]);
      const bool parameters = pick(2) == 0;
      const auto bound = parameters ? fresh(1 + pick(2)) : std::vector<Scoped>{};
      if (parameters) list(bound, "(", ")");
      text_ += " = ";
      in_scope(bound, [&] { expression(6); });
      text_ += "\n";
    }
  }

  const std::string& text() const { return text_; }
  const std::vector<std::size_t>& definitions() const { return definitions_; }
  const std::map<std::size_t, std::size_t>& uses() const { return uses_; }  // offset → definition

 private:
  static constexpr const char* names[] = {"a", "b", "c", "d"};
  struct Scoped {
    std::string name;
    std::size_t definition;
  };

  std::size_t pick(std::size_t n) { return random_() % n; }
  std::size_t definition() {
    definitions_.push_back(0);
    return definitions_.size() - 1;
  }
  void define(const Scoped& s) {
    definitions_[s.definition] = text_.size();
    text_ += s.name;
  }
  std::vector<Scoped> fresh(std::size_t count) {
    std::vector<Scoped> all;
    for (const std::size_t first = pick(4); all.size() < count;)
      all.push_back({names[(first + all.size()) % 4], definition()});
    return all;
  }
  void list(const std::vector<Scoped>& bound, const char* open, const char* close) {
    text_ += open;
    for (std::size_t i = 0; i < bound.size(); ++i) {
      if (i > 0) text_ += ", ";
      define(bound[i]);
    }
    text_ += close;
  }
  template <class Inside>
  void in_scope(const std::vector<Scoped>& bound, Inside inside) {
    scope_.insert(scope_.end(), bound.begin(), bound.end());
    inside();
    scope_.resize(scope_.size() - bound.size());
  }

  void use() {
    const std::string name = names[pick(4)];
    for (auto s = scope_.rbegin(); s != scope_.rend(); ++s)
      if (s->name == name) {
        uses_[text_.size()] = s->definition;
        break;
      }
    text_ += name;
  }

  // `x <- (..), (..), y : (..)`: each generator sees those before it.
  void statements(const std::vector<Scoped>& bound, int depth) {
    for (std::size_t i = 0; i < bound.size(); ++i) {
      if (i > 0) text_ += ", ";
      const std::vector<Scoped> before(bound.begin(), bound.begin() + static_cast<std::ptrdiff_t>(i));
      const std::vector<Scoped> after(bound.begin(), bound.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      define(bound[i]);
      text_ += pick(2) ? " <- " : " : ";
      in_scope(before, [&] { expression(depth); });
      if (pick(3) > 0) continue;
      text_ += ", ";
      in_scope(after, [&] { expression(depth); });
    }
  }

  void expression(int depth) {
    text_ += "(";
    if (depth <= 1)
      use();
    else
      compound(depth - 1);
    text_ += ")";
  }

  void compound(int depth) {
    const auto bound = fresh(1 + pick(2));
    const auto inside = [&] { in_scope(bound, [&] { expression(depth); }); };
    switch (pick(10)) {
      case 0: return use();
      case 1: {
        text_ += "let ";
        in_scope(bound, [&] {
          for (const Scoped& s : bound) {
            define(s);
            text_ += " = ";
            expression(depth);
            text_ += "\n ";
          }
        });
        text_ += "within ";
        return inside();
      }
      case 2: list(bound, "\\ ", " @ "); return inside();
      case 3:
        text_ += "{";
        inside();
        text_ += " | ";
        statements(bound, depth);
        text_ += "}";
        return;
      case 4:
        text_ += "ch!";
        expression(depth);
        text_ += "?";
        define(bound[0]);
        text_ += ":";
        expression(depth);
        text_ += "!";
        in_scope({bound[0]}, [&] { expression(depth); });
        text_ += " -> ";
        return in_scope({bound[0]}, [&] { expression(depth); });
      case 5:
        text_ += pick(2) ? "[] " : "||| ";
        statements(bound, depth);
        text_ += " @ ";
        return inside();
      case 6:
        text_ += "[|";
        expression(depth);
        text_ += "|] ";
        statements(bound, depth);
        text_ += " @ ";
        return inside();
      case 7:
        text_ += "|| ";
        statements(bound, depth);
        text_ += " @ [";
        inside();
        text_ += "] ";
        return inside();
      case 8:
        expression(depth);
        text_ += "[[";
        inside();
        text_ += " <- ";
        inside();
        text_ += " | ";
        statements(bound, depth);
        text_ += "]]";
        return;
      default:
        use();
        text_ += "(";
        expression(depth);
        text_ += ", ";
        expression(depth);
        text_ += ")";
    }
  }

  std::mt19937 random_;
  std::string text_;
  std::vector<Scoped> scope_;
  std::vector<std::size_t> definitions_;  // where each stands
  std::map<std::size_t, std::size_t> uses_;
};

// A declaration with everything below it as text in which each name is what it refers to: a global one its qualified
// name, a local one its number in the order of appearance. Two copies of one text have equal forms.
class Form {
 public:
  explicit Form(const Resolved& r) : typed_(r.typed), script_(r.typed.script) {}

  std::string of(const std::vector<DeclId>& list) {
    for (const DeclId d : list) decl(d);
    return std::move(text_);
  }

 private:
  void decl(DeclId d) {
    const Decl& node = script_.decls[d];
    text_ += "\nD" + std::to_string(static_cast<int>(node.kind));
    if (const BindingId b = typed_.decl_bindings_first[index(d)]; b != no_id<BindingId>) name(b);
    for (const Clause& c : node.clauses) {
      for (const auto& group : c.parameters)
        for (const PatternId p : group) pattern(p);
      expr(c.body);
    }
    for (const PatternId p : node.patterns) pattern(p);
    if (node.expr != no_id<ExprId>) expr(node.expr);
  }

  void expr(ExprId e) {
    const Expr& node = script_.exprs[e];
    text_ += "(" + std::to_string(static_cast<int>(node.kind));
    if (node.kind == ExprKind::name) name(typed_.expr_uses[index(e)]);
    for (const DeclId d : script_.decl_lists[node.decls]) decl(d);
    for (const PatternId p : script_.pattern_lists[node.patterns]) pattern(p);
    for (const StatementId s : script_.statement_lists[node.statements]) {
      if (script_.statements[s].generator()) pattern(script_.statements[s].pattern);
      expr(script_.statements[s].expr);
    }
    for (const FieldId f : script_.field_lists[node.fields]) {
      if (script_.fields[f].pattern != no_id<PatternId>) pattern(script_.fields[f].pattern);
      if (script_.fields[f].expr != no_id<ExprId>) expr(script_.fields[f].expr);
    }
    for (const ExprId operand : script_.operands(e)) expr(operand);
    text_ += ")";
  }

  void pattern(PatternId p) {
    const Pattern& node = script_.patterns[p];
    text_ += "[" + std::to_string(static_cast<int>(node.kind));
    if (node.kind == PatternKind::name) name(typed_.pattern_names[index(p)]);
    for (const PatternId part : script_.pattern_lists[node.parts]) pattern(part);
    text_ += "]";
  }

  void name(BindingId b) {
    REQUIRE(b != no_id<BindingId>);
    const std::string& qualified = typed_.bindings[b].qualified;
    if (!qualified.empty())
      text_ += " " + qualified;
    else
      text_ += " #" + std::to_string(locals_.emplace(b, locals_.size()).first->second);
  }

  const Typed& typed_;
  const Script& script_;
  std::string text_;
  std::map<BindingId, std::size_t> locals_;
};

}  // namespace

TEST_CASE("an instance is what its module would be, written out with the argument for the parameter") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Writer writer(1000 + seed);
    writer.definitions_of(3);
    const std::string body = "exports\n" + writer.text() + "endmodule\n";
    const std::string around = "channel ch\nb = 0\nd = 0\n";
    const Resolved instance(around + "module M(d)\n" + body + "instance I = M({b})\n");
    // the argument means the outer b, which an outer name keeps apart from the module's own
    const Resolved written(around + "argument = {b}\nmodule I\n  d = argument\n" + body);
    CAPTURE(seed, body);
    REQUIRE(instance.errors() == "");
    REQUIRE(written.errors() == "");
    const Decl& clone = instance.typed.script.decls[instance.typed.script.top.back()];
    const Decl& text = written.typed.script.decls[written.typed.script.top.back()];
    REQUIRE(clone.inner.size() == 1);
    REQUIRE(Form(instance).of(clone.exported) == Form(written).of(text.exported));
    const ExprId argument = instance.typed.script.decls[clone.inner.front()].expr;
    const ExprId b = instance.typed.script.operand(argument, 0);
    REQUIRE(instance.typed.bindings[instance.typed.expr_uses[index(b)]].qualified == "b");
  }
}

TEST_CASE("every name of a random script means its innermost definition") {
  std::size_t checked = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Writer writer(seed);
    writer.definitions_of(4);
    const Resolved r(writer.text() + "channel ch\n");
    CAPTURE(seed, writer.text());
    REQUIRE(r.errors() == "");
    for (std::size_t i = 0; i < r.typed.script.exprs.size(); ++i) {
      const Expr& e = r.typed.script.exprs[static_cast<ExprId>(i)];
      const auto expected = writer.uses().find(e.span.begin);
      if (e.kind != ExprKind::name || expected == writer.uses().end() || r.typed.expr_uses[i] == no_id<BindingId>)
        continue;
      REQUIRE(r.typed.bindings[r.typed.expr_uses[i]].span.begin == writer.definitions()[expected->second]);
      ++checked;
    }
    std::size_t resolved = 0;
    for (const BindingId b : r.typed.expr_uses)
      resolved += b != no_id<BindingId> && r.typed.bindings[b].kind != BindingKind::channel;
    REQUIRE(resolved == writer.uses().size());
  }
  CHECK(checked > 10'000);
}

}  // namespace tryst::csp
