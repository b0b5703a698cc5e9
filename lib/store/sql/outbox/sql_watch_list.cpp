#include "store/sql/outbox/sql_watch_list.hpp"

#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/watch_rows.hpp"
#include "store/sql/outbox/watch_sql.hpp"

namespace pressings::store::sql {

namespace {

bool is_same(const WatchOrder& known, const WatchOrder& ordered) {
    return (!ordered.entity || known.entity == ordered.entity) && known.types == ordered.types &&
           known.every_ms == ordered.every_ms && known.queue == ordered.queue &&
           known.priority == ordered.priority;
}

OrderedWatch begin_watch(UnitOfWork& work, const WatchOrder& order) {
    work.query(sql::k_insert_watch)
        .bind(order.mbid,
              order.entity ? std::optional{std::string{to_string(*order.entity)}} : std::nullopt,
              to_text(order.types), order.every_ms, order.queue, order.priority, work.now_ms())
        .run();
    WatchRecord watch;
    watch.order = order;
    // A job may be left of a watch that was ended and whose job somebody has run again.
    auto job = open_watch_job(work.connection(), order.mbid);
    if (!job) job = insert_watch_job(work, watch, 0);
    return {WatchChange::created, job};
}

/// A job that waits does what is wanted now; one under way is followed by another (next_look).
void redirect(UnitOfWork& work, std::int64_t job_id, const WatchRecord& watch) {
    std::string queue;
    {
        Query row = work.query(sql::k_queue_of_job);
        if (!row.bind(job_id).step() || row.text(1) != to_string(JobState::pending)) return;
        queue = row.text(0);
    }
    const WatchOrder& order = watch.order;
    work.query(sql::k_set_arguments)
        .bind(job_id, to_arguments({order.entity, order.types, watch.position}), order.queue,
              order.priority)
        .run();
    work.totals().jobs(JobState::pending, queue, -1);
    work.totals().jobs(JobState::pending, order.queue, 1);
}

OrderedWatch change_watch(UnitOfWork& work, const WatchRecord& known, const WatchOrder& order) {
    Connection& connection = work.connection();
    const bool begins_anew = known.gone || known.order.types != order.types;
    work.query(sql::k_change_watch)
        .bind(order.mbid,
              order.entity ? std::optional{std::string{to_string(*order.entity)}} : std::nullopt,
              to_text(order.types), order.every_ms, order.queue, order.priority, work.now_ms())
        .run();
    if (known.gone) supersede_failed_looks(work, order.mbid);
    if (begins_anew) work.query(sql::k_restart_watch).bind(order.mbid).run();
    const WatchRecord watch = load_watch(connection, order.mbid).value();
    auto job = open_watch_job(connection, order.mbid);
    if (job) redirect(work, *job, watch);
    if (!job && begins_anew) job = insert_watch_job(work, watch, 0);
    return {WatchChange::updated, job};
}

}  // namespace

OrderedWatch SqlWatchList::order(const WatchOrder& order, Mode mode) {
    return guarded_verb(m_connection, [&] {
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const auto known = load_watch(m_connection, order.mbid);
        const auto job = open_watch_job(m_connection, order.mbid);
        if (known && !known->gone && is_same(known->order, order)) {
            return OrderedWatch{WatchChange::exists, job};
        }
        OrderedWatch ordered = known ? change_watch(work, *known, order) : begin_watch(work, order);
        if (mode == Mode::write) {
            work.commit();
        } else {
            ordered.job_id = job;
        }
        return ordered;
    });
}

std::optional<WatchRecord> SqlWatchList::end(const Mbid& mbid, Mode mode) {
    return guarded_verb(m_connection, [&] {
        UnitOfWork work{m_connection, m_clock.now_ms()};
        const auto known = load_watch(m_connection, mbid);
        if (!known || mode == Mode::dry_run) return known;
        if (const auto job = open_watch_job(m_connection, mbid)) {
            std::string queue;
            JobState state{};
            {
                Query row = work.query(sql::k_queue_of_job);
                row.bind(*job).step();
                queue = row.text(0);
                state = parse_job_state(row.text(1)).value();
            }
            cancel_job(work, *job, JobError{"unwatched", "the watch was ended", {}});
            work.totals().move_job(queue, state, JobState::cancelled);
        }
        supersede_failed_looks(work, mbid);
        work.query(sql::k_delete_watch).bind(mbid).run();
        work.commit();
        return known;
    });
}

std::vector<WatchRecord> SqlWatchList::all() {
    return guarded(m_connection, [&] { return load_watches(m_connection); });
}

std::int64_t SqlWatchList::due() {
    return guarded(m_connection, [&] { return count_due_watches(m_connection, m_clock.now_ms()); });
}

int SqlWatchList::queue_due(int limit) {
    return guarded_verb(m_connection, [&] {
        // Looked at first without the lock: nothing due is nothing to write.
        if (count_due_watches(m_connection, m_clock.now_ms()) == 0) return 0;
        UnitOfWork work{m_connection, m_clock.now_ms()};
        std::vector<Mbid> due;
        {
            Query row = work.query(sql::k_due_watches);
            row.bind(work.now_ms(), limit);
            while (row.step())
                due.push_back(row.mbid(0));
        }
        for (const Mbid& mbid : due) {
            const WatchRecord watch = load_watch(m_connection, mbid).value();
            insert_watch_job(work, watch, watch.position);
        }
        work.commit();
        return static_cast<int>(due.size());
    });
}

}  // namespace pressings::store::sql
