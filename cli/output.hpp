// Where results go: standard output, or a file that is either written completely or left as it was.
#pragma once

#include <fstream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tryst::cli {

// A file or standard output cannot be written or read; what() names it and says why. Exit status 2.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Writes to standard output at once.
void print(std::string_view text);

// A result being written to the file `path`, or to standard output where it is empty or `-`. A regular file is replaced
// by rename in commit(), so that a reader sees the old or the new text, never half of one; anything else (a device, a
// pipe) is written to directly. Without commit(), a regular file stays as it was.
class Result {
 public:
  explicit Result(const std::string& path);
  ~Result();
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;

  std::ostream& stream();
  void commit();

 private:
  std::string path_;       // empty: standard output
  std::string temporary_;  // empty: `path_` is written to directly
  std::ofstream file_;
};

void write_result(const std::string& path, std::string_view text);

// Why a file cannot be read, in the system's words; empty where it can.
std::string why_unreadable(const std::string& path);

// A file, opened for reading.
std::ifstream open_input(const std::string& path);

// The text of a file, or of standard input (`-`), which may be longer than anybody writes, or without end: OutputError
// where it has more bytes than a script may have, or than asked for.
inline constexpr std::size_t input_bytes_max = std::size_t{1} << 26;
std::string read_input(const std::string& path, std::size_t bytes_max = input_bytes_max);

}  // namespace tryst::cli
