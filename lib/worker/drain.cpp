#include "worker/drain.hpp"

#include <algorithm>
#include <utility>

namespace pressings::worker {

namespace {

/// How often a worker looks for jobs of workers that died.
constexpr Millis k_recover_interval = 1'000;
constexpr Millis k_life_interval = 1'000;

AttemptEnd end_of(store::Verdict verdict) {
    switch (verdict) {
        case store::Verdict::retry:
            return AttemptEnd::retrying;
        case store::Verdict::fail:
            return AttemptEnd::failed;
        case store::Verdict::requeue:
        case store::Verdict::quiet:
        case store::Verdict::stop:
            return AttemptEnd::released;
    }
    return AttemptEnd::released;
}

}  // namespace

Drain::Drain(store::JobQueue& queue, source::ReleaseSource& source, Clock& clock,
             Heartbeat& heartbeat, const DrainOptions& options, SignalEvents* signals,
             store::ChangeWatch* changes)
    : m_queue(queue),
      m_clock(clock),
      m_heartbeat(heartbeat),
      m_options(options),
      m_signals(signals),
      m_changes(changes),
      m_pool(source, options.concurrency, options.group > 1 ? Collect::many : Collect::each, clock,
             heartbeat),
      m_reads_together(source.reads_together()) {}

DrainSummary Drain::run(const Report& report) {
    m_begun_ms = m_upkept_ms = m_clock.steady_ms();
    m_queue.start_worker(m_options.worker_name);
    try {
        while (true) {
            handle_signals();
            recover();
            take_jobs();
            start_probe(report);
            if (is_over()) break;
            wait();
            renew();
            write_results(report);
            do_upkeep();
            show_life();
        }
    } catch (...) {
        hand_back_everything();
        throw;
    }
    if (m_options.upkeep) m_options.upkeep();
    m_summary.remaining = m_queue.backlog({m_options.queues}).open;
    m_summary.duration_ms = m_clock.steady_ms() - m_begun_ms;
    m_summary.outage = m_outage;
    m_summary.too_many_removals = m_too_many;
    return m_summary;
}

bool Drain::is_over() const {
    if (!m_held.empty()) return false;
    if (m_too_many) return true;
    if (m_stop_by_ms || m_paused) return !m_options.loop || m_stop_by_ms;
    if (m_options.max_jobs && m_taken >= *m_options.max_jobs) return true;
    const bool out_of_time =
        m_options.max_time_ms && m_clock.steady_ms() - m_begun_ms >= *m_options.max_time_ms;
    return out_of_time || ((m_nothing_due || m_hold_until_ms) && !m_options.loop);
}

void Drain::handle_signals() {
    while (m_signals != nullptr) {
        const auto wish = m_signals->next();
        if (!wish) break;
        if (*wish == SignalRequest::pause) {
            m_paused = true;
        } else if (m_stop_by_ms) {
            m_pool.stop();  // asked twice: now
        } else {
            m_stop_by_ms = m_clock.steady_ms() + m_options.grace_ms;
        }
    }
    if (m_stop_by_ms && m_clock.steady_ms() >= *m_stop_by_ms) m_pool.stop();
}

void Drain::recover() {
    const Millis now = m_clock.steady_ms();
    if (m_recovered_ms != 0 && now - m_recovered_ms < k_recover_interval) return;
    m_recovered_ms = now;
    for (const store::Recovered& job : m_queue.recover()) {
        if (m_options.recovered) m_options.recovered(job);
        m_nothing_due = false;
    }
}

bool Drain::may_take() const {
    if (m_stop_by_ms || m_paused || m_nothing_due) return false;
    if (m_too_many || m_probing || is_doubtful()) return false;
    if (m_hold_until_ms && m_clock.steady_ms() < *m_hold_until_ms) return false;
    const bool suspect_in_hand = std::any_of(m_held.begin(), m_held.end(),
                                             [](const auto& held) { return held.second.suspect; });
    if (suspect_in_hand) return false;
    const auto capacity = static_cast<std::size_t>(m_options.concurrency + m_options.group - 1);
    const auto low = m_options.group > 1 ? capacity / 2 : capacity - 1;
    if (under_way() > low) return false;
    if (m_options.max_jobs && m_taken >= *m_options.max_jobs) return false;
    return !m_options.max_time_ms || m_clock.steady_ms() - m_begun_ms < *m_options.max_time_ms;
}

void Drain::take_jobs() {
    if (!may_take()) return;
    const int capacity = m_options.concurrency + m_options.group - 1;
    store::ClaimFilter filter{m_options.queues, capacity - static_cast<int>(under_way()),
                              m_held.empty()};
    if (m_options.max_jobs) {
        filter.limit =
            static_cast<int>(std::min<std::int64_t>(filter.limit, *m_options.max_jobs - m_taken));
    }
    auto jobs = m_queue.claim(filter, m_options.lease_ms);
    m_nothing_due = jobs.empty();
    m_look_at_ms = m_clock.steady_ms() + m_options.poll_interval_ms;
    if (m_nothing_due && m_options.loop) {
        const auto next = m_queue.backlog({m_options.queues}).next_run_at_ms;
        const Millis wait = next ? std::max<Millis>(0, *next - m_clock.now_ms()) : 0;
        if (next) m_look_at_ms = std::min(m_look_at_ms, m_clock.steady_ms() + wait);
    }
    m_taken += static_cast<std::int64_t>(jobs.size());
    if (m_held.empty()) m_renewed_ms = m_clock.steady_ms();  // their leases are fresh
    if (std::any_of(jobs.begin(), jobs.end(), [](const auto& job) { return job.imported; })) {
        learn_known_releases();
    }
    for (ClaimedJob& job : jobs) {
        m_held.emplace(job.id, job);
        start(std::move(job));
    }
}

/// Until there may be something to do. Never longer than it takes to notice a dead worker.
Millis Drain::wait_time() const {
    const Millis now = m_clock.steady_ms();
    Millis until = now + k_recover_interval;
    if (m_stop_by_ms && now < *m_stop_by_ms) until = std::min(until, *m_stop_by_ms);
    if (!m_held.empty()) until = std::min(until, m_renewed_ms + renew_interval());
    const bool held_off = m_hold_until_ms && now < *m_hold_until_ms;
    if (held_off) until = std::min(until, *m_hold_until_ms);
    if (m_held.empty() && !m_paused && !held_off) until = std::min(until, m_look_at_ms);
    return std::max<Millis>(0, until - now);
}

void Drain::wait() {
    const int signals = m_signals != nullptr ? m_signals->descriptor() : -1;
    const int changes = m_changes != nullptr ? m_changes->descriptor() : -1;
    const int waited_for[] = {m_pool.descriptor(), signals, changes};
    wait_for(waited_for, wait_time());
    const bool changed = m_changes != nullptr && m_changes->changed();
    if (changed || m_clock.steady_ms() >= m_look_at_ms) m_nothing_due = false;
}

void Drain::renew() {
    const Millis now = m_clock.steady_ms();
    if (m_held.empty() || now - m_renewed_ms < renew_interval()) return;
    m_queue.renew(m_options.lease_ms);
    m_renewed_ms = now;
}

void Drain::do_upkeep() {
    const Millis now = m_clock.steady_ms();
    if (!m_options.upkeep || now - m_upkept_ms < m_options.upkeep_interval_ms) return;
    m_options.upkeep();
    m_upkept_ms = now;
}

void Drain::show_life() {
    const Millis now = m_clock.steady_ms();
    if (!m_options.on_alive || now - m_shown_ms < k_life_interval) return;
    if (!m_held.empty() && m_heartbeat.silence_ms() > m_options.longest_silence_ms) return;
    m_options.on_alive();
    m_shown_ms = now;
}

void Drain::write_results(const Report& report) {
    auto results = m_pool.collect();
    if (results.empty()) return;
    write_imports(results, report);
    for (FetchResult& result : results) {
        if (auto* together = std::get_if<ReadTogether>(&result.fetched)) {
            write_together(*together, result.duration_ms, report);
        } else if (auto* found = std::get_if<FoundTogether>(&result.fetched)) {
            write_found_together(*found, result.duration_ms, report);
        } else {
            write_result(result, report);
        }
    }
    m_nothing_due = false;
}

void Drain::write_result(const FetchResult& result, const Report& report) {
    if (const auto* failure = std::get_if<FetchFailure>(&result.fetched)) {
        take_failure(*failure, result.duration_ms, report);
    } else if (const auto* finding = std::get_if<store::Finding>(&result.fetched)) {
        write_finding(*finding, result.duration_ms, report);
    } else if (const auto* probed = std::get_if<Probed>(&result.fetched)) {
        take_finding(*probed, report);
    }
}

void Drain::write_imports(std::vector<FetchResult>& results, const Report& report) {
    std::vector<store::Import> imports;
    std::vector<Millis> durations;
    for (FetchResult& result : results) {
        if (auto* import = std::get_if<store::Import>(&result.fetched)) {
            imports.push_back(std::move(*import));
            durations.push_back(result.duration_ms);
        }
    }
    if (imports.empty()) return;
    note_success(report);
    const auto written = complete(imports);
    for (std::size_t i = 0; i < imports.size(); ++i) {
        if (written[i].too_many || written[i].not_reached) {
            hand_back_unwritten(imports[i].job, imports[i].requests, written[i].too_many,
                                durations[i], report);
            continue;
        }
        AttemptReport attempt{imports[i].job};
        attempt.end = written[i].accepted ? AttemptEnd::done
                      : written[i].error  ? AttemptEnd::failed
                                          : AttemptEnd::lost;
        attempt.releases = written[i].releases;
        attempt.album_id = written[i].album_id;
        attempt.oddities = written[i].oddities;
        if (imports[i].release_group) attempt.mbid = imports[i].release_group->mbid;
        attempt.error = written[i].error;
        attempt.requests = imports[i].requests;
        attempt.duration_ms = durations[i];
        finish(attempt, report);
    }
}

AttemptEnd Drain::write_finding(const store::Finding& finding, Millis duration_ms,
                                const Report& report) {
    note_success(report);
    if (m_too_many) {
        hand_back_unwritten(finding.job, finding.requests, {}, duration_ms, report);
        return AttemptEnd::released;
    }
    AttemptReport attempt{finding.job};
    store::AttemptResult written = m_queue.complete(finding);
    attempt.end = written.accepted ? AttemptEnd::done : AttemptEnd::lost;
    attempt.counts = std::move(written.counts);
    attempt.requests = finding.requests;
    attempt.duration_ms = duration_ms;
    finish(attempt, report);
    return attempt.end;
}

void Drain::finish_failed(const FetchFailure& failure, Millis duration_ms, const Report& report) {
    const double random = std::uniform_real_distribution<double>{0.0, 1.0}(m_random);
    const auto decision = m_options.retry.decide(failure.kind, failure.retry_after_ms,
                                                 failure.job.attempt, m_clock.now_ms(), random);
    write_failed(
        {failure.job, decision.verdict, failure.error, decision.run_at_ms, failure.requests},
        duration_ms, report);
}

void Drain::write_failed(const store::FailedAttempt& failed, Millis duration_ms,
                         const Report& report) {
    AttemptReport attempt{failed.job};
    attempt.end =
        m_queue.finish_failed(failed).accepted ? end_of(failed.verdict) : AttemptEnd::lost;
    attempt.told_to_stop = failed.verdict == store::Verdict::stop;
    attempt.error = failed.error;
    if (failed.verdict != store::Verdict::fail) attempt.run_at_ms = failed.run_at_ms;
    attempt.requests = failed.requests;
    attempt.duration_ms = duration_ms;
    finish(attempt, report);
}

void Drain::finish(const AttemptReport& attempt, const Report& report) {
    std::int64_t* const counters[] = {&m_summary.done, &m_summary.retrying, &m_summary.failed,
                                      &m_summary.released, &m_summary.lost};
    ++*counters[static_cast<std::size_t>(attempt.end)];
    m_summary.requests += attempt.requests;
    m_summary.releases += attempt.releases.total;
    m_summary.oddities += static_cast<std::int64_t>(attempt.oddities.size());
    m_held.erase(attempt.job.id);
    report(attempt);
}

void Drain::hand_back_everything() noexcept {
    m_pool.stop();
    for (const auto& [id, job] : m_held) {
        try {
            store::FailedAttempt ended;
            ended.job = job;
            ended.verdict = store::Verdict::requeue;
            ended.error = JobError{"worker_failed", "its worker ended with an error of its own"};
            ended.run_at_ms = m_clock.now_ms();
            m_queue.finish_failed(ended);
        } catch (...) {
            return;  // the database itself is the trouble; the next worker will take them back
        }
    }
}

}  // namespace pressings::worker
