#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

#include "base/wake.hpp"
#include "worker/fetch_job.hpp"
#include "worker/heartbeat.hpp"

namespace pressings::worker {

/// A fetched job and how long that took.
struct FetchResult {
    Fetched fetched;
    Millis duration_ms = 0;
};

/// When results are said to be there: each as it comes, or so many at once that writing them in one
/// transaction pays.
enum class Collect { each, many };

/// Fetches jobs on threads of its own, which start when there is work for them; results are
/// collected by the one thread that may write. When much waits to be collected, fetching does too.
class FetchPool {
  public:
    FetchPool(source::ReleaseSource& source, int threads, Collect collect, Clock& clock,
              Heartbeat& heartbeat);
    /// Asks what is under way to stop, and waits for it.
    ~FetchPool();
    FetchPool(const FetchPool&) = delete;
    FetchPool& operator=(const FetchPool&) = delete;

    /// Error if a thread that is needed cannot be started.
    void add(ClaimedJob job);
    /// Asks for what waits beside the job too; a ReadTogether is collected.
    void add_together(ClaimedJob job, Companions companions);
    /// Asks the source for what it must know, before any job that waits; a Probed is collected.
    void add_probe();
    /// From now on the source is asked for these where it has to show what it is.
    void know(KnownReleases releases);
    /// What has finished since the last call.
    std::vector<FetchResult> collect();
    /// Jobs and probes added whose results were not collected yet.
    std::size_t in_hand() const { return m_in_hand; }
    /// Ends what is under way, and what waits, as stopped.
    void stop();
    /// Readable when there is something to collect; with Collect::many, when there is much, or all
    /// that there will be.
    int descriptor() const { return m_finished_event.descriptor(); }

  private:
    struct Probe {};
    struct Together {
        ClaimedJob job;
        Companions companions;
    };
    using Task = std::variant<ClaimedJob, Together, Probe>;

    void add_task(Task task);
    void count_in();
    void start_thread();
    Fetched do_task(const Task& task, const KnownReleases& known);
    void work(const std::stop_token& stop);
    void finish(FetchResult result);

    source::ReleaseSource& m_source;
    Clock& m_clock;
    Heartbeat& m_heartbeat;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Task> m_waiting;
    KnownReleases m_known;
    std::vector<FetchResult> m_finished;
    std::size_t m_finished_tracks = 0;
    std::size_t m_under_way = 0;
    std::size_t m_most_threads;
    std::size_t m_worth_collecting;  ///< tracks
    std::size_t m_in_hand = 0;       ///< touched by the collecting thread only
    std::stop_source m_stop;
    WakeEvent m_finished_event;
    std::vector<std::jthread> m_threads;
};

}  // namespace pressings::worker
