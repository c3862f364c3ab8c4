#include "runtime/pi_executor.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime::pi {

namespace {

constexpr std::size_t collected_names_min = 1024;
constexpr std::uint32_t skipped_max = 8;

constexpr std::size_t direction(Action action) { return action == Action::send ? 1 : 0; }

}  // namespace

Executor::Executor(const Program& program)
    : program_(program), slot_bytes_(0), next_(*this), message_(program.arity_max + 1) {
  for (const ProcessType& type : program.types) {
    slot_bytes_ = std::max<std::size_t>(slot_bytes_, type.size());
    shapes_.push_back({(type.size() + 7) / 8, type.point_place(), type.points.data()});
  }
  slot_bytes_ = (sizeof(Header) + slot_bytes_ + 7) / 8 * 8;
  channels_.add();  // no_name
  for (const char* label : program.free_names) {
    Channel& channel = channels_[channels_.add()];
    channel.label = label;
    channel.known = channel.in_use = true;
  }
  program.start(program.context, next_);
  replace(nobody, false, 0, next_.size());
  next_.clear();
}

// --- lists

inline void Executor::offers_changed(Name n, Channel& channel) {
  const bool receives = channel.first[0] != nobody, sends = channel.first[1] != nobody;
  if (receives && sends)
    list(ready_, &Channel::ready_place, n, channel);
  else
    unlist(ready_, &Channel::ready_place, channel);
  if (!channel.known) return;
  if (receives || sends)
    list(open_, &Channel::open_place, n, channel);
  else
    unlist(open_, &Channel::open_place, channel);
}

inline void Executor::list(std::vector<Name>& names, std::uint32_t Channel::*place, Name n, Channel& channel) {
  if (channel.*place != nobody) return;
  channel.*place = static_cast<std::uint32_t>(names.size());
  names.push_back(n);
}

inline void Executor::unlist(std::vector<Name>& names, std::uint32_t Channel::*place, Channel& channel) {
  if (channel.*place == nobody) return;
  const Name last = names.back();
  names[channel.*place] = last;
  channels_[index(last)].*place = channel.*place;
  names.pop_back();
  channel.*place = nobody;
}

// --- names

Name Executor::fresh(const char* label) {
  Name name;
  if (free_channels_.empty()) {
    name = Name{channels_.add()};
  } else {
    name = free_channels_.back();
    free_channels_.pop_back();
  }
  Channel& channel = channels_[index(name)];
  channel.label = label;
  channel.serial = ++serial_;
  channel.in_use = true;
  channel.known = false;
  ++made_;
  return name;
}

Name Executor::make_known(const char* label) {
  const Name name = fresh(label);
  channels_[index(name)].known = true;
  return name;
}

void Executor::forget(Name n) {
  Channel& channel = channels_[index(n)];
  if (channel.serial == 0 || !channel.known) return;
  channel.known = false;
  unlist(open_, &Channel::open_place, channel);
}

void Executor::learn(std::span<const Word> message, std::span<const Kind> kinds) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (kinds[i] != Kind::name) continue;
    const Name n = from_word<Name>(message[i]);
    Channel& channel = channels_[index(n)];
    if (channel.known) continue;
    channel.known = true;
    if (channel.first[0] != nobody || channel.first[1] != nobody) list(open_, &Channel::open_place, n, channel);
  }
}

std::string Executor::text(Name n) const {
  const Channel& channel = channels_[index(n)];
  if (channel.label == nullptr) return "?";
  std::string name = channel.label;
  if (channel.serial != 0) name.append("~").append(std::to_string(channel.serial));
  return name;
}

// --- processes and their offers

std::uint32_t Executor::new_slot() {
  if (free_process_ != nobody) {
    const std::uint32_t p = free_process_;
    free_process_ = header(p).first_entry;
    --free_processes_;
    return p;
  }
  if (processes_.count % slots_per_chunk == 0)
    slots_.push_back(std::make_unique<std::uint64_t[]>(slots_per_chunk * slot_bytes_ / 8));
  const auto p = static_cast<std::uint32_t>(processes_.count++);
  header(p) = {nobody, nobody};
  return p;
}

void Executor::end(std::uint32_t p) {
  header(p) = {nobody, free_process_};
  free_process_ = p;
  ++free_processes_;
}

