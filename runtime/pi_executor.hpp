// Processes that are made and end while the program runs, and what is possible among them: the core of a π-program.
//
// Every process has its offers in the lists of the channels they are on, one list for those that send and one for those
// that receive. A channel with both is ready; a silent offer always is; and what is offered on a name that the
// environment knows waits for the environment. A step takes the offers of who moves out of the lists, calls their code,
// and puts in those of what comes after: nothing is looked for, and what a step costs does not depend on how many
// processes there are.
//   processes_   slots of one size, for the largest type; those that have ended are used again
//   entries_     offers in rings, one for each channel and direction; silent ones are listed in silent_
//   channels_    by name; those that nobody knows any more are used again, see collect()
//   ready_, open_   channels with both kinds of offers, and those the environment knows that have any
// A channel of ready_ may prove to have no two that fit (one process offers both; lengths differ): it leaves the list
// until its offers change. Cost: 8 bytes a process and what its type needs, 32 an offer, 40 a name.
// Threads: none; one executor belongs to one thread.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "runtime/pi_process.hpp"
#include "runtime/random.hpp"

namespace tryst::runtime::pi {

// An array that grows without moving what is in it.
template <class T, std::size_t chunk_size = 1024>
class Chunks {
 public:
  T& operator[](std::size_t i) { return chunks_[i / chunk_size][i % chunk_size]; }
  const T& operator[](std::size_t i) const { return chunks_[i / chunk_size][i % chunk_size]; }
  std::uint32_t add() {
    if (size_ % chunk_size == 0) chunks_.push_back(std::make_unique<T[]>(chunk_size));
    return static_cast<std::uint32_t>(size_++);
  }
  std::size_t size() const { return size_; }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

inline constexpr std::uint32_t nobody = 0xffffffff;

// A step that is possible. Silent: `sender` moves alone. Between two: both. With the environment: the one of the two
// that is a process.
struct Step {
  Name channel = no_name;  // no_name: silent
  std::uint32_t sender = nobody, sender_branch = 0;
  std::uint32_t receiver = nobody, receiver_branch = 0;
  friend bool operator==(const Step&, const Step&) = default;

  bool is_visible() const { return channel != no_name && (sender == nobody || receiver == nobody); }
};

class Executor final : private NameSource {
 public:
  // The program must outlive the executor.
  explicit Executor(const Program&);
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  const Program& program() const { return program_; }
  std::size_t process_count() const { return processes_.size() - free_processes_; }
  std::uint64_t created() const { return created_; }      // processes, since the beginning
  std::uint64_t abandoned() const { return abandoned_; }  // those that could never act again, and were taken away

  // --- what is possible: a place for each silent offer, each ready channel, each channel the environment knows
  std::size_t place_count() const { return silent_.size() + ready_.size() + open_.size(); }
  bool is_open(std::size_t place) const { return place >= silent_.size() + ready_.size(); }
  // A step at a place that is not open, who takes part chosen at random; none: nobody there fits, and the place is gone.
  std::optional<Step> choose(std::size_t place, Random&);
  // What a process offers the environment at an open place, chosen at random.
  Step choose_open(std::size_t place, Random&) const;
  // All steps that are possible, for checks. O(offers of each channel, squared).
  std::vector<Step> steps() const;

  // The kinds of what a visible step would carry; valid until the next step.
  std::span<const Kind> kinds(const Step&);
  // What a visible step of a sender would say. Names that it would make only then are not told: no_name.
  std::span<const Word> would_send(const Step&);
  // Performs a step, whose two sides agree in what is sent: choose() has seen to that, and throws KindsDiffer. `received`: what the environment sends. The answer is what was sent or received, valid until the
  // next call. Names that the environment learns it knows from now on.
  std::span<const Word> fire(const Step&, std::span<const Word> received = {});

  // --- names
  // A new name, from the environment.
  Name make_known(const char* label);
  // The environment will not use this name any more: otherwise it is kept for ever.
  void forget(Name);
  bool is_known(Name n) const { return channels_[index(n)].known; }
  bool is_name(Name n) const { return index(n) != 0 && index(n) < channels_.size() && channels_[index(n)].in_use; }
  // "open", or "session~3" where it was made by the program.
  std::string text(Name) const;

  // --- looking at processes: those p < slot_count() with is_process(p)
  std::uint32_t slot_count() const { return static_cast<std::uint32_t>(processes_.size()); }
  bool is_process(std::uint32_t p) const { return header(p).type != nobody; }
  const ProcessType& type(std::uint32_t p) const { return program_.types[header(p).type]; }
  std::uint32_t type_number(std::uint32_t p) const { return header(p).type; }
  const std::byte* state(std::uint32_t p) const { return slot(p) + sizeof(Header); }
  std::string where(std::uint32_t p) const;
  std::vector<Offer> offers(std::uint32_t p) const;

