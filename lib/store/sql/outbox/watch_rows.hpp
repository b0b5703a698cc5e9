#pragma once

#include <optional>

#include "store/job_inspector.hpp"
#include "store/sql/unit_of_work.hpp"
#include "store/watch_list.hpp"

namespace pressings::store::sql {

std::vector<WatchRecord> load_watches(Connection& connection);
std::optional<WatchRecord> load_watch(Connection& connection, const Mbid& mbid);

std::int64_t count_due_watches(Connection& connection, Millis now_ms);
WatchCounts count_watches(Connection& connection, Millis now_ms);

/// The open job of what is watched, if there is one.
std::optional<std::int64_t> open_watch_job(Connection& connection, const Mbid& mbid);

/// Queues a job of a watch that has none open: from `position` on. The watch is next due when its
/// interval has passed. The job's id.
std::int64_t insert_watch_job(UnitOfWork& work, const WatchRecord& watch, std::int64_t position);

/// The job's watch is not looked at any more.
void note_watch_gone(UnitOfWork& work, const Mbid& mbid, const JobError& why);

/// Looks that failed are no failures any more: a later one went well, or the watch was ended.
void supersede_failed_looks(UnitOfWork& work, const Mbid& mbid);

}  // namespace pressings::store::sql
