// Numbers, times and lists of events as people write them; shared by the reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tryst::cli {

std::string with_separators(std::uint64_t number);               // 1,204
std::string duration(double seconds);                            // 12 ms, 3.4 s, 2 min 5 s
std::string count(std::uint64_t number, std::string_view noun);  // 1 event, 1,204 events
std::string trace_text(const std::vector<std::string>& events);  // <a, b.1>
std::string set_text(const std::vector<std::string>& events);    // {a, b.1}
// The elements joined by `separator`, cut to `width` columns with the number of those left out: "a,b,+7".
std::string abridged(const std::vector<std::string>& elements, std::string_view separator, std::size_t width);
// `text` in lines of at most `width` columns, broken at blanks: the first behind `first`, the others behind `rest`.
std::string paragraph(std::string_view text, std::string_view first, std::string_view rest, std::size_t width);

}  // namespace tryst::cli
