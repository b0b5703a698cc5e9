#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

#include <fmt/format.h>

#include "store/sqlite/engine/unit_of_work.hpp"
#include "store/sqlite/outbox/job_sql.hpp"
#include "store/sqlite/search/search_index.hpp"

namespace pressings::store::sqlite {

std::vector<SqliteMaintenance::Prunable> SqliteMaintenance::prunable(Millis before_ms,
                                                                     std::optional<JobState> state,
                                                                     int limit) {
    const bool failed = state == JobState::failed;
    const auto name = state ? std::optional{std::string{to_string(*state)}} : std::nullopt;
    std::vector<Prunable> jobs;
    Query row = m_connection.query(failed ? sql::k_prunable_failed : sql::k_prunable_done);
    row.bind(before_ms, name, limit);
    while (row.step()) {
        jobs.push_back({row.integer(0), row.text(1), *parse_job_state(row.text(2)),
                        row.maybe_text(3).value_or("unknown")});
    }
    return jobs;
}

std::int64_t SqliteMaintenance::prune(Millis before_ms, std::optional<JobState> state, int limit,
                                      Mode mode) {
    return guarded(m_connection, [&]() -> std::int64_t {
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

void SqliteMaintenance::forget_old_work() {
    constexpr Millis k_minutes_kept = 24 * 60;
    guarded(m_connection, [&] {
        const Millis first_kept = believed_now_ms() / 60'000 - k_minutes_kept;
        // Looked at first without the lock: nothing to delete is nothing to write.
        if (!m_connection.query(sql::k_old_work).bind(first_kept).step()) return;
        WriteTransaction transaction{m_connection};
        m_connection.query(sql::k_delete_old_work).bind(first_kept).run();
        transaction.commit();
    });
}

std::int64_t SqliteMaintenance::index_albums(int most) {
    return guarded(m_connection, [&]() -> std::int64_t {
        // Looked at first without the lock: nothing to do is nothing to write.
        if (unindexed_albums(m_connection, 1).empty()) return 0;
        WriteTransaction transaction{m_connection};
        const std::int64_t indexed = index_some(m_connection, most);
        transaction.commit();
        return indexed;
    });
}

std::optional<std::string> SqliteMaintenance::advice() {
    constexpr std::int64_t k_long_log = std::int64_t{256} << 20U;
    const auto bytes = m_connection.log_bytes();
    if (bytes < k_long_log) return std::nullopt;
    return fmt::format(
        "the database's log has grown to {} MB: a program that has been reading for long keeps it "
        "from being emptied; look for an open sqlite3 or Datasette",
        bytes >> 20U);
}

}  // namespace pressings::store::sqlite
