#include "store/sql/outbox/watch_rows.hpp"

#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/watch_sql.hpp"

namespace pressings::store::sql {

namespace {

std::optional<JobError> maybe_error(const Query& row, int code) {
    const auto name = row.maybe_text(code);
    if (!name) return std::nullopt;
    return JobError{*name, row.maybe_text(code + 1).value_or(""), {}};
}

WatchRecord read_watch(const Query& row) {
    WatchRecord watch;
    watch.order.mbid = row.mbid(1);
    watch.order.entity = parse_entity_type(row.maybe_text(2).value_or(""));
    watch.name = row.maybe_text(3);
    watch.order.types = parse_type_filter(row.text(4));
    watch.order.every_ms = row.integer(5);
    watch.order.queue = row.text(6);
    watch.order.priority = static_cast<int>(row.integer(7));
    watch.created_at_ms = row.integer(8);
    watch.looked_at_ms = row.maybe_integer(9);
    watch.next_at_ms = row.maybe_integer(10);
    watch.position = row.integer(11);
    watch.found = row.integer(12);
    watch.gone = maybe_error(row, 13);
    const auto state = row.maybe_text(16);
    if (!state) return watch;
    watch.job_id = row.maybe_integer(15);
    watch.job_state = parse_job_state(*state);
    watch.job_error = maybe_error(row, 17);
    return watch;
}

}  // namespace

std::vector<WatchRecord> load_watches(Connection& connection) {
    std::vector<WatchRecord> watches;
    Query row = connection.query(sql::k_watches);
    while (row.step())
        watches.push_back(read_watch(row));
    return watches;
}

std::optional<WatchRecord> load_watch(Connection& connection, const Mbid& mbid) {
    Query row = connection.query(sql::k_watch);
    if (!row.bind(mbid).step()) return std::nullopt;
    return read_watch(row);
}

std::int64_t count_due_watches(Connection& connection, Millis now_ms) {
    Query row = connection.query(sql::k_count_due_watches);
    return row.bind(now_ms).step() ? row.integer(0) : 0;
}

WatchCounts count_watches(Connection& connection, Millis now_ms) {
    WatchCounts counts;
    Query row = connection.query(sql::k_count_watches);
    if (!row.step()) return counts;
    counts.total = row.integer(0);
    counts.gone = row.integer(1);
    counts.due = count_due_watches(connection, now_ms);
    return counts;
}

std::optional<std::int64_t> open_watch_job(Connection& connection, const Mbid& mbid) {
    Query row = connection.query(sql::k_open_job_of_subject);
    if (!row.bind(to_string(JobKind::watch), mbid).step()) return std::nullopt;
    return row.integer(0);
}

std::int64_t insert_watch_job(UnitOfWork& work, const WatchRecord& watch, std::int64_t position) {
    const WatchOrder& order = watch.order;
    const std::int64_t id = insert_job(work, {JobKind::watch,
                                              {},
                                              order.mbid,
                                              to_arguments({order.entity, order.types, position}),
                                              order.queue,
                                              order.priority});
    work.query(sql::k_note_watch_job).bind(order.mbid, id, work.now_ms() + order.every_ms).run();
    return id;
}

void note_watch_gone(UnitOfWork& work, const Mbid& mbid, const JobError& why) {
    work.query(sql::k_note_watch_gone).bind(mbid, why.code, why.message).run();
}

void supersede_failed_looks(UnitOfWork& work, const Mbid& mbid) {
    Query row = work.query(sql::k_supersede_failed_looks);
    row.bind(mbid);
    while (row.step()) {
        work.totals().move_job(row.text(0), JobState::failed, JobState::superseded);
        work.totals().failures(row.maybe_text(1).value_or("unknown"), -1);
    }
}

}  // namespace pressings::store::sql
