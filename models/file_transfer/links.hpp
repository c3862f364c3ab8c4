// Two UDP links on the loopback that lose every fourth datagram or so, one in each direction.
//
// A link holds one datagram at a time, as the model's does. Each carries its number; what arrives is taken only if it is
// the one in flight, so that a datagram that was given up and comes after all is not mistaken for a later one.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>
#include <random>
#include <span>
#include <stdexcept>
#include <vector>

namespace file_transfer {

class Link {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds patience{2};  // what has not arrived by then is lost

  explicit Link(std::uint32_t seed) : random_(seed) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    receiver_ = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    sender_ = socket(AF_INET, SOCK_DGRAM, 0);
    if (receiver_ < 0 || sender_ < 0 || bind(receiver_, generic, size) != 0 ||
        getsockname(receiver_, generic, &size) != 0 || connect(sender_, generic, size) != 0)
      throw std::runtime_error("no UDP socket on the loopback");
  }
  ~Link() {
    close(receiver_);
    close(sender_);
  }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void send(std::span<const std::uint8_t> content) {
    std::vector<std::uint8_t> datagram(sizeof number_ + content.size());
    ++number_;
    std::memcpy(datagram.data(), &number_, sizeof number_);
    std::memcpy(datagram.data() + sizeof number_, content.data(), content.size());
    deadline_ = Clock::now() + patience;
    arrived_.reset();
    if (random_() % 4 == 0)
      ++lost_;
    else if (::send(sender_, datagram.data(), datagram.size(), 0) < 0)
      throw std::runtime_error("a datagram cannot be sent");
  }

  // What is in flight, if it has arrived.
  const std::optional<std::vector<std::uint8_t>>& arrived() {
    std::array<std::uint8_t, 65536> buffer;
    for (;;) {
      const ssize_t size = recv(receiver_, buffer.data(), buffer.size(), 0);
      if (size < static_cast<ssize_t>(sizeof number_)) return arrived_;
      if (std::memcmp(buffer.data(), &number_, sizeof number_) == 0)
        arrived_.emplace(buffer.begin() + sizeof number_, buffer.begin() + size);
    }
  }
  void take() { arrived_.reset(); }

  bool is_late() { return Clock::now() >= deadline_ && !arrived(); }
  Clock::time_point deadline() const { return deadline_; }
  int descriptor() const { return receiver_; }
  std::uint64_t lost() const { return lost_; }

 private:
  int receiver_ = -1;
  int sender_ = -1;
  std::uint64_t number_ = 0;  // of the datagram in flight
  Clock::time_point deadline_{};
  std::optional<std::vector<std::uint8_t>> arrived_;
  std::minstd_rand random_;
  std::uint64_t lost_ = 0;
};

}  // namespace file_transfer
