#include "worker/fetch_pool.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/signal_stack.hpp"
#include "domain/release_facts.hpp"

namespace pressings::worker {

namespace {

/// About a kilobyte each in memory. Fetching goes on when those that wait have been collected.
constexpr std::size_t k_most_tracks_waiting = 4'000;

/// Where a transaction has so many, its own cost is small, and fetching can go on beside it.
constexpr std::size_t k_many_tracks = k_most_tracks_waiting / 2;

std::size_t tracks_in(const FetchResult& result) {
    std::size_t tracks = 1;
    if (const auto* import = std::get_if<store::Import>(&result.fetched)) {
        tracks += known_tracks(import->releases);
    } else if (const auto* together = std::get_if<ReadTogether>(&result.fetched)) {
        for (const source::GroupReleases& group : together->groups)
            tracks += known_tracks(group.releases);
    } else if (const auto* found = std::get_if<FoundTogether>(&result.fetched)) {
        for (const source::GroupReleases& group : found->groups)
            tracks += known_tracks(group.releases);
    }
    return tracks;
}

}  // namespace

FetchPool::FetchPool(source::ReleaseSource& source, int threads, Collect collect, Clock& clock,
                     Heartbeat& heartbeat)
    : m_source(source),
      m_clock(clock),
      m_heartbeat(heartbeat),
      m_most_threads(static_cast<std::size_t>(threads)),
      m_worth_collecting(collect == Collect::many ? k_many_tracks : 1) {}

FetchPool::~FetchPool() {
    stop();
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void FetchPool::add(ClaimedJob job) {
    add_task(std::move(job));
}

void FetchPool::add_together(ClaimedJob job, Companions companions) {
    add_task(Together{std::move(job), std::move(companions)});
}

void FetchPool::add_task(Task task) {
    {
        const std::lock_guard guard{m_mutex};
        m_waiting.push_back(std::move(task));
    }
    count_in();
}

void FetchPool::add_probe() {
    {
        const std::lock_guard guard{m_mutex};
        m_waiting.emplace_front(Probe{});
    }
    count_in();
}

void FetchPool::count_in() {
    ++m_in_hand;
    if (m_threads.size() < std::min(m_most_threads, m_in_hand)) start_thread();
    m_changed.notify_one();
}

void FetchPool::know(KnownReleases releases) {
    const std::lock_guard guard{m_mutex};
    m_known = std::move(releases);
}

void FetchPool::start_thread() {
    try {
        m_threads.emplace_back([this](const std::stop_token& end) { work(end); });
    } catch (const std::system_error& error) {
        throw Error(
            fmt::format("cannot start {} threads ({}): memory or the number of threads "
                        "that the system allows is too small",
                        m_most_threads, error.code().message()));
    }
}

std::vector<FetchResult> FetchPool::collect() {
    const std::lock_guard guard{m_mutex};
    m_finished_event.clear();
    m_in_hand -= m_finished.size();
    m_finished_tracks = 0;
    m_changed.notify_all();
    return std::exchange(m_finished, {});
}

void FetchPool::stop() {
    m_stop.request_stop();
}

void FetchPool::work(const std::stop_token& end) {
    const SignalStack stack;
    while (true) {
        Task task;
        KnownReleases known;
        {
            std::unique_lock lock{m_mutex};
            const auto may_fetch = [this] {
                return !m_waiting.empty() && m_finished_tracks < k_most_tracks_waiting;
            };
            if (!m_changed.wait(lock, end, may_fetch)) return;
            task = std::move(m_waiting.front());
            known = m_known;
            m_waiting.pop_front();
            ++m_under_way;
        }
        m_heartbeat.beat();
        const Millis begun = m_clock.steady_ms();
        FetchResult result{do_task(task, known), 0};
        result.duration_ms = m_clock.steady_ms() - begun;
        m_heartbeat.beat();
        finish(std::move(result));
    }
}

Fetched FetchPool::do_task(const Task& task, const KnownReleases& known) {
    if (const auto* job = std::get_if<ClaimedJob>(&task)) {
        return fetch(m_source, *job, known, m_stop.get_token());
    }
    if (const auto* together = std::get_if<Together>(&task)) {
        return read_together(m_source, together->job, together->companions, m_stop.get_token());
    }
    return probe(m_source, known, m_stop.get_token());
}

void FetchPool::finish(FetchResult result) {
    const std::lock_guard guard{m_mutex};
    --m_under_way;
    m_finished_tracks += tracks_in(result);
    const bool is_probe = std::holds_alternative<Probed>(result.fetched);
    m_finished.push_back(std::move(result));
    const bool is_last = m_waiting.empty() && m_under_way == 0;
    if (is_last || is_probe || m_finished_tracks >= m_worth_collecting) m_finished_event.raise();
}

}  // namespace pressings::worker
