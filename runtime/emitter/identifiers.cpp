#include "runtime/emitter/identifiers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace tryst::emitter {

namespace {

// Words of C++, and names that mean something in generated files.
constexpr std::string_view reserved[] = {"alignas",   "alignof",      "and",           "and_eq",
                                         "asm",       "auto",         "bitand",        "bitor",
                                         "bool",      "break",        "case",          "catch",
                                         "char",      "char16_t",     "char32_t",      "char8_t",
                                         "class",     "co_await",     "co_return",     "co_yield",
                                         "compl",     "concept",      "const",         "const_cast",
                                         "consteval", "constexpr",    "constinit",     "continue",
                                         "decltype",  "default",      "delete",        "do",
                                         "double",    "EOF",          "errno",         "Hooks",
                                         "NULL",      "dynamic_cast", "else",          "enum",
                                         "explicit",  "export",       "extern",        "false",
                                         "float",     "for",          "friend",        "goto",
                                         "if",        "inline",       "int",           "long",
                                         "main",      "mutable",      "namespace",     "new",
                                         "noexcept",  "not",          "not_eq",        "nullptr",
                                         "operator",  "or",           "or_eq",         "private",
                                         "protected", "public",       "register",      "reinterpret_cast",
                                         "requires",  "return",       "short",         "signed",
                                         "sizeof",    "static",       "static_assert", "static_cast",
                                         "std",       "struct",       "switch",        "template",
                                         "this",      "thread_local", "throw",         "true",
                                         "tryst",     "try",          "typedef",       "typeid",
                                         "typename",  "union",        "unsigned",      "using",
                                         "virtual",   "void",         "volatile",      "wchar_t",
                                         "while",     "xor",          "xor_eq"};

bool is_letter(char ch) { return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z'); }
bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

}  // namespace

std::string identifier(std::string_view name) {
  std::string result;
  for (const char ch : name) {
    if (is_letter(ch) || is_digit(ch)) {
      result += ch;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  while (!result.empty() && result.back() == '_') result.pop_back();
  if (result.empty() || is_digit(result[0])) result.insert(0, 1, 'n');
  if (std::ranges::find(reserved, result) != std::end(reserved)) result += '_';
  return result;
}

std::string lower_identifier(std::string_view name) {
  std::string lower(name);
  for (char& ch : lower)
    if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
  return identifier(lower);
}

std::string Identifiers::distinct(std::string wanted) {
  std::string result = wanted;
  for (int n = 2; !taken_.insert(result).second; ++n) result = fmt::format("{}_{}", wanted, n);
  return result;
}

std::string program_identifier(std::string_view expression) {
  // Names of CMake's own targets, and of what every project holds.
  constexpr std::string_view targets[] = {
      "all",  "clean",   "edit_cache",    "help", "install",      "list_install_components",
      "main", "package", "rebuild_cache", "test", "tryst_runtime"};
  std::string result = lower_identifier(expression);
  if (std::ranges::find(targets, result) != std::end(targets)) result += "_program";
  return result;
}

const std::string& Identifiers::of(const std::string& name) {
  const auto [at, added] = of_name_.try_emplace(name);
  if (added) at->second = distinct(identifier(name));
  return at->second;
}

Identifiers names_for_components() {
  Identifiers names;
  for (const char* name : {"at",         "call_text",   "choice",      "component_type",
                           "concat",     "divide",      "each",        "Each",
                           "ended",      "Event",       "fire",        "index",
                           "initial",    "instance",    "number",      "numbers",
                           "numbers_of", "of",          "place_among", "start",
                           "set_of",     "Set",         "as_set",      "set_range",
                           "Dots",       "Entry",       "entries",     "erase",
                           "get",        "has_key",     "Is",          "is",
                           "lookup",     "Map",         "map_of",      "stored",
                           "Stored",     "texts",       "Tuple",       "update",
                           "loaded",     "as_sequence", "unite",       "intersect",
                           "subtract",   "is_member",   "ways",        "LabelWays",
                           "label",      "labels",      "Label",       "Machine",
                           "modulo",     "moves",       "never",       "next",
                           "no_clause",  "offers",      "Offers",      "out",
                           "padding",    "point",       "Point",       "possible",
                           "row",        "sequence",    "Sequence",    "state",
                           "states",     "table",       "Table",       "target",
                           "tau",        "text",        "tick",        "where"})
    names.distinct(name);
  return names;
}

std::string literal(std::string_view text) {
  std::string result = "\"";
  for (const char ch : text) {
    const auto byte = static_cast<unsigned char>(ch);
    if (ch == '"' || ch == '\\')
      result += {'\\', ch};
    else if (byte < 0x20 || byte >= 0x7f)
      result += fmt::format("\\{:03o}", byte);
    else
      result += ch;
  }
  return result + '"';
}

std::string comment(std::string_view text) {
  std::string result(text);
  for (char& ch : result)
    if (static_cast<unsigned char>(ch) < 0x20) ch = ' ';
  // A backslash at the end would take the next line into the comment.
  while (result.ends_with('\\')) result.pop_back();
  return result;
}

}  // namespace tryst::emitter
