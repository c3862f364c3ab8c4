// Sets of tokens in the words of somebody who writes CSPM.
#include <array>

#include "frontend/csp/grammar/parse_state.hpp"
#include "frontend/grammar/expectation.hpp"

namespace tryst::csp::grammar {

namespace {

using enum TokenKind;

constexpr KindSet expression_start{identifier,
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
                                   open_sync_external};

constexpr KindSet declaration_start = [] {
  KindSet kinds{channel, datatype, subtype, nametype, external, transparent,
                module,  instance, assert_, timed,    print,    newline};
  return kinds |= expression_start;
}();

// In the order of trying.
constexpr tryst::grammar::Phrase<KindSet> phrases[] = {
    {{channel, datatype}, declaration_start, "a declaration"},
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
    {{identifier, number, open_paren}, expression_start, "an expression"},
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

std::string in_words(KindSet wanted, bool in_sequence) {
  auto own = std::to_array(phrases);
  if (in_sequence)
    for (auto& phrase : own) phrase.whole -= {greater};
  return tryst::grammar::in_words<KindSet>(wanted, own, token_kinds, shown);
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
