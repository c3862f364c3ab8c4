// The CBOR codec against the examples of RFC 8949, its own round trip, and input that means no good.
#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "runtime/cbor.hpp"

using namespace tryst::runtime::cbor;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes integer(std::int64_t n) {
  Writer writer;
  writer.integer(n);
  return writer.bytes();
}

}  // namespace

TEST_CASE("the examples of RFC 8949, appendix A") {
  CHECK(integer(0) == Bytes{0x00});
  CHECK(integer(23) == Bytes{0x17});
  CHECK(integer(24) == Bytes{0x18, 0x18});
  CHECK(integer(1000) == Bytes{0x19, 0x03, 0xe8});
  CHECK(integer(1'000'000) == Bytes{0x1a, 0x00, 0x0f, 0x42, 0x40});
  CHECK(integer(-1) == Bytes{0x20});
  CHECK(integer(-1000) == Bytes{0x39, 0x03, 0xe7});
  Writer writer;
  writer.boolean(false);
  writer.boolean(true);
  writer.text("IETF");
  writer.array(3);
  CHECK(writer.bytes() == Bytes{0xf4, 0xf5, 0x64, 'I', 'E', 'T', 'F', 0x83});
}

TEST_CASE("what is written is read back, at every edge of the heads") {
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{23}, std::int64_t{24}, std::int64_t{255},
                               std::int64_t{256}, std::int64_t{65535}, std::int64_t{65536}, std::int64_t{4294967295},
                               std::int64_t{4294967296}, std::numeric_limits<std::int64_t>::max()})
    for (const std::int64_t value : {n, -n, -n - 1}) {
      const Bytes bytes = integer(value);
      Reader reader(bytes);
      CHECK(reader.integer() == value);
      CHECK(reader.at_end());
    }
}

TEST_CASE("a longer head than needed, a cut item and a length beyond the input are refused") {
  for (const Bytes& bytes : {Bytes{0x18, 0x17}, Bytes{0x19, 0x00, 0xff}, Bytes{0x18}, Bytes{0x1c}, Bytes{}}) {
    Reader reader(bytes);
    CHECK_FALSE(reader.unsigned_integer());
  }
  const Bytes text{0x64, 'I', 'E'};
  CHECK_FALSE(Reader(text).text());
  const Bytes array{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  CHECK_FALSE(Reader(array).array());
}

TEST_CASE("random bytes never lead outside the input") {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(random() % 12);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    Reader reader(bytes);
    for (int i = 0; i < 4; ++i) {
      switch (random() % 5) {
        case 0: reader.integer(); break;
        case 1: reader.text(); break;
        case 2: reader.array(); break;
        case 3: reader.boolean(); break;
        default: reader.tag();
      }
    }
  }
}
