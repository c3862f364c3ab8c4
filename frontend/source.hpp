// The texts that one run of the tool reads, and positions in them.
//
// All files of a run share one 32-bit coordinate space: a file occupies [base, base + size], so a `Span` is eight bytes
// and knows its file. Offset `base + size` is the file's end-of-file position.
//   files_   in the order of opening; bases strictly ascending
// Lines are split at LF; a CR before it belongs to the line but never to an excerpt. Columns count bytes from 1.
// locate() costs O(log files + log lines); the line table of a file is built when it is opened.
// Threads: read-only use of a const SourceSet from several threads is safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tryst {

enum class FileId : std::uint32_t {};

// A half-open range of offsets, both in the same file. The default span points nowhere (built-in entities).
struct Span {
  static constexpr std::uint32_t nowhere = 0xffffffff;
  std::uint32_t begin = nowhere;
  std::uint32_t end = nowhere;

  bool known() const { return begin != nowhere; }
  friend bool operator==(const Span&, const Span&) = default;
};

// The smallest span that covers both; an unknown one is ignored.
Span cover(Span a, Span b);

struct Location {
  FileId file;
  std::uint32_t line;    // from 1
  std::uint32_t column;  // from 1, in bytes
};

class SourceSet {
 public:
  // Total text of one run, all files together.
  static constexpr std::uint64_t size_max = 0xfffffff0;

  // Adds a text under the name that diagnostics will print. `true` unless the coordinate space is exhausted.
  bool add(std::string name, std::string text, FileId& id);
  // The same for a part of a file that is too long to keep: `text` begins at the start of line `first_line`, from 1.
  bool add_excerpt(std::string name, std::uint32_t first_line, std::string text, FileId& id);

  std::string_view name(FileId) const;
  std::string_view text(FileId) const;
  std::uint32_t base(FileId) const;
  std::size_t size() const { return files_.size(); }

  FileId file_of(std::uint32_t offset) const;
  Location locate(std::uint32_t offset) const;
  std::string_view text(Span) const;
  // The text of a line, from 1, without its line end.
  std::string_view line(FileId, std::uint32_t line) const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::uint32_t base;
    std::vector<std::uint32_t> line_starts;  // offsets into text, ascending, first 0
    std::uint32_t first_line;                // the number of the line that the text begins with
  };
  const File& file(FileId id) const { return files_[static_cast<std::uint32_t>(id)]; }

  std::vector<File> files_;
};

}  // namespace tryst