  // Takes away the names that nobody can use any more, and the processes that wait for them alone: reachability from
  // what can act, as collectors find goroutines that wait for ever (Vyukov's deadlock detection by garbage collection).
  // Called by itself when as many names have been made as there were. O(processes and names).
  void collect();

  void check() const;  // asserts the shape of lists, and that they hold what the processes offer

 private:
  struct Header {
    std::uint32_t type;         // nobody: the slot is free, and `first_entry` the next free one
    std::uint32_t first_entry;  // nobody: none
  };
  struct Entry {
    std::uint32_t process;
    std::uint32_t next;  // in its ring; silent: its place in silent_; free: the next free one
    std::uint32_t previous;
    std::uint32_t next_of_process;
    Name channel;
    std::uint32_t branch;
    std::uint32_t kinds;  // of what is sent or received, if the program has data: a digit each
    std::uint16_t arity;
    Action action;
  };
  struct Channel {
    std::uint32_t first[2] = {nobody, nobody};  // ring of those that receive, and that send
    std::uint32_t ready_place = nobody;
    std::uint32_t open_place = nobody;
    const char* label = nullptr;
    std::uint32_t serial = 0;  // 0: free from the beginning
    bool known = false;
    bool in_use = false;
    bool marked = false;  // by collect()
  };
  static constexpr std::size_t slots_per_chunk = 1024;

  std::byte* slot(std::uint32_t p) {
    return reinterpret_cast<std::byte*>(slots_[p / slots_per_chunk].get()) + p % slots_per_chunk * slot_bytes_;
  }
  const std::byte* slot(std::uint32_t p) const {
    return reinterpret_cast<const std::byte*>(slots_[p / slots_per_chunk].get()) + p % slots_per_chunk * slot_bytes_;
  }
  Header& header(std::uint32_t p) { return *reinterpret_cast<Header*>(slot(p)); }
  const Header& header(std::uint32_t p) const { return *reinterpret_cast<const Header*>(slot(p)); }
  struct Slots {
    std::size_t count = 0;
    std::size_t size() const { return count; }
  };

  Name fresh(const char* label) final;
  std::uint32_t new_slot();
  void end(std::uint32_t p);
  void put(std::uint32_t p, std::size_t started);
  void enter(std::uint32_t p);
  void leave(std::uint32_t p);
  void link(std::uint32_t entry);
  void unlink(std::uint32_t entry);
  void offers_changed(Name, Channel&);
  void list(std::vector<Name>& names, std::uint32_t Channel::*place, Name, Channel&);
  void unlist(std::vector<Name>& names, std::uint32_t Channel::*place, Channel&);
  std::uint32_t skip(std::uint32_t entry, Random&) const;
  bool fit(const Entry& receiver, const Entry& sender) const;
  bool lasts(std::uint32_t p) const {
    const Shape& shape = shapes_[header(p).type];
    std::uint32_t point;
    std::memcpy(&point, state(p) + shape.point_place, sizeof point);
    return shape.points[point].lasts;
  }
  std::optional<Step> pair_on(Name, Random&) const;
  std::uint32_t kinds_of(const Offer&) const;
  void replace(std::uint32_t p, bool stays, std::size_t first, std::size_t last);
  void learn(std::span<const Word> message, std::span<const Kind>);

  // What steps need to know of a type, at hand.
  struct Shape {
    std::uint32_t words;
    std::uint32_t point_place;
    const Point* points;
  };

  const Program& program_;
  std::vector<Shape> shapes_;  // by type
  std::size_t slot_bytes_;     // a multiple of 8
  std::vector<std::unique_ptr<std::uint64_t[]>> slots_;
  Slots processes_;
  std::uint32_t free_process_ = nobody;
  std::size_t free_processes_ = 0;
  Chunks<Entry> entries_;
  std::uint32_t free_entry_ = nobody;
  Chunks<Channel> channels_;
  std::vector<Name> free_channels_;
  std::vector<std::uint32_t> silent_;
  std::vector<Name> ready_;
  std::vector<Name> open_;
  std::uint32_t serial_ = 0;
  std::size_t made_ = 0;  // names since collect()
  std::uint64_t created_ = 0;
  std::uint64_t abandoned_ = 0;

  Next next_;
  std::vector<Offer> offers_;
  std::vector<Word> message_;
  std::vector<Kind> kinds_;
};

}  // namespace tryst::runtime::pi
