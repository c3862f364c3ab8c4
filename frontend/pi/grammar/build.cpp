#include "frontend/pi/grammar/build.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tryst::pi::grammar {

namespace {

ProcId add(ParseState& state, ProcKind kind, Span span, const Names& names, const Procs& operands) {
  Script& script = state.script();
  return state.add({kind, span, script.names.add(names), script.lists.add(operands)});
}

Names with_first(NameUse first, std::optional<Names> rest) {
  Names names{first};
  if (rest) names.insert(names.end(), rest->begin(), rest->end());
  return names;
}

Item add_command(ParseState& state, Command command) { return {true, index(state.script().commands.add(command))}; }

}  // namespace

NameUse make_name(ParseState&, Span span, Token token) { return {token.symbol, span, {}}; }

Summand make_summand(ParseState& state, Span span, std::optional<Token> sign, Token token) {
  Summand summand{token.symbol, 0, sign && sign->kind == TokenKind::minus, span};
  if (token.kind == TokenKind::name) return summand;
  state.script().mentions_data = true;
  const std::string_view digits = state.text(token.span);
  std::from_chars(digits.data(), digits.data() + digits.size(), summand.number);
  if (digits.size() > 10 || summand.number > number_max) {
    state.complain("P0718", "this number is too large", token.span,
                   "numbers are at most " + std::to_string(number_max));
    summand.number = 0;
  }
  return summand;
}

// A single name is a name.
NameUse make_value(ParseState& state, Span span, Summand first, std::vector<Summand> more) {
  Script& script = state.script();
  if (more.empty() && first.symbol != no_id<Symbol> && !first.negative) {
    if (is_truth_value(script.symbols.text(first.symbol))) script.mentions_data = true;
    return {first.symbol, span, {}};
  }
  script.mentions_data = true;
  more.insert(more.begin(), first);
  return {no_id<Symbol>, span, script.summands.add(more)};
}

Names make_names(ParseState&, Span, std::optional<Names> names) { return names.value_or(Names{}); }

Prefix make_tau(ParseState&, Span span) { return {ProcKind::tau, span, {}}; }

Prefix make_input(ParseState&, Span span, NameUse subject, std::optional<Names> parameters) {
  return {ProcKind::input, span, with_first(subject, std::move(parameters))};
}

Prefix make_output(ParseState&, Span span, NameUse subject, std::optional<Names> objects) {
  return {ProcKind::output, span, with_first(subject, std::move(objects))};
}

Prefix make_condition(ParseState&, Span span, NameUse left, ProcKind kind, NameUse right) {
  return {kind, span, {left, right}};
}

ProcKind make_equality(ParseState&, Span, Token sign) {
  return sign.kind == TokenKind::equal ? ProcKind::match : ProcKind::mismatch;
}

ProcKind make_order(ParseState& state, Span, Token sign, std::optional<Token> equal) {
  state.script().mentions_data = true;
  if (sign.kind == TokenKind::less) return equal ? ProcKind::at_most : ProcKind::less;
  return equal ? ProcKind::at_least : ProcKind::greater;
}

Prefix make_restriction(ParseState&, Span span, Names names) { return {ProcKind::restriction, span, std::move(names)}; }

Prefix make_replication(ParseState&, Span span) { return {ProcKind::replication, span, {}}; }

ProcId make_nil(ParseState& state, Span span) { return add(state, ProcKind::nil, span, {}, {}); }

ProcId make_call(ParseState& state, Span span, NameUse agent, std::optional<Names> arguments) {
  return add(state, ProcKind::call, span, with_first(agent, std::move(arguments)), {});
}

ProcId make_paren(ParseState& state, Span span, ProcId inside) {
  return add(state, ProcKind::paren, span, {}, {inside});
}

ProcId make_prefixed(ParseState& state, Span span, std::vector<Prefix> prefixes, ProcId body) {
  for (auto prefix = prefixes.rbegin(); prefix != prefixes.rend(); ++prefix)
    body = add(state, prefix->kind, {prefix->span.begin, span.end}, prefix->names, {body});
  return body;
}

ProcId make_product(ParseState& state, Span span, Procs parts) {
  return parts.size() == 1 ? parts.front() : add(state, ProcKind::parallel, span, {}, parts);
}

