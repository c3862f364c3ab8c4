#include "runtime/pi_run.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "runtime/cbor.hpp"
#include "runtime/json.hpp"

namespace tryst::runtime::pi {

namespace {

constexpr std::string_view format_name = "tryst pi trace 1";
constexpr std::size_t listed_max = 100;  // of who waits

// A step with what the environment sends in it, if it takes part.
struct Agreed {
  Step step;
  std::span<const Word> received;
};

class Runner {
 public:
  Runner(Executor& executor, Environment& environment)
      : executor_(executor), environment_(environment), message_(executor.program().arity_max + 1) {}

  // The first step that everybody takes part in, looking from a place on, round. `declined`: the environment declined
  // something.
  std::optional<Agreed> find(bool& declined) {
    declined = false;
    std::size_t count = executor_.place_count();
    std::size_t at = count < 2 ? 0 : environment_.choose(count);
    for (std::size_t looked = 0; looked < count; ++looked, ++at) {
      if (at >= count) at = 0;
      if (executor_.is_open(at)) {
        if (const auto agreed = ask(executor_.choose_open(at, environment_.random()))) return agreed;
        declined = true;
      } else if (const auto step = executor_.choose(at, environment_.random())) {
        return Agreed{*step, {}};
      } else {  // the place is gone, and another has come here
        count = executor_.place_count();
        looked = static_cast<std::size_t>(-1);
        if (count == 0) break;
        at = at == 0 ? count - 1 : at - 1;
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<Agreed> ask(const Step& step) {
    if (step.sender != nobody) {
      if (!environment_.accepts(step.channel, executor_.would_send(step))) return std::nullopt;
      return Agreed{step, {}};
    }
    const std::span<const Kind> kinds = executor_.kinds(step);
    const std::span<Word> message(message_.data(), kinds.size());
    if (!environment_.supplies(step.channel, kinds, message)) return std::nullopt;
    return Agreed{step, message};
  }

  Executor& executor_;
  Environment& environment_;
  std::vector<Word> message_;
};

void tell(Environment& environment, const Step& step, std::span<const Word> message) {
  if (step.sender != nobody)
    environment.sent(step.channel, message);
  else
    environment.delivered(step.channel, message);
}

}  // namespace

Word Environment::anything(Kind kind) {
  constexpr std::uint32_t numbers = 10;
  if (kind == Kind::integer) return random_.below(numbers);
  if (kind == Kind::boolean) return random_.below(2);
  const auto names = static_cast<std::uint32_t>(executor().program().free_names.size());
  return names == 0 || executor().program().only_new_names ? word(executor().make_known("_"))
                                                           : 1 + random_.below(names);
}

std::string event_text(const Executor& executor, const Step& step, std::span<const Word> message,
                       std::span<const Kind> kinds) {
  std::string text = step.sender != nobody ? "'" : "";
  text += executor.text(step.channel);
  for (std::size_t i = 0; i < message.size(); ++i) {
    text += i == 0 ? '<' : ',';
    switch (kinds[i]) {
      case Kind::name: text += executor.text(from_word<Name>(message[i])); break;
      case Kind::integer: text += std::to_string(message[i]); break;
      case Kind::boolean: text += message[i] != 0 ? "true" : "false"; break;
    }
  }
  return message.empty() ? text : text + '>';
}

Run run(Executor& executor, Environment& environment, const RunOptions& options) {
  environment.begin(executor);
  Runner runner(executor, environment);
  std::vector<Kind> kinds;
  for (std::uint64_t steps = 0;; ++steps) {
    if (executor.place_count() > 0 && steps == options.steps_max) return {Outcome::step_limit, steps};
    bool declined = false;
    std::optional<Agreed> agreed = runner.find(declined);
    while (!agreed) {
      const bool all_ended = executor.process_count() == 0 && executor.abandoned() == 0;
      if (!declined) return {all_ended ? Outcome::terminated : Outcome::stuck, steps};
      if (!environment.wait()) return {Outcome::refused, steps};
      agreed = runner.find(declined);
    }
    const Step step = agreed->step;
    if (options.trace != nullptr) options.trace->record(executor, step, agreed->received);
    const bool told = step.is_visible();
    if (told && (options.trace != nullptr || options.print != nullptr)) {
      const auto its = executor.kinds(step);
      kinds.assign(its.begin(), its.end());
    }
    const std::span<const Word> message = executor.fire(step, agreed->received);
    if (told) {
      if (options.trace != nullptr || options.print != nullptr) {
        const std::string event = event_text(executor, step, message, kinds);
        if (options.trace != nullptr) options.trace->name_event(event);
        if (options.print != nullptr) *options.print << event << '\n';
      }
      tell(environment, step, message);
    }
    if (options.monitor != nullptr && !options.monitor->step(executor, step, agreed->received))
      return {Outcome::violation, steps + 1};
  }
}

std::size_t replay(Executor& executor, const Trace& trace, Environment& environment, std::ostream* print) {
  environment.begin(executor);
  std::size_t done = 0;
  for (const Trace::Entry& entry : trace.entries()) {
    const auto possible = executor.steps();
    if (std::find(possible.begin(), possible.end(), entry.step) == possible.end()) break;
    if (entry.step.sender != nobody && entry.step.receiver != nobody &&
        !same_kinds(executor.offers(entry.step.sender)[entry.step.sender_branch],
                    executor.offers(entry.step.receiver)[entry.step.receiver_branch]))
      throw KindsDiffer(executor.text(entry.step.channel));
    std::vector<Kind> kinds;
    if (entry.step.is_visible()) {
      const auto its = executor.kinds(entry.step);
      kinds.assign(its.begin(), its.end());
      if (entry.step.sender == nobody && entry.received.size() != kinds.size()) break;
      // A name that the environment had made is made again, and has the same number.
      if (entry.step.sender == nobody)
        for (std::size_t i = 0; i < kinds.size(); ++i)
          if (kinds[i] == Kind::name && !executor.is_name(from_word<Name>(entry.received[i]))) executor.make_known("_");
    }
    const std::span<const Word> message = executor.fire(entry.step, entry.received);
    ++done;
    if (!entry.step.is_visible()) continue;
    if (print != nullptr) *print << event_text(executor, entry.step, message, kinds) << '\n';
    tell(environment, entry.step, message);
  }
  return done;
}

std::string waiting(const Executor& executor) {
  std::string text;
  std::size_t listed = 0, others = 0;
  for (std::uint32_t p = 0; p < executor.slot_count(); ++p) {
    if (!executor.is_process(p)) continue;
    if (++listed > listed_max) {
      ++others;
      continue;
    }
    text += executor.where(p);
    const char* separator = " waits to ";
    for (const Offer& offer : executor.offers(p)) {
      text += separator;
      text += offer.action == Action::send ? "send on " : "receive on ";
      text += executor.text(offer.channel);
      separator = " or ";
    }
    if (executor.offers(p).empty()) text += " can do nothing: its names are not the same";
    text += '\n';
  }
  if (others != 0) text.append("and ").append(std::to_string(others)).append(" more\n");
  if (executor.abandoned() != 0)
    text += std::to_string(executor.abandoned()) +
            " processes were taken away before: they waited on names that nobody else knew\n";
  return text;
}

// --- traces

void Trace::record(const Executor& before, const Step& step, std::span<const Word> received) {
  Entry entry{step, {received.begin(), received.end()}, {}, {}};
  for (const std::uint32_t p : {step.sender, step.receiver})
    if (p != nobody) entry.by.emplace_back(before.type(p).name);
  entries_.push_back(std::move(entry));
}

void Trace::write_json(std::ostream& out) const {
  std::size_t n = 0;
  for (const Entry& entry : entries_) {
    ++n;
    if (entry.event.empty()) continue;
    out << "{\"n\": " << n << ", \"event\": " << json_string(entry.event) << ", \"by\": [";
    const char* separator = "";
    for (const std::string& one : entry.by) {
      out << separator << json_string(one);
      separator = ", ";
    }
    out << "]}\n";
  }
}

void Trace::write_cbor(const Program& program, std::ostream& out) const {
  cbor::Writer writer;
  writer.text(format_name);
  writer.text(program.name);
  writer.array(entries_.size());
  for (const Entry& entry : entries_) {
    writer.array(5 + entry.received.size());
    for (const std::uint32_t number : {index(entry.step.channel), entry.step.sender, entry.step.sender_branch,
                                       entry.step.receiver, entry.step.receiver_branch})
      writer.unsigned_integer(number);
    for (const Word w : entry.received) writer.unsigned_integer(static_cast<std::uint64_t>(w));
  }
  out.write(reinterpret_cast<const char*>(writer.bytes().data()), static_cast<std::streamsize>(writer.bytes().size()));
}

std::optional<Trace> Trace::read_cbor(const Program& program, std::span<const std::uint8_t> bytes) {
  cbor::Reader reader(bytes);
  if (reader.text() != format_name || reader.text() != program.name) return std::nullopt;
  const auto steps = reader.array();
  if (!steps) return std::nullopt;
  Trace trace;
  for (std::uint64_t i = 0; i < *steps; ++i) {
    const auto size = reader.array();
    if (!size || *size < 5 || *size > 5 + std::uint64_t{program.arity_max}) return std::nullopt;
    std::uint64_t numbers[5];
    for (std::uint64_t& number : numbers) {
      const auto read = reader.unsigned_integer();
      if (!read || *read > 0xffffffff) return std::nullopt;
      number = *read;
    }
    Entry entry;
    entry.step = {Name{static_cast<std::uint32_t>(numbers[0])}, static_cast<std::uint32_t>(numbers[1]),
                  static_cast<std::uint32_t>(numbers[2]), static_cast<std::uint32_t>(numbers[3]),
                  static_cast<std::uint32_t>(numbers[4])};
    for (std::uint64_t k = 5; k < *size; ++k) {
      const auto read = reader.unsigned_integer();
      if (!read) return std::nullopt;
      entry.received.push_back(static_cast<Word>(*read));
    }
    trace.entries_.push_back(std::move(entry));
  }
  return reader.at_end() ? std::optional(std::move(trace)) : std::nullopt;
}

}  // namespace tryst::runtime::pi
