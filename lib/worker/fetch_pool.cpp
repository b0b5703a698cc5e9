#include "worker/fetch_pool.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"

namespace pressings::worker {

FetchPool::FetchPool(musicbrainz::ReleaseSource& source, int threads, Clock& clock, Pulse& pulse)
    : m_source(source),
      m_clock(clock),
      m_pulse(pulse),
      m_most_threads(static_cast<std::size_t>(threads)) {}

FetchPool::~FetchPool() {
    stop();
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void FetchPool::add(ClaimedJob job) {
    {
        const std::lock_guard guard{m_mutex};
        m_waiting.push_back(std::move(job));
    }
    ++m_in_hand;
    if (m_threads.size() < std::min(m_most_threads, m_in_hand)) start_thread();
    m_changed.notify_one();
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
    return std::exchange(m_finished, {});
}

void FetchPool::stop() {
    m_stop.request_stop();
}

void FetchPool::work(const std::stop_token& end) {
    while (true) {
        ClaimedJob job;
        {
            std::unique_lock lock{m_mutex};
            if (!m_changed.wait(lock, end, [this] { return !m_waiting.empty(); })) return;
            job = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        m_pulse.beat();
        const Millis begun = m_clock.steady_ms();
        FetchResult result{fetch(m_source, job, m_stop.get_token()), 0};
        result.duration_ms = m_clock.steady_ms() - begun;
        m_pulse.beat();
        const std::lock_guard guard{m_mutex};
        m_finished.push_back(std::move(result));
        m_finished_event.raise();
    }
}

}  // namespace pressings::worker
