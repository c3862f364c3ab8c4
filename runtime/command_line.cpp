#include "runtime/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>

namespace tryst::runtime {

namespace {

std::uint64_t number(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw WrongArguments(option + " needs a number, not '" + text + "'");
  return value;
}

}  // namespace

Arguments parse(const std::vector<std::string>& words, std::size_t components) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& option = words[i];
    const auto value = [&]() -> const std::string& {
      if (++i == words.size()) throw WrongArguments(option + " needs a value");
      return words[i];
    };
    if (option == "--steps")
      arguments.steps = number(option, value());
    else if (option == "--seed")
      arguments.seed = number(option, value());
    else if (option == "--monitor")
      arguments.monitor = true;
    else if (option == "--print")
      arguments.print = true;
    else if (option == "--trace")
      arguments.trace = value();
    else if (option == "--replay")
      arguments.replay = value();
    else if (option == "--component" && components > 0)
      arguments.component = number(option, value());
    else if (option == "--self-check")
      arguments.self_check = true;
    else if (option == "--list" && components > 0)
      arguments.list = true;
    else if (option == "--help")
      arguments.help = true;
    else if (option == "--explore") {
      arguments.explore = true;
      if (i + 1 < words.size() && !words[i + 1].starts_with("--")) arguments.output = words[++i];
    } else {
      throw WrongArguments("unknown option '" + option + "'");
    }
  }
  if (arguments.component && *arguments.component >= components)
    throw WrongArguments("there is no component " + std::to_string(*arguments.component));
  return arguments;
}

int guarded(std::string_view program, const std::function<int()>& perform, const std::function<void()>& print_help) {
  try {
    return perform();
  } catch (const WrongArguments& error) {
    std::cerr << program << ": " << error.what() << '\n';
    print_help();
    return status_usage;
  } catch (const std::length_error& error) {
    std::cerr << program << ": " << error.what() << '\n';
    return status_limit;
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << '\n';
    return status_wrong;
  }
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw WrongArguments("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

WrittenTrace read_labels(std::string_view text) {
  WrittenTrace trace;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line == "deadlock")
      trace.deadlock = true;
    else if (!line.empty())
      trace.labels.emplace_back(line);
  }
  return trace;
}

}  // namespace tryst::runtime
