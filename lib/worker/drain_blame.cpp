// The part of Drain that tells whose fault a failure is. A passing failure may be the job's own,
// such as a group that a server cannot list, or that of the source, which fails whatever it is
// asked. A job pays for its own only: what failed waits until something else goes well, or until
// the source was asked for what it must know.
#include <algorithm>
#include <utility>

#include "worker/drain.hpp"

namespace pressings::worker {

namespace {

/// What the catalogue has is asked for anew after this time: some of it may be gone by then.
constexpr Millis k_known_for = 60'000;

/// A service that wants quiet for longer than this is not worth another job now.
constexpr Millis k_short_throttling = 30'000;

}  // namespace

void Drain::take_failure(const FetchFailure& failure, Millis duration_ms, const Report& report) {
    using source::ErrorKind;
    switch (failure.kind) {
        case ErrorKind::permanent:
            note_success(report);
            finish_failed(failure, duration_ms, report);
            return;
        case ErrorKind::throttled:
            note_throttling(failure);
            finish_failed(failure, duration_ms, report);
            return;
        case ErrorKind::stopped:
            finish_failed(failure, duration_ms, report);
            return;
        case ErrorKind::transient:
            break;
    }
    m_throttled = 0;
    m_streak.add(failure);
    m_suspended.push_back({failure, duration_ms});
    if (failure.reach == source::Reach::turned_away) blame_source(report);
}

/// The source has answered as it should. What failed before had a cause of its own.
void Drain::note_success(const Report& report) {
    m_throttled = 0;
    m_streak.reset();
    m_outage.reset();
    m_hold_until_ms.reset();
    blame_jobs(report);
}

void Drain::note_throttling(const FetchFailure& failure) {
    ++m_throttled;
    const Millis asked = failure.retry_after_ms.value_or(0);
    if (asked <= k_short_throttling && m_throttled < m_options.failures_in_a_row) return;
    hold_for(std::clamp(asked, m_options.retry.shortest_throttled_wait_ms,
                        m_options.retry.longest_throttled_wait_ms));
}

bool Drain::is_doubtful() const {
    return !m_suspended.empty() && (m_outage || m_streak.length() >= m_options.failures_in_a_row);
}

/// As long as another job is to be had or under way, that one may still go well.
void Drain::start_probe(const Report& report) {
    if (m_suspended.empty() || m_probing) return;
    if (!is_doubtful() && under_way() > 0) return;
    if (m_stop_by_ms) {
        hand_back_suspended(report);
        return;
    }
    learn_known_releases();
    m_pool.add_probe();
    m_probing = true;
}

void Drain::take_finding(const Probed& probed, const Report& report) {
    m_probing = false;
    m_summary.requests += probed.requests;
    if (m_suspended.empty()) return;  // something went well meanwhile
    using enum Probed::Finding;
    if (m_stop_by_ms) {
        hand_back_suspended(report);
    } else if (probed.finding == well) {
        note_success(report);
    } else if (probed.finding == unwell || is_doubtful()) {
        blame_source(report);
    } else {
        blame_jobs(report);
    }
}

void Drain::blame_jobs(const Report& report) {
    for (const Suspended& suspended : std::exchange(m_suspended, {}))
        finish_failed(suspended.failure, suspended.duration_ms, report);
}

void Drain::blame_source(const Report& report) {
    if (!m_outage) m_outage.emplace();
    m_outage->error = m_suspended.back().failure.error;
    m_outage->reach = m_suspended.back().failure.reach;
    m_outage->jobs += static_cast<std::int64_t>(m_suspended.size());
    const bool is_refusal = m_outage->reach == source::Reach::turned_away;
    m_outage->hold_ms = is_refusal ? m_options.turned_away_hold_ms : m_options.hold_ms;
    hand_back_suspended(report);
    hold_for(m_outage->hold_ms);
    if (m_options.loop && m_options.held) m_options.held(*m_outage);
}

void Drain::hand_back_suspended(const Report& report) {
    for (const auto& [failure, duration_ms] : std::exchange(m_suspended, {})) {
        const Millis run_at_ms = m_clock.now_ms() + m_options.retry.wait_ms(failure.job.attempt);
        write_failed(
            {failure.job, store::Verdict::requeue, failure.error, run_at_ms, failure.requests},
            duration_ms, report);
    }
}

void Drain::hold_for(Millis hold_ms) {
    m_hold_until_ms = m_clock.steady_ms() + hold_ms;
}

/// Nothing is changed once the limit was met: what is under way is handed back as it comes.
std::vector<store::AttemptResult> Drain::complete(const std::vector<store::Import>& imports) {
    if (!m_too_many) {
        auto reports = m_queue.complete(imports);
        for (const store::AttemptResult& report : reports) {
            if (report.too_many) m_too_many = report.too_many;
        }
        if (m_too_many) m_pool.stop();
        return reports;
    }
    store::AttemptResult not_reached;
    not_reached.not_reached = true;
    return {imports.size(), not_reached};
}

/// A job that would have removed too much waits for a while, so that others come first next time.
void Drain::hand_back_unwritten(const ClaimedJob& job, int requests,
                                const std::optional<Removals>& too_many, Millis duration_ms,
                                const Report& report) {
    store::FailedAttempt failed;
    failed.job = job;
    failed.verdict = store::Verdict::requeue;
    failed.run_at_ms = m_clock.now_ms() + (too_many ? m_options.removal_pause_ms : 0);
    failed.requests = requests;
    failed.error =
        too_many
            ? JobError{"too_many_removals",
                       "the source lacks what the catalogue has, and too much has been removed "
                       "of late; see run --allow-removals"}
            : JobError{"run_stopped",
                       "the run stopped, for another job would have removed "
                       "too much"};
    write_failed(failed, duration_ms, report);
}

void Drain::learn_known_releases() {
    const Millis now = m_clock.steady_ms();
    if (m_learned_ms && now - *m_learned_ms < k_known_for) return;
    m_pool.know(m_queue.known_releases());
    m_learned_ms = now;
}

}  // namespace pressings::worker