void Executor::put(std::uint32_t p, std::size_t started) {
  header(p) = {next_.type(started), nobody};
  const std::uint64_t* const from = next_.words(started);
  auto* const to = reinterpret_cast<std::uint64_t*>(slot(p) + sizeof(Header));
  for (std::uint32_t i = 0, words = shapes_[next_.type(started)].words; i < words; ++i) to[i] = from[i];
  enter(p);
}

void Executor::enter(std::uint32_t p) {
  const ProcessType& its = type(p);
  offers_.clear();
  its.offers(its.context, state(p), false, offers_);
  for (const Offer& offer : offers_) {
    std::uint32_t e = free_entry_;
    if (e != nobody)
      free_entry_ = entries_[e].next;
    else
      e = entries_.add();
    entries_[e] = {
        p,           nobody,      nobody, header(p).first_entry, offer.channel, offer.branch, kinds_of(offer),
        offer.arity, offer.action};
    header(p).first_entry = e;
    link(e);
  }
}

// In base 3, and for very long messages what that comes to; nothing where there are names only.
std::uint32_t Executor::kinds_of(const Offer& offer) const {
  std::uint32_t digits = 0;
  if (program_.integers.empty()) return digits;
  for (std::uint16_t i = 0; i < offer.arity; ++i) digits = 3 * digits + static_cast<std::uint32_t>(offer.kinds[i]);
  return digits;
}

void Executor::leave(std::uint32_t p) {
  for (std::uint32_t e = header(p).first_entry; e != nobody;) {
    const std::uint32_t following = entries_[e].next_of_process;
    unlink(e);
    entries_[e].next = free_entry_;
    free_entry_ = e;
    e = following;
  }
  header(p).first_entry = nobody;
}

void Executor::link(std::uint32_t e) {
  Entry& entry = entries_[e];
  if (entry.action == Action::silent) {
    entry.next = static_cast<std::uint32_t>(silent_.size());
    silent_.push_back(e);
    return;
  }
  Channel& channel = channels_[index(entry.channel)];
  std::uint32_t& first = channel.first[direction(entry.action)];
  if (first == nobody) {
    first = entry.next = entry.previous = e;
  } else {  // behind the last
    Entry& head = entries_[first];
    entry.next = first;
    entry.previous = head.previous;
    entries_[head.previous].next = e;
    head.previous = e;
  }
  offers_changed(entry.channel, channel);
}

void Executor::unlink(std::uint32_t e) {
  const Entry& entry = entries_[e];
  if (entry.action == Action::silent) {
    const std::uint32_t place = entry.next;
    entries_[silent_.back()].next = place;
    silent_[place] = silent_.back();
    silent_.pop_back();
    return;
  }
  Channel& channel = channels_[index(entry.channel)];
  std::uint32_t& first = channel.first[direction(entry.action)];
  if (entry.next == e) {
    first = nobody;
  } else {
    entries_[entry.next].previous = entry.previous;
    entries_[entry.previous].next = entry.next;
    if (first == e) first = entry.next;
  }
  offers_changed(entry.channel, channel);
}

// --- what is possible

// One of the first entries of a ring, at random: those that wait longest are nearest to their turn.
std::uint32_t Executor::skip(std::uint32_t entry, Random& random) const {
  if (entries_[entry].next == entry) return entry;
  for (std::uint32_t n = random.below(skipped_max); n > 0; --n) entry = entries_[entry].next;
  return entry;
}

bool Executor::fit(const Entry& receiver, const Entry& sender) const {
  return receiver.arity == sender.arity && (receiver.process != sender.process || lasts(sender.process));
}

std::optional<Step> Executor::pair_on(Name n, Random& random) const {
  const Channel& channel = channels_[index(n)];
  const std::uint32_t first_receiver = skip(channel.first[0], random), first_sender = skip(channel.first[1], random);
  std::uint32_t r = first_receiver;
  do {
    std::uint32_t s = first_sender;
    do {
      const Entry &receiver = entries_[r], &sender = entries_[s];
      if (fit(receiver, sender) && receiver.kinds != sender.kinds) throw KindsDiffer(text(n));
      if (fit(receiver, sender)) return Step{n, sender.process, sender.branch, receiver.process, receiver.branch};
      s = sender.next;
    } while (s != first_sender);
    r = entries_[r].next;
  } while (r != first_receiver);
  return std::nullopt;
}

