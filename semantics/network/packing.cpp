#include "semantics/network/packing.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace tryst {

Packing::Packing(std::span<const std::uint32_t> sizes) {
  constexpr unsigned word_bits = 64;
  std::vector<unsigned> used(1, 0);  // bits, by word; counted from the lowest
  std::size_t first_open = 0;        // words before it are full
  for (const std::uint32_t size : sizes) {
    assert(size >= 1);
    const auto width = static_cast<unsigned>(std::bit_width(size - 1));
    while (first_open + 1 < used.size() && used[first_open] == word_bits) ++first_open;
    std::size_t word = width == 0 ? 0 : first_open;
    while (word < used.size() && used[word] + width > word_bits) ++word;
    if (word == used.size()) used.push_back(0);
    fields_.push_back({static_cast<std::uint32_t>(word), width == 0 ? 0 : used[word],
                       width == 0 ? 0 : ~std::uint64_t{0} >> (word_bits - width)});
    used[word] += width;
  }
  words_ = used.size();
}

void Packing::convert(const std::uint64_t* state, const Packing& to, std::uint64_t* out) const {
  std::fill(out, out + to.words(), 0);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const Field& field = to.fields_[i];
    out[field.word] |= field.placed(fields_[i].of(state));
  }
}

}  // namespace tryst
