// What a parser over tokens expected, in words: a set of kinds of tokens as a list that a reader understands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tryst::grammar {

template <class KindSet>
struct Phrase {
  KindSet core;   // all of these must be wanted
  KindSet whole;  // then all of these go under the one phrase
  std::string_view words;
};

// "a process, `)` or an operator". Phrases are tried in their order, and what one has taken, the next does not see; the
// kinds that are left, of all `kinds` there are, are called what shown() says.
template <class KindSet, class Kind>
std::string in_words(KindSet wanted, std::span<const Phrase<KindSet>> phrases, std::size_t kinds,
                     std::string (*shown)(Kind)) {
  std::vector<std::string> parts;
  for (const Phrase<KindSet>& phrase : phrases) {
    if (!wanted.contains(phrase.core)) continue;
    parts.emplace_back(phrase.words);
    wanted -= phrase.whole;
  }
  for (std::size_t kind = 0; kind < kinds; ++kind)
    if (wanted.contains(static_cast<Kind>(kind))) parts.push_back(shown(static_cast<Kind>(kind)));
  std::string words;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) words += i + 1 == parts.size() ? " or " : ", ";
    words += parts[i];
  }
  return words;
}

}  // namespace tryst::grammar
