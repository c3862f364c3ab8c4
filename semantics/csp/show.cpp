#include "semantics/csp/show.hpp"

#include <algorithm>

#include "semantics/budget.hpp"
#include "semantics/csp/set_elements.hpp"

namespace tryst::csp {

namespace {

// Shared parts are written again and again, so a small value can have an enormous text.
constexpr std::size_t text_bytes_max = std::size_t{1} << 26;
// Ranges of more elements are written `{a..b}`.
constexpr std::uint64_t listed_range_max = 100;

class Printer {
 public:
  Printer(DataTable& data, ValueNames* names) : data_(data), values_(data.values()), names_(names) {}

  void print(ValueId v) {
    if (text.size() > text_bytes_max) throw LimitReached{"the text of a value is longer than 64 MiB"};
    const auto parts = values_.parts(v);
    switch (values_.kind(v)) {
      case ValueKind::integer: print_integer(values_.as_integer(v)); return;
      case ValueKind::boolean: text += values_.as_boolean(v) ? "true" : "false"; return;
      case ValueKind::character: print_character(v); return;
      case ValueKind::tuple: print_list("(", parts, ",", ")"); return;
      case ValueKind::sequence: print_sequence(parts); return;
      case ValueKind::map: print_map(parts); return;
      case ValueKind::data: text += data_.name(values_.as_data(v)); return;
      case ValueKind::dot: print_list("", parts, ".", ""); return;
      case ValueKind::process: text += names_ != nullptr ? names_->name(values_.as_process(v)) : "<process>"; return;
      case ValueKind::function: text += names_ != nullptr ? names_->name(values_.as_function(v)) : "<function>"; return;
      default: print_set(v); return;
    }
  }

  std::string text;

 private:
  void print_list(std::string_view open, std::span<const ValueId> items, std::string_view separator,
                  std::string_view close) {
    text += open;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) text += separator;
      print(items[i]);
    }
    text += close;
  }

  // `{-` would open a comment, and `<-` is a token.
  void print_integer(std::int64_t n) {
    if (n < 0 && (text.ends_with('{') || text.ends_with('<'))) text += ' ';
    text += std::to_string(n);
  }

  void print_character(ValueId v) {
    text += '\'';
    print_escaped(values_.as_character(v), '\'');
    text += '\'';
  }

  // `quote` marks the end of the literal, so it is escaped within. A string has no escape for a backslash.
  void print_escaped(unsigned char c, char quote) {
    switch (c) {
      case '\n': text += "\\n"; return;
      case '\r': text += "\\r"; return;
      case '\t': text += "\\t"; return;
      default: break;
    }
    if (c == static_cast<unsigned char>(quote) || c == '\\') text += '\\';
    text += static_cast<char>(c);
  }

  void print_sequence(std::span<const ValueId> items) {
    if (!is_string_literal(items)) {
      print_list("<", items, ",", ">");
      return;
    }
    text += '"';
    for (const ValueId c : items) print_escaped(values_.as_character(c), '"');
    text += '"';
  }

  bool is_string_literal(std::span<const ValueId> items) const {
    return !items.empty() && values_.kind(items[0]) == ValueKind::character &&
           std::ranges::none_of(items, [this](ValueId c) { return values_.as_character(c) == '\\'; });
  }

  // `(|` is a token only before a blank.
  void print_map(std::span<const ValueId> entries) {
    text += "(| ";
    for (std::size_t i = 0; i < entries.size(); i += 2) {
      if (i != 0) text += ", ";
      print(entries[i]);
      text += " => ";
      print(entries[i + 1]);
    }
    text += " |)";
  }

  void print_set(ValueId v) {
    const auto parts = values_.parts(v);
    switch (values_.kind(v)) {
      case ValueKind::set: print_list("{", parts, ",", "}"); return;
      case ValueKind::int_range: print_range(v); return;
      case ValueKind::int_from: print_list("{", parts, "", "..}"); return;
      case ValueKind::int_all: text += "Int"; return;
      case ValueKind::proc_all: text += "Proc"; return;
      case ValueKind::powerset: print_list("Set(", parts, "", ")"); return;
      case ValueKind::sequences: print_list("Seq(", parts, "", ")"); return;
      case ValueKind::maps: print_list("Map(", parts, ",", ")"); return;
      case ValueKind::tuple_product: print_list("(", parts, ",", ")"); return;
      case ValueKind::dot_product: print_dot_product(parts); return;
      case ValueKind::datatype: text += data_.name(values_.as_datatype(v)); return;
      case ValueKind::set_difference: print_list("diff(", parts, ",", ")"); return;
      case ValueKind::set_union:
        if (parts.size() == 2) {
          print_list("union(", parts, ",", ")");
        } else {
          print_list("Union({", parts, ",", "})");
        }
        return;
      default: return;
    }
  }

  void print_range(ValueId v) {
    const auto bounds = values_.parts(v);
    const Elements range(values_, v);
    if (range.size() > listed_range_max) {
      print_list("{", bounds, "..", "}");
      return;
    }
    text += '{';
    for (std::uint64_t i = 0; i < range.size(); ++i) {
      if (i != 0) text += ',';
      print(range[i]);
    }
    text += '}';
  }

  // `{|c.1|}` where the fields after some single values are all that the declaration allows; else a comprehension over
  // the factors, `{c.x.y | x<-A, y<-B}`.
  void print_dot_product(std::span<const ValueId> factors) {
    std::size_t fixed = 0;
    while (fixed < factors.size() && single(factors[fixed])) ++fixed;
    if (fixed > 0 && covers_declaration(factors, fixed)) {
      text += "{|";
      for (std::size_t i = 0; i < fixed; ++i) {
        if (i != 0) text += '.';
        print(Elements(values_, factors[i])[0]);
      }
      text += "|}";
      return;
    }
    text += '{';
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (i != 0) text += '.';
      if (single(factors[i])) {
        print(Elements(values_, factors[i])[0]);
      } else {
        print_variable(i);
      }
    }
    bool first = true;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (single(factors[i])) continue;
      text += first ? " | " : ", ";
      first = false;
      print_variable(i);
      text += "<-";
      print(factors[i]);
    }
    text += '}';
  }

  void print_variable(std::size_t i) { text += "x" + std::to_string(i); }

  bool single(ValueId set) const { return !is_symbolic(values_.kind(set)) && Elements(values_, set).size() == 1; }

  bool covers_declaration(std::span<const ValueId> factors, std::size_t fixed) {
    const ValueId head = Elements(values_, factors[0])[0];
    if (values_.kind(head) != ValueKind::data) return false;
    const auto fields = data_.fields(values_.as_data(head));
    if (fields.size() + 1 != factors.size()) return false;
    for (std::size_t i = fixed; i < factors.size(); ++i) {
      if (factors[i] != fields[i - 1]) return false;
    }
    return true;
  }

  DataTable& data_;
  Values& values_;
  ValueNames* names_;
};

}  // namespace

std::string show(DataTable& data, ValueId v, ValueNames& names) {
  Printer printer(data, &names);
  printer.print(v);
  return std::move(printer.text);
}

std::string show(DataTable& data, ValueId v) {
  Printer printer(data, nullptr);
  printer.print(v);
  return std::move(printer.text);
}

}  // namespace tryst::csp
