#include "store/sql/catalogue/reader_sql.hpp"
#include "store/sql/outbox/kinds/add_found.hpp"
#include "store/sql/outbox/kinds/write_finding.hpp"
#include "store/sql/outbox/watch_rows.hpp"
#include "store/sql/outbox/watch_sql.hpp"

namespace pressings::store::sql {

namespace {

bool has_release(Connection& connection, const Mbid& release) {
    Query row = connection.query(sql::k_album_of_release);
    return row.bind(release).step();
}

/// How many are new; each of these has a job.
std::int64_t add_new(UnitOfWork& work, const WatchOrder& order, const NewGroups& found) {
    auto releases = found.releases;
    std::erase_if(releases,
                  [&](const Mbid& release) { return has_release(work.connection(), release); });
    return add_found(work, found.albums, releases, order.queue, order.priority);
}

/// What was watched was merged into something else. Whoever watches that already goes on; the
/// watch that is left, if it is ours.
std::optional<WatchRecord> follow(UnitOfWork& work, const WatchRecord& watch, const Mbid& now) {
    const Mbid& before = watch.order.mbid;
    if (before == now) return watch;
    if (load_watch(work.connection(), now)) {
        work.query(sql::k_delete_watch).bind(before).run();
        return std::nullopt;
    }
    work.query(sql::k_move_watch).bind(before, now).run();
    WatchRecord moved = watch;
    moved.order.mbid = now;
    return moved;
}

/// The part that follows comes before the imports of the albums that were found: a list is gone
/// through in one go.
NextLook go_on(UnitOfWork& work, const ClaimedJob& job, const WatchRecord& watch,
               std::optional<std::int64_t> rest) {
    const WatchOrder& order = watch.order;
    const NextLook next = next_look(parse_watch_look(job.arguments), {order.entity, order.types, 0},
                                    rest, order.every_ms, work.now_ms());
    if (next.at_once && !open_watch_job(work.connection(), order.mbid)) {
        insert_watch_job(work, watch, next.at_once->position);
    }
    return next;
}

void note_part(UnitOfWork& work, const WatchRecord& watch, const NewGroups& found,
               std::int64_t created, const NextLook& next) {
    const Mbid& mbid = watch.order.mbid;
    work.query(sql::k_note_watch_part)
        .bind(mbid, to_string(found.entity), found.name, created,
              next.at_once ? next.at_once->position : 0)
        .run();
    if (next.at_once) return;
    work.query(sql::k_note_watch_look).bind(mbid, work.now_ms(), next.look_at_ms).run();
}

}  // namespace

std::vector<NamedCount> write(UnitOfWork& work, const ClaimedJob& job, const NewGroups& found) {
    const auto listed = static_cast<std::int64_t>(found.albums.size() + found.releases.size());
    const auto known = load_watch(work.connection(), job.subject.value());
    if (!known) return {{"albums", listed}, {"queued", 0}};  // ended since
    supersede_failed_looks(work, known->order.mbid);
    auto watch = follow(work, *known, found.mbid);
    std::int64_t created = 0;
    if (watch) {
        watch->order.entity = found.entity;
        const NextLook next = go_on(work, job, *watch, found.rest);
        created = add_new(work, watch->order, found);
        note_part(work, *watch, found, created, next);
    } else {
        created = add_new(work, known->order, found);
    }
    return {{"albums", listed}, {"queued", created}};
}

}  // namespace pressings::store::sql
