#include "cli/subprocess.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "cli/output.hpp"

extern char** environ;

namespace tryst::cli {

namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw OutputError("no pipe can be made");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
  std::array<int, 2> ends{-1, -1};  // to read from, to write to
};

// Both streams at once, so that neither can fill up while the other is waited for.
void read_both(std::array<Pipe*, 2> pipes, std::array<std::string*, 2> texts) {
  std::array<pollfd, 2> open{{{pipes[0]->ends[0], POLLIN, 0}, {pipes[1]->ends[0], POLLIN, 0}}};
  std::array<char, 65536> buffer;
  while (open[0].fd >= 0 || open[1].fd >= 0) {
    if (poll(open.data(), open.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < 2; ++i) {
      if (open[i].fd < 0 || open[i].revents == 0) continue;
      const ssize_t bytes = read(open[i].fd, buffer.data(), buffer.size());
      if (bytes > 0) texts[i]->append(buffer.data(), static_cast<std::size_t>(bytes));
      if (bytes == 0 || (bytes < 0 && errno != EINTR)) open[i].fd = -1;
      open[i].revents = 0;
    }
  }
}

}  // namespace

Finished run_program(const std::vector<std::string>& words) {
  Pipe out;
  Pipe err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw OutputError(fmt::format("cannot run `{}`: {}", words[0], std::strerror(failed)));
  out.close_end(1);
  err.close_end(1);
  Finished result{0, {}, {}};
  read_both({&out, &err}, {&result.output, &result.errors});
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace tryst::cli
