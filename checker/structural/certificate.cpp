#include "checker/structural/certificate.hpp"

#include <fmt/format.h>

#include <istream>
#include <sstream>

namespace tryst {

namespace {

constexpr std::string_view first_line = "tryst certificate 1";

template <class Number>
void write(std::string& out, std::string_view keyword, const std::vector<Number>& numbers) {
  out += keyword;
  for (const Number n : numbers) fmt::format_to(std::back_inserter(out), " {}", n);
  out += '\n';
}

void write(std::string& out, const Certificate::Argument& argument) {
  if (argument.order) write(out, "order", *argument.order);
  if (argument.rounds) {
    write(out, fmt::format("rounds {}", argument.rounds->round), argument.rounds->turns);
    write(out, "ranks", argument.rounds->ranks);
  }
  for (const auto& trap : argument.traps) write(out, "trap", trap);
  for (const auto& sum : argument.sums) {
    write(out, "weights", sum.weights);
    for (const auto& cut : sum.cuts) write(out, "cut", cut);
  }
  for (const auto& tuple : argument.tuples) {
    std::vector<std::uint32_t> numbers = tuple.components;
    numbers.insert(numbers.end(), tuple.places.begin(), tuple.places.end());
    write(out, fmt::format("tuple {}", tuple.components.size()), numbers);
  }
  for (const auto& ladder : argument.ladders)
    write(out, fmt::format("ladder {}", ladder.first_variable), ladder.places);
  for (const auto& lemma : argument.lemmas) write(out, "lemma", lemma);
}

// The numbers up to the end of the line; false: there is something else.
template <class Number>
bool read(std::istringstream& line, std::vector<Number>& numbers) {
  for (Number n; line >> n;) numbers.push_back(n);
  return line.eof();
}

// The number of components, these, and places.
bool read(std::istringstream& line, Certificate::Tuple& tuple) {
  std::size_t components = 0;
  if (!(line >> components) || !read(line, tuple.components) || tuple.components.size() < components) return false;
  const auto places = tuple.components.begin() + static_cast<std::ptrdiff_t>(components);
  tuple.places.assign(places, tuple.components.end());
  tuple.components.erase(places, tuple.components.end());
  return true;
}

std::string rest_of(std::istringstream& line) {
  std::string rest;
  std::getline(line >> std::ws, rest);
  return rest;
}

// Adds a line to the certificate; false: it is not one.
bool read_line(std::istringstream& line, const std::string& keyword, Certificate& certificate) {
  if (keyword == "assertion") return !(certificate.assertion = rest_of(line)).empty();
  if (keyword == "model") return !(certificate.model = rest_of(line)).empty();
  if (keyword == "size") return !!(line >> certificate.components >> certificate.places >> certificate.rules);
  if (keyword == "local") {
    const bool is_first = !certificate.local;
    certificate.local.emplace();
    return is_first;
  }
  Certificate::Argument& argument = certificate.local ? *certificate.local : certificate.deadlock;
  if (keyword == "order") return read(line, argument.order.emplace());
  if (keyword == "trap") return read(line, argument.traps.emplace_back());
  if (keyword == "rounds") return line >> argument.rounds.emplace().round && read(line, argument.rounds->turns);
  if (keyword == "ranks") return argument.rounds && read(line, argument.rounds->ranks);
  if (keyword == "weights") return read(line, argument.sums.emplace_back().weights);
  if (keyword == "cut") return !argument.sums.empty() && read(line, argument.sums.back().cuts.emplace_back());
  if (keyword == "tuple") return read(line, argument.tuples.emplace_back());
  if (keyword == "lemma") return read(line, argument.lemmas.emplace_back());
  if (keyword != "ladder") return false;
  Certificate::Ladder& ladder = argument.ladders.emplace_back();
  return line >> ladder.first_variable && read(line, ladder.places);
}

}  // namespace

std::string text_of(const Certificate& certificate) {
  std::string out = fmt::format("{}\nassertion {}\nmodel {}\nsize {} {} {}\n", first_line, certificate.assertion,
                                certificate.model, certificate.components, certificate.places, certificate.rules);
  write(out, certificate.deadlock);
  if (certificate.local) {
    out += "local\n";
    write(out, *certificate.local);
  }
  return out + "end\n";
}

std::optional<std::vector<Certificate>> read_certificates(std::istream& in, std::string& error) {
  std::vector<Certificate> certificates;
  bool is_open = false;
  std::string text;
  for (std::size_t number = 1; std::getline(in, text); ++number) {
    std::istringstream line(text);
    std::string keyword;
    line >> keyword;
    bool fits = is_open;
    if (!is_open && text == first_line) {
      certificates.emplace_back();
      is_open = fits = true;
    } else if (is_open && keyword == "end") {
      is_open = false;
    } else if (is_open) {
      fits = read_line(line, keyword, certificates.back());
    }
    if (fits) continue;
    error = fmt::format("line {} is not a line of a certificate", number);
    return std::nullopt;
  }
  if (!is_open && !certificates.empty()) return certificates;
  error = is_open ? "the last certificate has no end" : "there is no certificate in it";
  return std::nullopt;
}

}  // namespace tryst
