#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "source/release_source.hpp"
#include "store/job_queue.hpp"
#include "store/request_slots.hpp"
#include "worker/failure_streak.hpp"
#include "worker/fetch_pool.hpp"
#include "worker/retry_policy.hpp"

namespace pressings::worker {

/// Something is wrong with the source, and not with the jobs that failed.
struct Outage {
    JobError error;  ///< of the last of them
    source::Reach reach = source::Reach::answered;
    std::int64_t jobs = 0;  ///< handed back because of it so far, no attempt spent
    Millis hold_ms = 0;     ///< for so long a loop holds still
};

struct DrainOptions {
    std::vector<std::string> queues;       ///< only these; all if empty
    int concurrency = 1;                   ///< jobs whose fetches overlap
    int group = 1;                         ///< jobs in hand beyond those, written in one commit
    std::optional<std::int64_t> max_jobs;  ///< take no more than this
    std::optional<Millis> max_time_ms;     ///< take none after this
    bool loop = false;                     ///< go on when nothing is due
    Millis poll_interval_ms = 5'000;       ///< with `loop`: look at least so often
    Millis grace_ms = 25'000;              ///< for work under way when asked to stop
    Millis lease_ms = 60'000;
    /// So many failures of one kind in a row look like an outage: the source is asked for what it
    /// must know, and if it does not, no job is made to pay for it. A drain ends, a loop holds
    /// still for a while.
    int failures_in_a_row = 3;
    Millis hold_ms = 60'000;
    /// For so long a loop holds still whose source turns it away. One refusal is enough, and
    /// nothing is asked to find out more: who goes on asking is shut out for longer.
    Millis turned_away_hold_ms = 3'600'000;
    /// A job that would have removed too much is handed back for so long, so that others come
    /// first.
    Millis removal_pause_ms = 3'600'000;
    RetryPolicy retry;
    std::string worker_name;
    /// Called now and then while running, and at the end: bounded chores such as pruning.
    std::function<void()> upkeep;
    Millis upkeep_interval_ms = 60'000;
    /// Called about once a second while the worker gets on: while nothing is under way, or what is
    /// has shown a sign of life within `longest_silence_ms`.
    std::function<void()> on_alive;
    Millis longest_silence_ms = 120'000;
    /// Called when a loop holds still because of an outage.
    std::function<void(const Outage&)> held;
    /// Called for each job taken back from a worker that died or stopped.
    std::function<void(const store::Recovered&)> recovered;
};

/// How an attempt ended.
enum class AttemptEnd { done, retrying, failed, released, lost };

/// For the report of one finished attempt.
struct AttemptReport {
    explicit AttemptReport(const ClaimedJob& claimed) : job(claimed) {}

    const ClaimedJob& job;
    AttemptEnd end = AttemptEnd::done;
    ReleaseCounts releases;
    std::vector<NamedCount> counts;        ///< of what is no import
    std::optional<std::int64_t> album_id;  ///< where the releases are, if they were written
    std::optional<Mbid> mbid;              ///< of that album, where it was found out
    std::vector<Oddity> oddities;          ///< what could not be read, and was kept back
    std::optional<JobError> error;
    std::optional<Millis> run_at_ms;  ///< when it will be tried again
    bool told_to_stop = false;        ///< released for that alone
    int requests = 0;
    Millis duration_ms = 0;
};

struct DrainSummary {
    std::int64_t done = 0;
    std::int64_t retrying = 0;
    std::int64_t failed = 0;
    std::int64_t released = 0;
    std::int64_t lost = 0;       ///< results refused, for the job had been taken by another worker
    std::int64_t remaining = 0;  ///< jobs still pending or running
    std::int64_t requests = 0;
    std::int64_t releases = 0;  ///< found
    std::int64_t oddities = 0;  ///< met, and kept back
    Millis duration_ms = 0;
    std::optional<Outage> outage;  ///< there was one at the end
    /// The run ended because it would have removed too much: so much would be gone.
    std::optional<Removals> too_many_removals;
};

/// Takes due jobs, fetches what they need on threads, and writes the results: the life of a worker.
class Drain {
  public:
    using Report = std::function<void(const AttemptReport&)>;

    /// All must outlive it. `signals` and `changes` may be null.
    Drain(store::JobQueue& queue, source::ReleaseSource& source, Clock& clock, Heartbeat& heartbeat,
          const DrainOptions& options, SignalEvents* signals, store::ChangeWatch* changes);

    /// Runs to the end: nothing due, a bound reached, or asked to stop. Calls `report` for each
    /// finished attempt once what became of it is committed.
    DrainSummary run(const Report& report);

