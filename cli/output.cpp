#include "cli/output.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view what, const std::string& path) {
  throw OutputError(fmt::format("cannot {} {}: {}", what,
                                path.empty() ? "standard output" : "`" + printable(path) + "`",
                                std::strerror(errno != 0 ? errno : EIO)));
}

// The permissions of the file to be replaced, or those that a new file gets.
mode_t mode_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

void print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", "");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

Result::Result(const std::string& path) {
  if (path.empty() || path == "-") return;
  std::error_code ignored;
  // A link stays a link: what it points to is replaced.
  path_ = fs::is_symlink(path, ignored) ? fs::weakly_canonical(path, ignored).string() : path;
  const fs::file_status status = fs::status(path_, ignored);
  if (!fs::exists(status) || fs::is_regular_file(status)) {
    temporary_ = path_ + ".XXXXXX";
    const int descriptor = ::mkstemp(temporary_.data());
    if (descriptor < 0) {
      temporary_.clear();
      fail("write", path_);
    }
    ::close(descriptor);
  }
  file_.open(temporary_.empty() ? path_ : temporary_, std::ios::binary);
  if (!file_) fail("write", path_);
}

Result::~Result() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::ostream& Result::stream() { return path_.empty() ? std::cout : file_; }

void Result::commit() {
  if (stream()) errno = 0;  // otherwise it says why what was written before has failed
  if (!stream().flush()) fail("write", path_);
  if (path_.empty()) return;
  file_.close();
  if (!file_) fail("write", path_);
  if (temporary_.empty()) return;
  if (::chmod(temporary_.c_str(), mode_of(path_)) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0)
    fail("write", path_);
  temporary_.clear();
}

void write_result(const std::string& path, std::string_view text) {
  Result result(path);
  result.stream() << text;
  result.commit();
}

std::string why_unreadable(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return std::strerror(EISDIR);
  return ::access(path.c_str(), R_OK) == 0 ? "" : std::strerror(errno);
}

std::ifstream open_input(const std::string& path) {
  std::error_code ignored;
  errno = EISDIR;
  if (fs::is_directory(path, ignored)) fail("read", path);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("read", path);
  return file;
}

std::string read_input(const std::string& path, std::size_t bytes_max) {
  std::ifstream file;
  if (path != "-") file = open_input(path);
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > bytes_max)
      throw OutputError(fmt::format("cannot read {}: it is larger than {} MiB",
                                    path == "-" ? "standard input" : "`" + printable(path) + "`", bytes_max >> 20));
  }
  if (in.bad()) fail("read", path);
  return text;
}

}  // namespace tryst::cli
