#include "checker/packed/packed_search.hpp"

#include <algorithm>

namespace tryst {

namespace {

constexpr std::size_t batch_size = 32;  // successors whose slots are fetched together

}  // namespace

// What a thread works with. The counters are read by worker 0 while the others run; nothing is ordered by them.
struct PackedSearch::Worker {
  explicit Worker(const PackedSearch& search) : expander(search.question_, search.firing_, search.companion_) {}

  Expander expander;
  std::optional<StateStore::Writer> writer;
  std::vector<std::uint64_t> pending;  // successors to be inserted, one after the other
  std::vector<std::uint64_t> hashes;   // of them
  std::size_t inserted = 0;            // so many of them are done
  std::vector<std::uint64_t> deferred;  // states whose rows are missing
  bool state_fails = false;
  bool event_forbidden = false;
  std::atomic<std::uint64_t> states{0};
  std::atomic<std::uint64_t> transitions{0};

  // Inserts what is pending. False: the set is full.
  bool flush(VisitedSet& visited, std::size_t words) {
    std::uint64_t added = 0;
    bool full = false;
    for (; !full && inserted < hashes.size(); inserted += full ? 0 : 1) {
      const Insertion insertion = visited.insert(pending.data() + inserted * words, hashes[inserted], *writer);
      full = insertion == Insertion::full;
      added += insertion == Insertion::added ? 1 : 0;
    }
    states.store(states.load(std::memory_order_relaxed) + added, std::memory_order_relaxed);
    if (full) return false;
    pending.clear();
    hashes.clear();
    inserted = 0;
    return true;
  }

