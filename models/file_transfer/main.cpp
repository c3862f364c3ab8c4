// Carries a file with the program that `tryst emit models/csp/file_transfer.csp:TRANSFER` writes:
//
//   transfer carry FROM TO [the program's own options]
//
// The model decides what is sent, repeated and delivered; the hooks move the bytes. A piece of the file is the model's
// DATA by its parity, so a piece that is delivered in another's place is found out with probability one half by the
// model's own event, and for certain by comparing the files.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <numeric>
#include <span>
#include <string>

#include "hooks.hpp"
#include "links.hpp"
#include "model.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;
using file_transfer::Link;

constexpr std::size_t piece_size = 1024;

// From what is sent to what the model knows of it.
std::int64_t abstraction(std::span<const std::uint8_t> piece) {
  return std::accumulate(piece.begin(), piece.end(), std::int64_t{0}) % 2;
}

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class FileTransfer final : public transfer_model::Hooks {
 public:
  FileTransfer(std::uint64_t seed, const std::string& from, const std::string& to)
      : Hooks(seed),
        frames_(static_cast<std::uint32_t>(seed)),
        acks_(static_cast<std::uint32_t>(seed) + 1),
        source_(read_file(from)),
        target_(to, std::ios::binary) {}
  ~FileTransfer() override {
    target_.flush();
    std::cerr << "delivered " << delivered_ << " of " << source_.size() << " bytes; " << frames_.lost()
              << " frames and " << acks_.lost() << " acknowledgements were lost\n";
  }

  // The sender's user: the next piece of the file.
  bool accepts_in(std::int64_t x) override { return position_ < source_.size() && abstraction(next_piece()) == x; }
  void on_in(std::int64_t) override {
    sending_.assign(next_piece().begin(), next_piece().end());
    position_ += sending_.size();
    is_new_ = true;
  }

  // The link for frames. A frame is repeated when its acknowledgement has had the time to come.
  bool accepts_send(bool, std::int64_t) override { return is_new_ || Link::Clock::now() >= repeat_; }
  void on_send(bool bit, std::int64_t) override {
    Bytes frame = sending_;
    frame.insert(frame.begin(), bit);
    frames_.send(frame);
    is_new_ = false;
    repeat_ = Link::Clock::now() + 2 * Link::patience;
  }
  bool accepts_recv(bool bit, std::int64_t x) override {
    const auto& frame = frames_.arrived();
    return frame && frame->front() == static_cast<std::uint8_t>(bit) && abstraction(std::span(*frame).subspan(1)) == x;
  }
  void on_recv(bool, std::int64_t) override {
    received_.assign(frames_.arrived()->begin() + 1, frames_.arrived()->end());
    frames_.take();
  }
  bool accepts_lose() override { return frames_.is_late(); }

  // The receiver's user: the copy of the file.
  void on_out(std::int64_t x) override {
    if (abstraction(received_) != x) throw std::logic_error("another piece is delivered than the model says");
    target_.write(reinterpret_cast<const char*>(received_.data()), static_cast<std::streamsize>(received_.size()));
    delivered_ += received_.size();
  }

  // The link for acknowledgements.
  void on_ack(bool bit) override {
    const std::uint8_t content = bit;
    acks_.send({&content, 1});
  }
  bool accepts_acked(bool bit) override {
    return acks_.arrived() && acks_.arrived()->front() == static_cast<std::uint8_t>(bit);
  }
  void on_acked(bool bit) override {
    acks_.take();
    if (bit != expected_) return;  // of the piece before
    ++confirmed_;
    expected_ = !expected_;
  }
  bool accepts_lose_ack() override { return acks_.is_late(); }

  // Nothing can go on before something arrives or a time is up; at the end, never.
  bool wait() override {
    const std::size_t pieces = (source_.size() + piece_size - 1) / piece_size;
    if (confirmed_ == pieces) return false;
    const auto now = Link::Clock::now();
    auto until = std::max(repeat_, now + std::chrono::milliseconds(1));
    for (const Link* link : {&frames_, &acks_})
      if (link->deadline() > now) until = std::min(until, link->deadline());
    pollfd sockets[] = {{frames_.descriptor(), POLLIN, 0}, {acks_.descriptor(), POLLIN, 0}};
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    poll(sockets, 2, static_cast<int>(milliseconds));
    return true;
  }

 private:
  std::span<const std::uint8_t> next_piece() const {
    return std::span(source_).subspan(position_, std::min(piece_size, source_.size() - position_));
  }

  Link frames_;
  Link acks_;
  Bytes source_;
  std::ofstream target_;
  std::size_t position_ = 0;  // in source_, behind the piece that is being sent
  Bytes sending_;
  bool is_new_ = false;  // the piece has not been sent yet
  Link::Clock::time_point repeat_{};
  Bytes received_;
  std::size_t delivered_ = 0;  // bytes
  std::size_t confirmed_ = 0;  // pieces
  bool expected_ = false;      // the bit that confirms the piece being sent
};

}  // namespace

int main(int argc, char** argv) {
  const bool carry = argc >= 4 && std::string(argv[1]) == "carry";
  const std::string from = carry ? argv[2] : "/dev/null";
  const std::string to = carry ? argv[3] : "/dev/null";
  if (carry) {
    argv[3] = argv[0];
    argc -= 3;
    argv += 3;
  }
  return tryst::runtime::program_main(
      transfer_model::program,
      [&](std::uint64_t seed) { return transfer_model::attached(std::make_unique<FileTransfer>(seed, from, to)); },
      argc, argv);
}