std::optional<Step> Executor::choose(std::size_t place, Random& random) {
  if (place < silent_.size()) {
    const Entry& entry = entries_[silent_[place]];
    return Step{no_name, entry.process, entry.branch, nobody, 0};
  }
  const Name n = ready_[place - silent_.size()];
  const std::optional<Step> found = pair_on(n, random);
  if (!found) unlist(ready_, &Channel::ready_place, channels_[index(n)]);
  return found;
}

Step Executor::choose_open(std::size_t place, Random& random) const {
  const Name n = open_[place - silent_.size() - ready_.size()];
  const Channel& channel = channels_[index(n)];
  std::size_t way = channel.first[0] == nobody ? 1 : channel.first[1] == nobody ? 0 : random.below(2);
  const Entry& entry = entries_[skip(channel.first[way], random)];
  if (way == 1) return {n, entry.process, entry.branch, nobody, 0};
  return {n, nobody, 0, entry.process, entry.branch};
}

std::vector<Step> Executor::steps() const {
  std::vector<Step> all;
  for (const std::uint32_t e : silent_) all.push_back({no_name, entries_[e].process, entries_[e].branch, nobody, 0});
  for (std::uint32_t n = 1; n < channels_.size(); ++n) {
    const Channel& channel = channels_[n];
    const auto each = [&](std::size_t way, const auto& visit) {
      std::uint32_t e = channel.first[way];
      if (e == nobody) return;
      do visit(entries_[e]), e = entries_[e].next;
      while (e != channel.first[way]);
    };
    each(1, [&](const Entry& sender) {
      if (channel.known) all.push_back({Name{n}, sender.process, sender.branch, nobody, 0});
      each(0, [&](const Entry& receiver) {
        if (fit(receiver, sender))
          all.push_back({Name{n}, sender.process, sender.branch, receiver.process, receiver.branch});
      });
    });
    if (!channel.known) continue;
    each(0, [&](const Entry& receiver) { all.push_back({Name{n}, nobody, 0, receiver.process, receiver.branch}); });
  }
  return all;
}

// --- steps

std::span<const Kind> Executor::kinds(const Step& step) {
  const std::uint32_t p = step.sender != nobody ? step.sender : step.receiver;
  const Offer offer = offers(p)[step.sender != nobody ? step.sender_branch : step.receiver_branch];
  kinds_.assign(offer.kinds, offer.kinds + offer.arity);
  return kinds_;
}

std::span<const Word> Executor::would_send(const Step& step) {
  // The code says what it sends only when it is performed; what it makes by that is thrown away.
  struct Nameless final : NameSource {
    Name fresh(const char*) final { return no_name; }
  } nameless;
  Next discarded(nameless);
  const ProcessType& its = type(step.sender);
  const std::size_t arity = kinds(step).size();
  its.fire(its.context, state(step.sender), step.sender_branch, message_.data(), discarded);
  return {message_.data(), arity};
}

// What a process has become: those started from `first` to `last`, the first of them in its place.
void Executor::replace(std::uint32_t p, bool stays, std::size_t first, std::size_t last) {
  if (p != nobody && !stays) {
    leave(p);
    if (first == last) return end(p);
    put(p, first);
    ++first;
  }
  for (; first < last; ++first) {
    ++created_;
    put(new_slot(), first);
  }
}

std::span<const Word> Executor::fire(const Step& step, std::span<const Word> received) {
  std::size_t arity = 0;
  if (step.is_visible()) {
    arity = kinds(step).size();
    assert(step.sender != nobody || received.size() == arity);
    std::copy(received.begin(), received.end(), message_.begin());
  }
  std::size_t by_sender = 0;
  if (step.sender != nobody) {
    const ProcessType& its = type(step.sender);
    its.fire(its.context, state(step.sender), step.sender_branch, message_.data(), next_);
    by_sender = next_.size();
  }
  if (step.receiver != nobody) {
    const ProcessType& its = type(step.receiver);
    its.fire(its.context, state(step.receiver), step.receiver_branch, message_.data(), next_);
  }
  if (step.is_visible()) learn({message_.data(), arity}, kinds_);
  // A replication that meets a copy of itself stays, so that its slot is read before it is written.
  const bool sender_stays = step.sender != nobody && lasts(step.sender);
  const bool receiver_stays = step.receiver != nobody && lasts(step.receiver);
  if (step.sender != nobody) replace(step.sender, sender_stays, 0, by_sender);
  if (step.receiver != nobody) replace(step.receiver, receiver_stays, by_sender, next_.size());
  next_.clear();
  if (made_ >= collected_names_min && made_ * 2 >= channels_.size()) collect();
  return {message_.data(), arity};
}

