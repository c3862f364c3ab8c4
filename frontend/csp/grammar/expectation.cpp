// Sets of tokens in the words of somebody who writes CSPM.
#include <vector>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

struct Phrase {
  KindSet core;   // all of these must be wanted
  KindSet whole;  // then all of these go under the one phrase
  std::string_view words;
};

// In the order of trying; what one phrase has taken, the next does not see.
constexpr Phrase phrases[] = {
    {{channel, datatype},
     {channel,
      datatype,
      subtype,
      nametype,
      external,
      transparent,
      module,
      instance,
      assert_,
      timed,
      print,
      identifier,
      number,
      character,
      string,
      true_,
      false_,
      open_paren,
      open_brace,
      open_enumerated,
      empty_sequence,
      less,
      open_map,
      wildcard,
      if_,
      let,
      not_,
      minus,
      hash,
      backslash,
      external_choice,
      internal_choice,
      interleave,
      semicolon,
      double_bar,
      open_parallel,
      open_bracket,
      open_sync_external,
      newline},
     "a declaration"},
    {{caret, plus},
     {caret,
      plus,
      minus,
      star,
      slash,
      percent,
      equal,
      not_equal,
      less,
      less_equal,
      greater,
      greater_equal,
      and_,
      or_,
      dot,
      arrow,
      question,
      exclamation,
      dollar,
      ampersand,
      external_choice,
      internal_choice,
      interleave,
      interrupt,
      sliding_choice,
      semicolon,
      project,
      backslash,
      open_sync_interrupt,
      open_sync_external,
      open_parallel,
      open_bracket,
      open_paren,
      open_rename,
      double_at,
      scope},
     "an operator"},
    {{identifier, number, open_paren},
     {identifier,
      number,
      character,
      string,
      true_,
      false_,
      open_paren,
      open_brace,
      open_enumerated,
      empty_sequence,
      less,
      open_map,
      wildcard,
      if_,
      let,
      not_,
      minus,
      hash,
      backslash,
      external_choice,
      internal_choice,
      interleave,
      semicolon,
      double_bar,
      open_parallel,
      open_bracket,
      open_sync_external},
     "an expression"},
    {{identifier, open_brace, open_paren}, {identifier, open_brace, open_paren, less, open_map}, "a type"},
    {{refines_t, refines_f},
     {refines_t, refines_f, refines_fd, refines_v, refines_vd, refines_r, refines_rd},
     "a refinement such as `[T=`"},
    {{deadlock_free}, {deadlock_free, divergence_free, deterministic, has_trace}, "a property"},
    {{tau_priority}, {tau_priority, tau_priority_over, partial_order}, "an option"},
    {{model_t}, {model_t, model_f, model_fd, model_v, model_vd, model_r, model_rd}, "a model such as `[F]`"},
    {{newline}, {newline, end}, "the end of the declaration"},
};

std::string shown(TokenKind kind) {
  const std::string spelling(info(kind).spelling);
  switch (kind) {
    case end:
    case newline:
    case broken:
    case identifier:
    case number:
    case character:
    case string: return spelling;
    default: return "`" + spelling + "`";
  }
}

}  // namespace

std::string in_words(KindSet wanted) {
  std::vector<std::string> parts;
  for (const Phrase& phrase : phrases) {
    if (!wanted.contains(phrase.core)) continue;
    parts.emplace_back(phrase.words);
    wanted -= phrase.whole;
  }
  for (std::size_t kind = 0; kind < token_kinds; ++kind)
    if (wanted.contains(static_cast<TokenKind>(kind))) parts.push_back(shown(static_cast<TokenKind>(kind)));
  std::string words;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) words += i + 1 == parts.size() ? " or " : ", ";
    words += parts[i];
  }
  return words;
}

std::string in_words(const Token& token, const SourceSet& sources) {
  const std::string text(sources.text(token.span));
  switch (token.kind) {
    case end: return "end of the file";
    case newline: return "end of the line";
    case identifier: return "name `" + text + "`";
    case number: return "number `" + text + "`";
    case character: return "character " + text;
    case string: return "string";
    default: return shown(token.kind);
  }
}

}  // namespace tryst::csp::grammar