  void take(const std::uint64_t* state, VisitedSet& visited, std::size_t words, bool tau_only) {
    if (!expander.expand(state)) {
      deferred.insert(deferred.end(), state, state + words);
      return;
    }
    transitions.store(transitions.load(std::memory_order_relaxed) + expander.transitions(), std::memory_order_relaxed);
    state_fails = state_fails || expander.fault();
    event_forbidden = event_forbidden || !expander.forbidden().empty();
    for (std::size_t i = 0; i < expander.size(); ++i) {
      if (tau_only && !expander.is_tau(i)) continue;
      pending.insert(pending.end(), expander.target(i), expander.target(i) + words);
      hashes.push_back(hash_of(expander.target(i), words));
      visited.prefetch(hashes.back());
    }
  }
};

PackedSearch::PackedSearch(const PackedQuestion& question, Budget& budget, unsigned threads)
    : question_(question),
      budget_(budget),
      crew_(threads),
      firing_(question.network),
      companion_(question.network, question.specification, question.model) {
  for (unsigned i = 0; i < crew_.size(); ++i) workers_.push_back(std::make_unique<Worker>(*this));
  if (companion_.know(0)) firing_.set_companion_size(companion_.nodes());
  open(firing_.packing());
}

PackedSearch::~PackedSearch() = default;

// An empty store and set for states of this packing.
void PackedSearch::open(const Packing& packing) {
  for (const auto& worker : workers_) worker->writer.reset();
  store_ = std::make_unique<StateStore>(static_cast<unsigned>(packing.words()));
  visited_ = std::make_unique<VisitedSet>(*store_);
  for (const auto& worker : workers_) worker->writer.emplace(*store_);
}

PackedSearch::Ending PackedSearch::run() {
  const std::vector<std::uint64_t> initial = firing_.initial();
  Worker& first = *workers_.front();
  first.pending = initial;
  first.hashes = {hash_of(initial.data(), initial.size())};
  first.flush(*visited_, initial.size());
  store_->end_level();
  for (std::uint32_t depth = 0; !store_->level(depth).empty(); ++depth) {
    depth_ = depth;
    budget_.set_depth(depth);
    search_level(depth);
    const auto any = [this](bool Worker::*flag) {
      return std::ranges::any_of(workers_, [flag](const auto& worker) { return (*worker).*flag; });
    };
    if (any(&Worker::state_fails)) return Ending::state_fails;
    if (any(&Worker::event_forbidden)) return Ending::event_forbidden;
  }
  return Ending::exhausted;
}

void PackedSearch::close_under_tau() {
  tau_only_ = true;
  for (std::uint32_t depth = depth_ + 1; !store_->level(depth).empty(); ++depth) search_level(depth);
}

void PackedSearch::search_level(std::uint32_t depth) {
  const auto cut = [this](StateStore::Range range) {
    for (std::uint32_t i = range.begin; i < range.end; i += std::min(chunk_states, range.end - i))
      chunks_.push_back({i, i + std::min(chunk_states, range.end - i)});
  };
  chunks_.clear();
  deferred_.clear();
  std::size_t states = 0;
  for (const StateStore::Range range : store_->level(depth)) {
    cut(range);
    states += range.end - range.begin;
  }
  hand_out(states);
  for (;;) {
    std::vector<std::uint64_t> waiting;
    for (const auto& worker : workers_) {
      waiting.insert(waiting.end(), worker->deferred.begin(), worker->deferred.end());
      worker->deferred.clear();
    }
    if (waiting.empty()) break;
    deferred_ = std::move(waiting);
    build_missing();
    chunks_.clear();
    states = deferred_.size() / firing_.packing().words();
    cut({0, static_cast<std::uint32_t>(states)});
    hand_out(states);
  }
  store_->end_level();
  record();
}

// Has the chunks worked off.
void PackedSearch::hand_out(std::size_t states) {
  next_chunk_.store(0);
  const unsigned workers = states < parallel_states_min ? 1 : crew_.size();
  for (;;) {
    is_full_.store(false);
    crew_.run(workers, [this](unsigned worker) { work(*workers_[worker], worker == 0); });
    if (!is_full_.load()) return;
    make_room();
  }
}

void PackedSearch::work(Worker& worker, bool is_caller) {
  const std::size_t words = firing_.packing().words();
  bool full = !worker.flush(*visited_, words);  // what was left when the set was full
  while (!full && !is_full_.load(std::memory_order_relaxed) && !crew_.failed()) {
    if (is_caller) record();
    const std::size_t chunk = next_chunk_.fetch_add(1, std::memory_order_relaxed);
    if (chunk >= chunks_.size()) break;
    visit(worker, chunks_[chunk], full);
  }
  if (full || !worker.flush(*visited_, words)) is_full_.store(true, std::memory_order_relaxed);
}

void PackedSearch::visit(Worker& worker, StateStore::Range chunk, bool& full) {
  const std::size_t words = firing_.packing().words();
  for (std::uint32_t i = chunk.begin; i < chunk.end; ++i) {
    worker.take(deferred_.empty() ? (*store_)[i] : deferred_.data() + i * words, *visited_, words, tau_only_);
    if (!full && worker.hashes.size() >= batch_size) full = !worker.flush(*visited_, words);
  }
}

void PackedSearch::make_room() {
  budget_.reserve(visited_->bytes_after_growth() - visited_->bytes());
  visited_->grow(crew_.size());
}

void PackedSearch::build_missing() {
  const std::size_t words = firing_.packing().words();
  std::vector<LocalState> missing;
  std::vector<std::uint32_t> nodes;
  for (std::size_t i = 0; i < deferred_.size(); i += words) {
    firing_.missing(deferred_.data() + i, missing);
    const std::uint32_t node = index(firing_.companion().of(deferred_.data() + i));
    if (!companion_.is_known(node)) nodes.push_back(node);
  }
  const auto distinct = [](auto& list) {
    std::ranges::sort(list);
    list.erase(std::ranges::unique(list).begin(), list.end());
  };
  distinct(missing);
  distinct(nodes);
  const Packing old = firing_.packing();
  bool packed_anew = firing_.expand(missing);
  companion_.update();
  for (const std::uint32_t node : nodes) companion_.know(node);
  packed_anew |= firing_.set_companion_size(companion_.nodes());
  if (packed_anew) pack_anew(old);
}

// All states in the firing's packing of now.
void PackedSearch::pack_anew(const Packing& old) {
  const Packing& packing = firing_.packing();
  std::vector<std::uint64_t> state(packing.words());
  std::vector<std::uint64_t> deferred;
  for (std::size_t i = 0; i < deferred_.size(); i += old.words()) {
    old.convert(deferred_.data() + i, packing, state.data());
    deferred.insert(deferred.end(), state.begin(), state.end());
  }
  deferred_ = std::move(deferred);
  store_->end_level();  // of the states met at this level so far; the last one
  budget_.reserve(store_->bytes() + visited_->bytes());
  const std::unique_ptr<StateStore> states = std::move(store_);
  open(packing);
  for (std::uint32_t depth = 0; depth < states->levels(); ++depth) {
    if (depth > 0) store_->end_level();
    for (const StateStore::Range range : states->level(depth))
      for (std::uint32_t i = range.begin; i < range.end; ++i) {
        old.convert((*states)[i], packing, state.data());
        const std::uint64_t hash = hash_of(state.data(), state.size());
        while (visited_->insert(state.data(), hash, *workers_.front()->writer) == Insertion::full) make_room();
      }
  }
}

void PackedSearch::record() {
  const SearchStatistics now = statistics();
  budget_.record(now.pairs, now.transitions);
}

SearchStatistics PackedSearch::statistics() const {
  SearchStatistics sum;
  for (const auto& worker : workers_) {
    sum.pairs += worker->states.load(std::memory_order_relaxed);
    sum.transitions += worker->transitions.load(std::memory_order_relaxed);
  }
  return sum;
}

}  // namespace tryst