std::vector<Offer> Executor::offers(std::uint32_t p) const {
  std::vector<Offer> found;
  type(p).offers(type(p).context, state(p), false, found);
  return found;
}

std::string Executor::where(std::uint32_t p) const { return type(p).points[type(p).point_of(state(p))].name; }

// --- collection

void Executor::collect() {
  made_ = 0;
  std::vector<Name> pending;
  const auto mark = [&](Name n) {
    Channel& channel = channels_[index(n)];
    if (n == no_name || channel.marked) return;
    channel.marked = true;
    pending.push_back(n);
  };
  std::vector<bool> reached(processes_.count);
  const auto reach = [&](std::uint32_t p) {
    if (reached[p]) return;
    reached[p] = true;
    for (std::uint32_t i = 0; i < type(p).names; ++i) mark(type(p).name_at(state(p), i));
  };
  for (std::uint32_t n = 1; n < channels_.size(); ++n)
    if (channels_[n].known) mark(Name{n});
  for (const Name n : ready_) mark(n);
  for (const std::uint32_t e : silent_) reach(entries_[e].process);
  while (!pending.empty()) {
    const Channel& channel = channels_[index(pending.back())];
    pending.pop_back();
    for (const std::uint32_t first : channel.first) {
      if (first == nobody) continue;
      std::uint32_t e = first;
      do reach(entries_[e].process), e = entries_[e].next;
      while (e != first);
    }
  }
  for (std::uint32_t p = 0; p < processes_.count; ++p) {
    if (!is_process(p) || reached[p]) continue;
    leave(p);
    end(p);
    ++abandoned_;
  }
  for (std::uint32_t n = 1; n < channels_.size(); ++n) {
    Channel& channel = channels_[n];
    if (channel.in_use && !channel.marked) {
      channel.in_use = false;
      free_channels_.push_back(Name{n});
    }
    channel.marked = false;
  }
}

// --- checks

void Executor::check() const {
  std::size_t living = 0, offered = 0, listed = 0;
  for (std::uint32_t p = 0; p < processes_.count; ++p) {
    if (!is_process(p)) continue;
    ++living;
    const std::vector<Offer> its = offers(p);
    offered += its.size();
    std::size_t entries = 0;
    for (std::uint32_t e = header(p).first_entry; e != nobody; e = entries_[e].next_of_process, ++entries) {
      [[maybe_unused]] const Entry& entry = entries_[e];
      assert(entry.process == p && entry.branch < its.size());
      assert(its[entry.branch].channel == entry.channel && its[entry.branch].action == entry.action);
    }
    assert(entries == its.size());
  }
  assert(living == process_count());
  listed = silent_.size();
  for (std::uint32_t n = 1; n < channels_.size(); ++n) {
    const Channel& channel = channels_[n];
    for (std::size_t way = 0; way < 2; ++way) {
      if (channel.first[way] == nobody) continue;
      assert(channel.in_use);
      std::uint32_t e = channel.first[way];
      do {
        assert(direction(entries_[e].action) == way && entries_[e].channel == Name{n});
        assert(entries_[entries_[e].next].previous == e);
        e = entries_[e].next;
        ++listed;
      } while (e != channel.first[way]);
    }
    const bool receives = channel.first[0] != nobody, sends = channel.first[1] != nobody;
    assert(channel.ready_place == nobody || (receives && sends && ready_[channel.ready_place] == Name{n}));
    assert((channel.open_place != nobody) == (channel.known && (receives || sends)));
    (void)receives, (void)sends;
  }
  assert(listed == offered);
  (void)offered;
}

}  // namespace tryst::runtime::pi
