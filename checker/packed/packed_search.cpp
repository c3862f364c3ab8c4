#include "checker/packed/packed_search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "checker/ensure.hpp"

namespace tryst {

namespace {

constexpr std::size_t ahead = 32;         // look-ups that are under way together
constexpr std::size_t rows_at_once = 64;  // that are built between two looks at the limits

}  // namespace

// What a thread works with. The counters are read by worker 0 while the others run; nothing is ordered by them.
struct PackedSearch::Worker {
  Worker(const PackedSearch& search, unsigned n)
      : number(n), expander(search.question_, search.firing_, search.companion_), writer(*search.store_) {}

  const unsigned number;
  Expander expander;
  StateStore::Writer writer;
  std::optional<StubbornSets> stubborn_sets;
  Outbox outbox;
  PartMerger merger;
  EntryList level;     // entries of the current level that it added
  EntryList added;     // entries of the next one
  EntryList deferred;  // entries whose rows are missing
  bool state_fails = false;
  bool event_forbidden = false;
  std::atomic<std::uint64_t> states{0};
  std::atomic<std::uint64_t> transitions{0};
  std::uint64_t followed = 0;  // of the transitions

  // Of a counter that no other thread writes.
  static void raise(std::atomic<std::uint64_t>& counter, std::uint64_t by) {
    counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }
};

PackedSearch::PackedSearch(const PackedQuestion& question, Budget& budget, unsigned threads, std::size_t outbox_words)
    : question_(question),
      budget_(budget),
      crew_(threads),
      outbox_words_(outbox_words),
      firing_(question.network),
      companion_(question.network, question.specification, question.model),
      is_usable_(question.reduction != PackedQuestion::Reduction::stubborn_sets ||
                 expand_everything(firing_, locals_max, budget)),
      reduces_(question.reduction == PackedQuestion::Reduction::sleep_sets) {
  companion_.update();
  if (companion_.know(0)) firing_.set_companion_size(companion_.nodes());
  store_ = std::make_unique<StateStore>(static_cast<unsigned>(firing_.packing().words()));
  visited_ = std::make_unique<VisitedSet>(*store_);
  for (unsigned i = 0; i < crew_.size(); ++i) workers_.push_back(std::make_unique<Worker>(*this, i));
  update_reduction();
  if (question.reduction == PackedQuestion::Reduction::stubborn_sets && is_usable_)
    for (const auto& worker : workers_)
      worker->stubborn_sets.emplace(
          firing_, question.specification != nullptr ? StubbornSets::Kept::traces : StubbornSets::Kept::deadlocks);
}

PackedSearch::~PackedSearch() = default;

// --- levels

void PackedSearch::begin() {
  const std::vector<std::uint64_t> initial = firing_.initial();
  Worker& first = *workers_.front();
  visited_->insert(initial.data(), hash_of(initial.data(), initial.size()), first.writer);
  Worker::raise(first.states, 1);
  first.added.assign(initial.begin(), initial.end());
  first.added.resize(shape_.size(), 0);
  store_->end_level();
}

PackedSearch::Ending PackedSearch::run(std::uint64_t states_to_pause) {
  if (store_->levels() == 0) begin();
  while (!store_->level(searched_levels_).empty()) {
    if (statistics().pairs >= states_to_pause) return Ending::paused;
    budget_.set_depth(searched_levels_);
    search_level();
    ++searched_levels_;
    const auto any = [this](bool Worker::*flag) {
      return std::ranges::any_of(workers_, [flag](const auto& worker) { return (*worker).*flag; });
    };
    if (any(&Worker::state_fails)) return Ending::state_fails;
    if (any(&Worker::event_forbidden)) return Ending::event_forbidden;
  }
  return Ending::exhausted;
}

void PackedSearch::close_under_tau() {
  stop_reducing();
  for (const auto& worker : workers_) worker->expander.follow_tau_only();
  while (!store_->level(store_->levels() - 1).empty()) search_level();
}

void PackedSearch::search_level() {
  if (reduces_ && outgrows_outboxes()) stop_reducing();
  const auto cut = [this](const EntryList& entries, std::vector<Chunk>& chunks) {
    const std::size_t count = entries.size() / shape_.size();
    const std::size_t step = std::max<std::size_t>(1, chunk_words / shape_.size());
    for (std::size_t i = 0; i < count; i += step)
      chunks.push_back({entries.data() + i * shape_.size(), std::min(step, count - i)});
  };
  std::vector<Chunk> chunks;
  for (const auto& worker : workers_) {
    worker->level.swap(worker->added);
    worker->added.clear();
    cut(worker->level, chunks);
  }
  open_outboxes(entries_of(chunks));
  expand(std::move(chunks));
  for (;;) {
    EntryList waiting;
    for (const auto& worker : workers_) {
      waiting.insert(waiting.end(), worker->deferred.begin(), worker->deferred.end());
      worker->deferred.clear();
    }
    if (waiting.empty()) break;
    build_missing(waiting);
    std::vector<Chunk> again;
    cut(waiting, again);
    expand(std::move(again));
  }
  merge();
  store_->end_level();
  record();
}

std::size_t PackedSearch::entries_of(const std::vector<Chunk>& chunks) {
  return std::accumulate(chunks.begin(), chunks.end(), std::size_t{0},
                         [](std::size_t sum, const Chunk& chunk) { return sum + chunk.count; });
}

unsigned PackedSearch::threads_for(std::size_t entries) const {
  return entries < parallel_entries_min ? 1 : crew_.size();
}

void PackedSearch::share_out(std::size_t entries, const std::function<void(Worker&)>& task) {
  crew_.run(threads_for(entries), [&](unsigned worker) { task(*workers_[worker]); });
}

// --- expansion

void PackedSearch::expand(std::vector<Chunk> chunks) {
  chunks_ = std::move(chunks);
  for (next_chunk_.store(0);;) {
    share_out(entries_of(chunks_), [this](Worker& worker) { expand_chunks(worker); });
    if (next_chunk_.load() >= chunks_.size()) return;
    merge();
  }
}

// Takes chunks until there are none, or the outbox should be emptied.
void PackedSearch::expand_chunks(Worker& worker) {
  const std::size_t entries_enough = std::max<std::size_t>(1, outbox_words_ / shape_.size() / crew_.size());
  while ((shape_.mask > 0 || worker.outbox.entries_bound() < entries_enough) && !crew_.failed()) {
    if (worker.number == 0) record();
    const std::size_t chunk = next_chunk_.fetch_add(1, std::memory_order_relaxed);
    if (chunk >= chunks_.size()) return;
    for (std::size_t i = 0; i < chunks_[chunk].count; ++i) take(worker, chunks_[chunk].first + i * shape_.size());
  }
}

void PackedSearch::take(Worker& worker, const std::uint64_t* entry) {
  Expander& expander = worker.expander;
  expander.clear();
  const std::uint64_t* asleep = reduces_ ? entry + shape_.state : nullptr;
  if (worker.stubborn_sets) asleep = worker.stubborn_sets->left_out(entry);
  if (!expander.expand(entry, asleep, reduces_ ? &independence_ : nullptr)) {
    worker.deferred.insert(worker.deferred.end(), entry, entry + shape_.size());
    return;
  }
  Worker::raise(worker.transitions, expander.transitions());
  worker.followed += expander.size();
  worker.state_fails = worker.state_fails || expander.fault();
  worker.event_forbidden = worker.event_forbidden || !expander.forbidden().empty();
  worker.outbox.put(expander.targets(), expander.asleep(), expander.size());
}

// --- looking up

void PackedSearch::open_outboxes(std::size_t entries) {
  const auto bits = static_cast<unsigned>(std::bit_width(entries / part_entries));
  for (const auto& worker : workers_) {
    worker->outbox.open(shape_, bits);
    worker->merger.open(shape_);
  }
}

// Empties the outboxes: what is new in them is added to the store and the next level.
void PackedSearch::merge() {
  std::size_t entries = 0;
  for (const auto& worker : workers_) entries += worker->outbox.entries();
  // Room for all before the first: parts are filled one by one, and none must be filled beyond its share.
  while (visited_->room(crew_.size()) < entries) grow_set();
  next_part_.store(0);
  const std::uint64_t left = budget_.states_left(statistics().pairs + nodes());
  limit_is_near_ = left < entries;
  if (limit_is_near_) left_.store(static_cast<std::int64_t>(left));
  share_out(entries, [this](Worker& worker) { merge_parts(worker); });
  if (limit_is_near_) record();
  open_outboxes(entries);
}

void PackedSearch::grow_set() {
  budget_.reserve(visited_->bytes_after_growth() - visited_->bytes());
  visited_->grow(threads_for(visited_->slots()));
}

// Takes parts until there are none. Where entries are states of one word, what is there more than once costs a look at a
// slot that is in the cache; otherwise each state is looked up once, and with all that sleeps there.
void PackedSearch::merge_parts(Worker& worker) {
  std::vector<const Outbox*> outboxes;
  for (const auto& each : workers_) outboxes.push_back(&each->outbox);
  PartMerger& merger = worker.merger;
  while (!crew_.failed()) {
    if (worker.number == 0) record();
    const std::size_t part = next_part_.fetch_add(1, std::memory_order_relaxed);
    if (part >= outboxes.front()->parts()) return;
    if (shape_.size() > 1) {
      merger.open(shape_);
      merger.load(outboxes, part);
      look_up(worker, merger.entries());
    } else {
      for (const Outbox* outbox : outboxes)
        for (std::size_t b = 0; b < outbox->blocks(part); ++b) look_up(worker, outbox->block(part, b));
    }
  }
}

void PackedSearch::look_up(Worker& worker, std::span<const std::uint64_t> entries) {
  const std::size_t size = shape_.size();
  const std::size_t count = entries.size() / size;
  std::array<std::uint64_t, ahead> hashes;  // of the entries that are under way, in turn
  std::uint64_t added = 0;
  // Relaxed: how many are left is all there is to know.
  const bool counts = limit_is_near_;
  const auto limit_is_passed = [&] { return counts && left_.load(std::memory_order_relaxed) < 0; };
  for (std::size_t i = 0; i < count + ahead && !limit_is_passed(); ++i) {
    std::uint64_t& hash = hashes[i % ahead];
    if (i >= ahead) {
      const std::uint64_t* const entry = entries.data() + (i - ahead) * size;
      const Insertion insertion = visited_->insert(entry, hash, worker.writer);
      ensure(insertion != Insertion::full, "the visited set is full");
      if (insertion == Insertion::added) {
        ++added;
        append(worker.added, entry, size);
        if (counts) left_.fetch_sub(1, std::memory_order_relaxed);
      }
    }
    if (i < count) {
      hash = hash_of(entries.data() + i * size, shape_.state);
      visited_->prefetch(hash);
    }
  }
  Worker::raise(worker.states, added);
}

// --- rows that are missing

void PackedSearch::build_missing(EntryList& entries) {
  std::vector<LocalState> missing;
  std::vector<std::uint32_t> nodes;
  for (std::size_t i = 0; i < entries.size(); i += shape_.size()) {
    firing_.missing(entries.data() + i, missing);
    const std::uint32_t node = index(firing_.companion().of(entries.data() + i));
    if (!companion_.is_known(node)) nodes.push_back(node);
  }
  const auto distinct = [](auto& list) {
    std::ranges::sort(list);
    list.erase(std::ranges::unique(list).begin(), list.end());
  };
  distinct(missing);
  distinct(nodes);
  const Packing old = firing_.packing();
  const EntryShape old_shape = shape_;
  bool packed_anew = false;
  for (std::size_t i = 0; i < missing.size(); i += rows_at_once) {
    const std::span<const LocalState> some = std::span(missing).subspan(i, std::min(rows_at_once, missing.size() - i));
    packed_anew |= firing_.expand(some);
    for (const LocalState& each : some)
      budget_.poll(static_cast<std::uint32_t>(firing_.network().graph(each.component).row(each.local).size()));
  }
  companion_.update();
  for (const std::uint32_t node : nodes) companion_.know(node);
  packed_anew |= firing_.set_companion_size(companion_.nodes());
  update_reduction();
  if (packed_anew || shape_ != old_shape) convert_entries(old, old_shape, entries);
  if (!packed_anew) return;
  const Packing& packing = firing_.packing();
  budget_.reserve(store_->bytes() + visited_->bytes());
  const unsigned threads = threads_for(store_->size());
  store_->recode(
      static_cast<unsigned>(packing.words()),
      [&](const std::uint64_t* from, std::uint64_t* to) { old.convert(from, packing, to); }, threads);
  visited_->rebuild(threads);
}

// What is independent, by the rules and nodes of now, and the shape of entries.
void PackedSearch::update_reduction() {
  reduces_ = reduces_ && firing_.mask_words() > 0;
  shape_ = {firing_.packing().words(), reduces_ ? firing_.mask_words() : 0};
  if (reduces_) independence_.update(firing_, companion_);
}

// Whether the successors of the next level, as many a state as so far, are too many to be kept together.
bool PackedSearch::outgrows_outboxes() const {
  std::size_t words = 0;
  for (const auto& worker : workers_) words += worker->added.size();
  const std::uint64_t expanded = statistics().pairs - words / shape_.size();
  return static_cast<double>(words) * static_cast<double>(followed()) >
         static_cast<double>(outbox_growth_max * outbox_words_) * static_cast<double>(expanded);
}

// What sleeps is fired from now on; that leads to nothing new, and needs no room.
void PackedSearch::stop_reducing() {
  const EntryShape old_shape = shape_;
  reduces_ = false;
  update_reduction();
  EntryList none;
  convert_entries(firing_.packing(), old_shape, none);
}

// To the packing and the shape of now: these entries and those that the workers keep.
void PackedSearch::convert_entries(const Packing& old, EntryShape old_shape, EntryList& entries) {
  const Packing& packing = firing_.packing();
  const auto convert = [&](std::span<const std::uint64_t> list, const auto& use) {
    std::vector<std::uint64_t> entry(shape_.size());
    for (std::size_t i = 0; i < list.size(); i += old_shape.size()) {
      std::ranges::fill(entry, 0);
      old.convert(list.data() + i, packing, entry.data());
      std::copy_n(list.data() + i + old_shape.state, std::min(old_shape.mask, shape_.mask),
                  entry.data() + shape_.state);
      use(entry);
    }
  };
  const auto convert_list = [&](EntryList& list) {
    EntryList converted;
    convert(list, [&](const auto& entry) { converted.insert(converted.end(), entry.begin(), entry.end()); });
    list = std::move(converted);
  };
  convert_list(entries);
  for (const auto& worker : workers_) {
    convert_list(worker->added);
    Outbox outbox;
    outbox.open(shape_, worker->outbox.part_bits());
    const auto put = [&](const auto& entry) { outbox.put(entry.data(), entry.data() + shape_.state, 1); };
    for (std::size_t part = 0; part < worker->outbox.parts(); ++part)
      for (std::size_t b = 0; b < worker->outbox.blocks(part); ++b) convert(worker->outbox.block(part, b), put);
    worker->outbox = std::move(outbox);
  }
}

void PackedSearch::record() {
  const SearchStatistics now = statistics();
  budget_.record(now.pairs, now.transitions, nodes());
}

// Of the specification's normal form.
std::uint64_t PackedSearch::nodes() const {
  return question_.specification == nullptr ? 0 : question_.specification->size();
}

SearchStatistics PackedSearch::statistics() const {
  SearchStatistics sum;
  for (const auto& worker : workers_) {
    sum.pairs += worker->states.load(std::memory_order_relaxed);
    sum.transitions += worker->transitions.load(std::memory_order_relaxed);
  }
  return sum;
}

std::uint64_t PackedSearch::followed() const {
  std::uint64_t sum = 0;
  for (const auto& worker : workers_) sum += worker->followed;
  return sum;
}

}  // namespace tryst
