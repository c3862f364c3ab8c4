#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace tryst::cli {

namespace {

constexpr std::size_t narrowest = 40;
constexpr std::size_t widest = 1000;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool asked_for(const char* name) { return !environment(name).empty() && environment(name) != "0"; }

bool colored(Color color, int descriptor, const Options& options) {
  if (color != Color::automatic) return color == Color::always;
  if (!environment("NO_COLOR").empty()) return false;
  if (asked_for("FORCE_COLOR") || asked_for("CLICOLOR_FORCE")) return true;
  const bool to_file = descriptor == STDOUT_FILENO && !options.output.empty();
  return !to_file && environment("TERM") != "dumb" && isatty(descriptor) != 0;
}

std::size_t columns() {
  const long asked = std::strtol(std::string(environment("COLUMNS")).c_str(), nullptr, 10);
  if (asked > 0) return static_cast<std::size_t>(asked);
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return Terminal{}.width;
}

}  // namespace

Terminal detect_terminal(const Options& options) {
  Terminal terminal;
  terminal.color_out = colored(options.color, STDOUT_FILENO, options);
  terminal.color_err = colored(options.color, STDERR_FILENO, options);
  terminal.interactive_err = isatty(STDERR_FILENO) != 0 && environment("TERM") != "dumb";
  terminal.width = std::clamp(columns(), narrowest, widest);
  return terminal;
}

}  // namespace tryst::cli
