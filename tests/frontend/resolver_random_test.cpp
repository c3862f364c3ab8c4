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

  void script() {
    text_ = "channel ch\n";
    for (const char* name : names) scope_.push_back({name, definition()});
    for (std::size_t i = 0; i < std::size(names); ++i) {
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

}  // namespace

TEST_CASE("every name of a random script means its innermost definition") {
  std::size_t checked = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Writer writer(seed);
    writer.script();
    const Resolved r(writer.text());
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
