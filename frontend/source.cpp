#include "frontend/source.hpp"

#include <algorithm>
#include <cassert>

namespace tryst {

Span cover(Span a, Span b) {
  if (!a.known()) return b;
  if (!b.known()) return a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

bool SourceSet::add(std::string name, std::string text, FileId& id) {
  return add_excerpt(std::move(name), 1, std::move(text), id);
}

bool SourceSet::add_excerpt(std::string name, std::uint32_t first_line, std::string text, FileId& id) {
  const std::uint64_t base = files_.empty() ? 0 : files_.back().base + files_.back().text.size() + 1;
  if (base + text.size() >= size_max) return false;
  std::vector<std::uint32_t> line_starts{0};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  id = static_cast<FileId>(files_.size());
  files_.push_back(
      {std::move(name), std::move(text), static_cast<std::uint32_t>(base), std::move(line_starts), first_line});
  return true;
}

std::string_view SourceSet::name(FileId id) const { return file(id).name; }
std::string_view SourceSet::text(FileId id) const { return file(id).text; }
std::uint32_t SourceSet::base(FileId id) const { return file(id).base; }

FileId SourceSet::file_of(std::uint32_t offset) const {
  assert(!files_.empty());
  const auto after = std::upper_bound(files_.begin(), files_.end(), offset,
                                      [](std::uint32_t wanted, const File& f) { return wanted < f.base; });
  assert(after != files_.begin());
  return static_cast<FileId>(after - files_.begin() - 1);
}

Location SourceSet::locate(std::uint32_t offset) const {
  const FileId id = file_of(offset);
  const std::uint32_t within = offset - file(id).base;
  const auto& starts = file(id).line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), within);
  return {id, static_cast<std::uint32_t>(after - starts.begin()) - 1 + file(id).first_line, within - after[-1] + 1};
}

std::string_view SourceSet::text(Span span) const {
  if (!span.known()) return {};
  const File& f = file(file_of(span.begin));
  return std::string_view(f.text).substr(span.begin - f.base, span.end - span.begin);
}

std::string_view SourceSet::line(FileId id, std::uint32_t line) const {
  const File& f = file(id);
  assert(line >= f.first_line && line - f.first_line < f.line_starts.size());
  const std::size_t begin = f.line_starts[line - f.first_line];
  std::size_t end = f.text.find('\n', begin);
  if (end == std::string::npos) end = f.text.size();
  if (end > begin && f.text[end - 1] == '\r') --end;
  return std::string_view(f.text).substr(begin, end - begin);
}

}  // namespace tryst
