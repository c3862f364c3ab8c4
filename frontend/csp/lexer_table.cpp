#include "frontend/csp/lexer_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace tryst::csp {

namespace {

using enum TokenKind;

constexpr bool joins = true;
constexpr bool soaks = true;

// In the order of the enumeration.
constexpr std::array<TokenInfo, token_kinds> rows{{
    {end, "the end of the file"},
    {newline, "the end of the line"},
    {broken, "a broken token"},
    {identifier, "a name"},
    {number, "a number", joins},
    {character, "a character", joins},
    {string, "a string", joins},
    {print, "print"},
    {true_, "true", joins},
    {false_, "false", joins},
    {if_, "if", joins, soaks},
    {then, "then", joins, soaks},
    {else_, "else", joins, soaks},
    {let, "let", joins, soaks},
    {within, "within", joins, soaks},
    {and_, "and", joins, soaks},
    {or_, "or", joins, soaks},
    {not_, "not", joins, soaks},
    {channel, "channel", false, soaks},
    {datatype, "datatype", false, soaks},
    {subtype, "subtype", false, soaks},
    {nametype, "nametype", false, soaks},
    {external, "external", false, soaks},
    {transparent, "transparent", false, soaks},
    {module, "module", false, soaks},
    {exports, "exports"},
    {endmodule, "endmodule"},
    {instance, "instance", false, soaks},
    {assert_, "assert", false, soaks},
    {timed, "Timed", false, soaks},
    {external_choice, "[]", joins, soaks},
    {internal_choice, "|~|", joins, soaks},
    {interleave, "|||", joins, soaks},
    {interrupt, "/\\", joins, soaks},
    {arrow, "->", joins, soaks},
    {sliding_choice, "[>", joins, soaks},
    {bar_greater, "|>", joins, soaks},
    {double_bar, "||", joins, soaks},
    {semicolon, ";", joins, soaks},
    {ampersand, "&", joins, soaks},
    {project, "|\\", joins, soaks},
    {open_sync_interrupt, "/+", joins, soaks},
    {close_sync_interrupt, "+\\", joins, soaks},
    {open_sync_external, "[+", joins, soaks},
    {close_sync_external, "+]", joins, soaks},
    {backslash, "\\", joins, soaks},
    {refines_t, "[T=", joins, soaks},
    {refines_f, "[F=", joins, soaks},
    {refines_fd, "[FD=", joins, soaks},
    {refines_v, "[V=", joins, soaks},
    {refines_vd, "[VD=", joins, soaks},
    {refines_r, "[R=", joins, soaks},
    {refines_rd, "[RD=", joins, soaks},
    {equal, "==", joins, soaks},
    {not_equal, "!=", joins, soaks},
    {less_equal, "<=", joins, soaks},
    {greater_equal, ">=", joins, soaks},
    {less, "<", false, soaks},
    {greater, ">", joins},
    {plus, "+", joins, soaks},
    {minus, "-", false, soaks},
    {star, "*", joins, soaks},
    {slash, "/", joins, soaks},
    {percent, "%", joins, soaks},
    {caret, "^", joins, soaks},
    {hash, "#", false, soaks},
    {empty_sequence, "<>"},
    {open_paren, "(", false, soaks},
    {close_paren, ")", joins},
    {open_brace, "{", false, soaks},
    {close_brace, "}", joins},
    {open_enumerated, "{|", false, soaks},
    {close_enumerated, "|}", joins},
    {open_map, "(|", false, soaks},
    {close_map, "|)", joins},
    {open_rename, "[[", joins, soaks},
    {close_rename, "]]", joins},
    {open_parallel, "[|", joins, soaks},
    {close_parallel, "|]", joins, soaks},
    {open_bracket, "[", joins, soaks},
    {close_bracket, "]", joins, soaks},
    {bar, "|", joins, soaks},
    {comma, ",", joins, soaks},
    {double_dot, "..", joins, soaks},
    {dot, ".", joins, soaks},
    {question, "?", joins, soaks},
    {exclamation, "!", joins, soaks},
    {dollar, "$", joins, soaks},
    {drawn_from, "<-", joins, soaks},
    {tie, "<->", joins, soaks},
    {scope, "::", false, soaks},
    {colon, ":", joins, soaks},
    {of_type, " ::", joins, soaks},
    {yields, "=>", joins, soaks},
    {yields_star, "=>*", joins, soaks},
    {double_at, "@@", joins, soaks},
    {at, "@", joins, soaks},
    {define, "=", joins, soaks},
    {wildcard, "_", joins, soaks},
    {open_property, ":[", joins},
    {close_property, "]"},
    {deadlock_free, "deadlock free"},
    {divergence_free, "divergence free"},
    {deterministic, "deterministic"},
    {has_trace, "has trace"},
    {tau_priority, "tau priority"},
    {tau_priority_over, "tau priority over"},
    {partial_order, "partial order reduce"},
    {model_t, "[T]"},
    {model_f, "[F]"},
    {model_fd, "[FD]"},
    {model_v, "[V]"},
    {model_vd, "[VD]"},
    {model_r, "[R]"},
    {model_rd, "[RD]"},
    {precise, "[precise]"},
    {hybrid, "[hybrid]"},
    {fast, "[fast]"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].kind != static_cast<TokenKind>(i)) return false;
  return true;
}
static_assert(in_order());

// Properties that have a second spelling.
constexpr TokenInfo property_synonyms[] = {
    {deadlock_free, "deadlock-free"},
    {divergence_free, "livelock free"},
    {divergence_free, "livelock-free"},
    {divergence_free, "divergence-free"},
};

constexpr bool between(TokenKind kind, TokenKind first, TokenKind last) { return first <= kind && kind <= last; }

// The symbols that begin with a character, longest first.
struct SymbolIndex {
  std::array<std::vector<const TokenInfo*>, 128> rows_of;
  SymbolIndex() {
    for (const TokenInfo& row : rows)
      if (between(row.kind, external_choice, open_property) && row.kind != of_type && row.kind != open_map)
        rows_of[static_cast<unsigned char>(row.spelling[0])].push_back(&row);
    for (auto& of_character : rows_of)
      std::ranges::stable_sort(of_character, std::greater{}, [](const TokenInfo* row) { return row->spelling.size(); });
  }
};

}  // namespace

const TokenInfo& info(TokenKind kind) { return rows[static_cast<std::size_t>(kind)]; }

const TokenInfo* longest_symbol(std::string_view text) {
  static const SymbolIndex index;
  assert(!text.empty());
  const auto first = static_cast<unsigned char>(text[0]);
  if (first >= index.rows_of.size()) return nullptr;
  for (const TokenInfo* row : index.rows_of[first])
    if (text.starts_with(row->spelling)) return row;
  return nullptr;
}

TokenKind keyword(std::string_view word) {
  for (auto kind = static_cast<std::size_t>(true_); kind <= static_cast<std::size_t>(timed); ++kind)
    if (rows[kind].spelling == word) return rows[kind].kind;
  return identifier;
}

TokenKind property(std::string_view words) {
  for (auto kind = static_cast<std::size_t>(deadlock_free); kind < token_kinds; ++kind)
    if (rows[kind].spelling == words) return rows[kind].kind;
  for (const TokenInfo& row : property_synonyms)
    if (row.spelling == words) return row.kind;
  return broken;
}

std::vector<std::string_view> property_names() {
  std::vector<std::string_view> names;
  for (const TokenInfo& row : rows)
    if (between(row.kind, deadlock_free, partial_order)) names.push_back(row.spelling);
  return names;
}

}  // namespace tryst::csp
