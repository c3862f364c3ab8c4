// The command line of an emitted program: its options, its exit statuses, and what becomes of an error.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tryst::runtime {

inline constexpr int status_usage = 2;
inline constexpr int status_stuck = 10;
inline constexpr int status_limit = 20;
inline constexpr int status_wrong = 70;

struct WrongArguments : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  std::uint64_t steps = ~std::uint64_t{0};
  std::uint64_t seed = 1;
  bool monitor = false;
  bool print = false;
  bool explore = false;
  bool self_check = false;
  bool list = false;
  bool help = false;
  std::string trace;
  std::string replay;
  std::string output;                      // of --explore; empty: standard output
  std::optional<std::uint64_t> component;  // of --explore
};

// `components`: how many there are to choose from. Where there are none, --component and --list are unknown options.
// Throws WrongArguments.
Arguments parse(const std::vector<std::string>& words, std::size_t components);

// The status of perform(); or of what it throws, after a message on stderr. A std::length_error is a limit.
int guarded(std::string_view program, const std::function<int()>& perform, const std::function<void()>& print_help);

std::string read_file(const std::string& path);  // throws WrongArguments

// Calls write(stream), and throws std::runtime_error if that does not reach the file.
template <class Write>
void write_file(const std::string& path, const Write& write) {
  std::ofstream out(path, std::ios::binary);
  write(out);
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

// A trace as text: one label a line, and perhaps `deadlock`.
struct WrittenTrace {
  std::vector<std::string> labels;
  bool deadlock = false;
};
WrittenTrace read_labels(std::string_view text);

}  // namespace tryst::runtime
