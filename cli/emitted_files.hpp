// The folder of an emitted project: nothing is in it until the project is complete.
#pragma once

#include <filesystem>
#include <vector>

#include "runtime/emitter/project.hpp"

namespace tryst::cli {

// Nobody's files but ours are ever replaced: throws UsageError where the folder holds others.
void require_free(const std::filesystem::path& folder);

// A folder beside the result, on the same file system, that does not outlive the command. Throws OutputError.
class Staging {
 public:
  explicit Staging(const std::filesystem::path& result);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void write_files(const std::vector<emitter::File>&, const std::filesystem::path& folder);
// Leaves alone what belongs to the user.
void move_files(const std::vector<emitter::File>&, const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tryst::cli