ProcId make_sum(ParseState& state, Span span, Procs parts) {
  if (parts.size() == 1) return parts.front();
  for (const ProcId part : parts) {
    const Proc& product = state.script().procs[part];
    if (product.kind != ProcKind::parallel) continue;
    state.warn({"P0716",
                Severity::warning,
                "`|` and `+` meet without parentheses",
                product.span,
                "`|` binds tighter: this is one summand",
                {},
                "write the parentheses that are meant"});
    break;
  }
  return add(state, ProcKind::sum, span, {}, parts);
}

Abstracted make_abstracted(ParseState&, Span, std::vector<Names> parameters, ProcId body) {
  Abstracted made{{}, body};
  for (const Names& each : parameters) made.parameters.insert(made.parameters.end(), each.begin(), each.end());
  return made;
}

Abstracted make_body(ParseState&, Span, ProcId body) { return {{}, body}; }

Item make_definition(ParseState& state, Span span, NameUse agent, std::optional<Names> parameters, Abstracted body) {
  Script& script = state.script();
  Names all = parameters.value_or(Names{});
  all.insert(all.end(), body.parameters.begin(), body.parameters.end());
  const Range<NameUse> list = script.names.add(all);
  return {false, index(script.definitions.add({span, agent, list, body.body}))};
}

namespace {

Command comparison(Span span, Token word, ProcId left, ProcId right) {
  const bool weak = word.kind == TokenKind::weq || word.kind == TokenKind::weqd;
  return {.span = span, .weak = weak, .style = Style::open, .left = left, .right = right};
}

}  // namespace

Item make_comparison(ParseState& state, Span span, Token word, ProcId left, ProcId right) {
  return add_command(state, comparison(span, word, left, right));
}

Item make_distinct_comparison(ParseState& state, Span span, Token word, Names distinct, ProcId left, ProcId right) {
  Command command = comparison(span, word, left, right);
  command.has_distinction = true;
  command.distinct = state.script().names.add(distinct);
  return add_command(state, command);
}

Item make_query(ParseState& state, Span span, Token word, ProcId process) {
  Command command{.kind = CommandKind::deadlock_free, .span = span, .left = process};
  if (word.kind == TokenKind::size) command.kind = CommandKind::size;
  if (word.kind == TokenKind::sort) command.kind = CommandKind::sort;
  if (word.kind == TokenKind::step) command.kind = CommandKind::step;
  return add_command(state, command);
}

namespace {

constexpr std::array<std::string_view, 7> relation_words{"strong", "weak", "ground",  "early",
                                                         "late",   "open", "distinct"};

// The words behind an equivalence: `strong` or `weak`, a style, and the names behind `distinct`.
void read_relation(ParseState& state, Command& command, const Names& words) {
  Names distinct;
  for (const NameUse& use : words) {
    if (command.has_distinction) {
      distinct.push_back(use);
      continue;
    }
    const std::string_view word = state.script().text(use);
    const auto at = std::find(relation_words.begin(), relation_words.end(), word) - relation_words.begin();
    switch (at) {
      case 0:
      case 1: command.weak = at == 1; break;
      case 2: command.style = Style::ground; break;
      case 3: command.style = Style::early; break;
      case 4: command.style = Style::late; break;
      case 5: command.style = Style::open; break;
      case 6: command.has_distinction = true; break;
      default: {
        const std::string_view near = did_you_mean(word, {relation_words.begin(), relation_words.end()});
        state.complain("P0706", "`" + std::string(word) + "` is no word for an equivalence", use.span,
                       "expected `strong`, `weak`, `ground`, `early`, `late`, `open` or `distinct`",
                       near.empty() ? "" : "did you mean `" + std::string(near) + "`?");
        return;
      }
    }
  }
  command.distinct = state.script().names.add(distinct);
}

}  // namespace

Item make_assertion(ParseState& state, Span span, std::optional<Token> negation, ProcId left,
                    std::optional<ProcId> right, Names words) {
  Command command{.span = span, .is_assertion = true, .negated = negation.has_value(), .left = left};
  if (right) {
    command.right = *right;
    read_relation(state, command, words);
    return add_command(state, command);
  }
  command.kind = CommandKind::deadlock_free;
  const Script& script = state.script();
  const bool understood = words.size() == 2 && script.text(words[0]) == "deadlock" && script.text(words[1]) == "free";
  if (!understood) {
    const Span where = words.empty() ? Span{span.end, span.end} : cover(words.front().span, words.back().span);
    state.complain("P0706", "this assertion says nothing about the process", where,
                   "expected `deadlock free`, or `~` and another process");
  }
  return add_command(state, command);
}

}  // namespace tryst::pi::grammar
