#include "store/sql/upkeep/sql_maintenance.hpp"

#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/search/documents.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

std::vector<SqlMaintenance::Prunable> SqlMaintenance::prunable(Millis before_ms,
                                                               std::optional<JobState> state,
                                                               int limit) {
    const bool failed = state == JobState::failed;
    const auto name = state ? std::optional{std::string{to_string(*state)}} : std::nullopt;
    std::vector<Prunable> jobs;
    Query row = m_connection.query(failed ? sql::k_prunable_failed : sql::k_prunable_done);
    row.bind(before_ms, name, row_limit(limit));
    while (row.step()) {
        jobs.push_back({row.integer(0), row.text(1), *parse_job_state(row.text(2)),
                        row.maybe_text(3).value_or("unknown")});
    }
    return jobs;
}

std::int64_t SqlMaintenance::prune(Millis before_ms, std::optional<JobState> state, int limit,
                                   Mode mode) {
    return guarded_verb(m_connection, [&]() -> std::int64_t {
        // Looked at first without the lock: nothing to delete is nothing to write.
        const auto seen = prunable(before_ms, state, limit);
        if (mode == Mode::dry_run || seen.empty()) return static_cast<std::int64_t>(seen.size());
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const auto jobs = prunable(before_ms, state, limit);
        for (const Prunable& job : jobs) {
            work.query(sql::k_delete_job).bind(job.id).run();
            work.totals().jobs(job.state, job.queue, -1);
            if (job.state == JobState::failed) work.totals().failures(job.error_code, -1);
        }
        work.commit();
        return static_cast<std::int64_t>(jobs.size());
    });
}

void SqlMaintenance::forget_old_work() {
    constexpr Millis k_minutes_kept = 24 * 60;
    guarded_verb(m_connection, [&] {
        const Millis first_kept = believed_now_ms() / 60'000 - k_minutes_kept;
        // Looked at first without the lock: nothing to delete is nothing to write.
        if (!m_connection.query(sql::k_old_work).bind(first_kept).step()) return;
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_delete_old_work).bind(first_kept).run();
        transaction.commit();
    });
}

std::int64_t SqlMaintenance::index_albums(int most) {
    return guarded_verb(m_connection, [&]() -> std::int64_t {
        // Looked at first without the lock: nothing to do is nothing to write.
        if (unindexed_albums(m_connection, 1).empty()) return 0;
        WriteTransaction transaction{m_connection};
        const std::int64_t indexed = index_some(m_connection, m_index, most);
        transaction.commit();
        return indexed;
    });
}

}  // namespace pressings::store::sql