  private:
    void recover();
    void take_jobs();
    bool may_take() const;
    void wait();
    void handle_signals();
    void renew();
    void do_upkeep();
    void show_life();
    void write_results(const Report& report);
    void write_result(const FetchResult& result, const Report& report);
    void write_imports(std::vector<FetchResult>& results, const Report& report);
    /// How that ended.
    AttemptEnd write_finding(const store::Finding& finding, Millis duration_ms,
                             const Report& report);
    void finish_failed(const FetchFailure& failure, Millis duration_ms, const Report& report);
    void write_failed(const store::FailedAttempt& failed, Millis duration_ms, const Report& report);

    // Whose fault a failure is: drain_blame.cpp
    void take_failure(const FetchFailure& failure, Millis duration_ms, const Report& report);
    void take_finding(const Probed& probed, const Report& report);
    void note_success(const Report& report);
    void note_throttling(const FetchFailure& failure);
    void start_probe(const Report& report);
    bool is_doubtful() const;
    void blame_jobs(const Report& report);
    void blame_source(const Report& report);
    void hand_back_suspended(const Report& report);
    void hold_for(Millis hold_ms);

    // What waits beside a job: drain_together.cpp
    struct FetchCost {
        int requests = 0;
        Millis duration_ms = 0;
    };
    using Whole = std::unordered_map<Mbid, source::GroupReleases>;
    void start(ClaimedJob job);
    std::optional<Companions> companions_of(const ClaimedJob& job);
    void write_together(ReadTogether& together, Millis duration_ms, const Report& report);
    void write_found_together(FoundTogether& found, Millis duration_ms, const Report& report);
    void write_whole(Whole whole, const std::string& queue, const Report& report);
    void note_asked_together(std::span<const Mbid> groups);
    std::vector<ClaimedJob> take_beside(const ReadTogether& together);
    std::vector<ClaimedJob> claim_imports(const Whole& whole, const std::string& queue);
    void write_or_ask(std::vector<ClaimedJob> jobs, Whole& whole, FetchCost cost,
                      const Report& report);

    std::vector<store::AttemptResult> complete(const std::vector<store::Import>& imports);
    void hand_back_unwritten(const ClaimedJob& job, int requests,
                             const std::optional<Removals>& too_many, Millis duration_ms,
                             const Report& report);
    void learn_known_releases();
    std::size_t under_way() const { return m_held.size() - m_suspended.size(); }
    void finish(const AttemptReport& attempt, const Report& report);
    void hand_back_everything() noexcept;
    Millis wait_time() const;
    Millis renew_interval() const { return m_options.lease_ms / 3; }
    bool is_over() const;

    /// A failure whose cause is not known yet. Its job is held until then.
    struct Suspended {
        FetchFailure failure;
        Millis duration_ms = 0;
    };

    store::JobQueue& m_queue;
    Clock& m_clock;
    Heartbeat& m_heartbeat;
    DrainOptions m_options;
    SignalEvents* m_signals;
    store::ChangeWatch* m_changes;
    FetchPool m_pool;
    std::map<std::int64_t, ClaimedJob> m_held;  ///< by id: claimed, not reported on yet
    std::mt19937_64 m_random{std::random_device{}()};
    DrainSummary m_summary;
    Millis m_begun_ms = 0;
    Millis m_renewed_ms = 0;
    Millis m_recovered_ms = 0;
    Millis m_shown_ms = 0;
    Millis m_look_at_ms = 0;  ///< nothing was due: look again then
    Millis m_upkept_ms = 0;
    std::int64_t m_taken = 0;
    std::vector<Suspended> m_suspended;
    FailureStreak m_streak;
    bool m_probing = false;
    int m_throttled = 0;  ///< attempts in a row
    std::optional<Outage> m_outage;
    std::optional<Removals> m_too_many;
    std::optional<Millis> m_learned_ms;
    std::optional<Millis> m_hold_until_ms;
    bool m_reads_together;                      ///< the source does, where that is cheaper
    std::unordered_set<Mbid> m_asked_together;  ///< release groups, within the last hour or two
    Millis m_asked_together_ms = 0;             ///< the first of them
    std::unordered_set<Mbid> m_being_read;      ///< release groups: together with another job's
    std::vector<ClaimedJob> m_beside;           ///< taken meanwhile, of these groups
    bool m_nothing_due = false;
    bool m_paused = false;
    std::optional<Millis> m_stop_by_ms;  ///< set once asked to stop
};

}  // namespace pressings::worker
