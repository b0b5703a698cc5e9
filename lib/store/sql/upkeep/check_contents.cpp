#include "store/sql/upkeep/check_contents.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/job.hpp"
#include "store/sql/upkeep/check_sql.hpp"

namespace pressings::store::sql {

namespace {

/// A count that must be zero, and what it means if it is not.
struct Invariant {
    std::string_view count;
    std::string_view meaning;
};

/// What release_counts has, counted anew.
#define PRESSINGS_COUNTED_RELEASES                                                           \
    "SELECT 'format', format, count(*) FROM releases WHERE removed_at IS NULL GROUP BY 2 "   \
    "UNION ALL SELECT 'status', coalesce(status, ''), count(*) FROM releases "               \
    "WHERE removed_at IS NULL GROUP BY 2 "                                                   \
    "UNION ALL SELECT 'country', coalesce(country, ''), count(*) FROM releases "             \
    "WHERE removed_at IS NULL GROUP BY 2 "                                                   \
    "UNION ALL SELECT 'decade', CASE WHEN date < ':' "                                       \
    "THEN substr(date, 1, 3) || '0s' ELSE '' END, count(*) FROM releases "                   \
    "WHERE removed_at IS NULL GROUP BY 2 "                                                   \
    "UNION ALL SELECT 'known', CASE barcode WHEN '' THEN 'no_barcode' ELSE 'barcode' END, "  \
    "count(*) FROM releases WHERE removed_at IS NULL AND barcode IS NOT NULL GROUP BY 2 "    \
    "UNION ALL SELECT 'label', lower(substr(hex(l.mbid), 1, 8) || '-' || "                   \
    "substr(hex(l.mbid), 9, 4) || '-' || substr(hex(l.mbid), 13, 4) || '-' || "              \
    "substr(hex(l.mbid), 17, 4) || '-' || substr(hex(l.mbid), 21)), "                        \
    "count(DISTINCT i.release_id) FROM label_info i JOIN labels l ON l.id = i.label_id "     \
    "JOIN releases r ON r.id = i.release_id WHERE r.removed_at IS NULL GROUP BY 2 "          \
    "UNION ALL SELECT 'known', 'label', count(*) FROM releases r WHERE removed_at IS NULL "  \
    "AND EXISTS (SELECT 1 FROM label_info i WHERE i.release_id = r.id "                      \
    " AND i.label_id IS NOT NULL) HAVING count(*) > 0 "                                      \
    "UNION ALL SELECT 'known', 'tracks', count(*) FROM releases r WHERE removed_at IS NULL " \
    "AND EXISTS (SELECT 1 FROM media m WHERE m.release_id = r.id) AND NOT EXISTS "           \
    "(SELECT 1 FROM media m WHERE m.release_id = r.id AND m.has_tracks = 0) "                \
    "HAVING count(*) > 0"

constexpr std::array<Invariant, 20> k_invariants{{
    {"SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state IN ('pending', 'running') "
     "AND album_id IS NOT NULL GROUP BY album_id, kind HAVING count(*) > 1) AS found",
     "albums with more than one open job of a kind"},
    {"SELECT count(*) FROM jobs WHERE kind = 'releases' AND album_id IS NULL",
     "imports of no album"},
    {"SELECT count(*) FROM jobs j LEFT JOIN albums a ON a.id = j.album_id "
     "WHERE j.album_id IS NOT NULL AND a.id IS NULL",
     "jobs of albums that are not there"},
    {"SELECT count(*) FROM attempts t LEFT JOIN jobs j ON j.id = t.job_id WHERE "
     "t.outcome = 'running' AND (j.state IS DISTINCT FROM 'running' OR j.claim <> t.claim)",
     "attempts that run while their job does not"},
    {"SELECT count(*) FROM (SELECT what, queue, value FROM totals WHERE value <> 0 AND what IN "
     "('pending', 'running', 'done', 'failed', 'cancelled', 'superseded') EXCEPT "
     "SELECT state, queue, count(*) FROM jobs GROUP BY state, queue) AS wrong",
     "counts of jobs that are wrong"},
    {"SELECT count(*) FROM (SELECT state, queue, count(*) FROM jobs GROUP BY state, queue EXCEPT "
     "SELECT what, queue, value FROM totals) AS missing",
     "counts of jobs that are missing"},
    {"SELECT count(*) FROM (SELECT 'failures', coalesce(error_code, 'unknown'), count(*) FROM jobs "
     "WHERE state = 'failed' GROUP BY 2 EXCEPT SELECT what, queue, value FROM totals) AS wrong",
     "counts of failures that are wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'albums'), 0) <> "
     "(SELECT count(*) FROM albums)",
     "a count of albums that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'releases'), 0) <> "
     "(SELECT count(*) FROM releases WHERE removed_at IS NULL)",
     "a count of releases that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'oddities'), 0) <> "
     "(SELECT count(*) FROM oddities)",
     "a count of oddities that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'albums_imported'), 0) <> "
     "(SELECT count(*) FROM albums WHERE imported_at IS NOT NULL)",
     "a count of imported albums that is wrong"},
    {"SELECT count(*) FROM albums a WHERE artist_credit_id IS NOT NULL AND NOT EXISTS "
     "(SELECT 1 FROM album_credits c WHERE c.artist_credit_id = a.artist_credit_id)",
     "albums that cannot be found by their artist"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'releases_removed'), 0) <> "
     "(SELECT count(*) FROM releases WHERE removed_at IS NOT NULL)",
     "a count of removed releases that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'media'), 0) <> "
     "(SELECT count(*) FROM media)",
     "a count of media that is wrong"},
    {"SELECT coalesce((SELECT value FROM totals WHERE what = 'tracks'), 0) <> "
     "(SELECT count(*) FROM tracks)",
     "a count of tracks that is wrong"},
    {"SELECT count(*) FROM (SELECT what, value, releases FROM release_counts WHERE releases <> 0 "
     "EXCEPT SELECT * FROM (" PRESSINGS_COUNTED_RELEASES ") AS counted) AS wrong",
     "counts of releases by what they have that are wrong"},
    {"SELECT count(*) FROM (" PRESSINGS_COUNTED_RELEASES " EXCEPT "
     "SELECT what, value, releases FROM release_counts) AS missing",
     "counts of releases by what they have that are missing"},
    {"SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state IN ('pending', 'running') "
     "AND album_id IS NULL AND subject IS NOT NULL GROUP BY kind, subject HAVING count(*) > 1) AS "
     "found",
     "artists, labels or series with more than one open job of a kind"},
    {"SELECT count(*) FROM jobs WHERE kind = 'watch' AND subject IS NULL", "watches of nothing"},
    {"SELECT count(*) FROM watches w JOIN jobs j ON j.id = w.job_id WHERE j.kind <> 'watch'",
     "watches whose job is of another kind"},
}};

#undef PRESSINGS_COUNTED_RELEASES

constexpr const char* k_import_again =
    "import them again with `album-import --refresh MBID` (`release-catalog album ID` tells the "
    "MBID) and `release-worker run`, or restore a good backup";

}  // namespace

void check_invariants(Connection& connection, const std::string& remedy, CheckResult& report) {
    for (const Invariant& invariant : k_invariants) {
        const std::int64_t count = connection.integer(invariant.count);
        if (count == 0) continue;
        report.faults.push_back({fmt::format("{} {}", count, invariant.meaning), remedy});
    }
}

void check_releases(Connection& connection, CheckResult& report) {
    std::int64_t count = 0;
    std::vector<std::int64_t> named;
    Query row = connection.query(sql::k_albums_unlike_import);
    while (row.step()) {
        if (++count <= static_cast<std::int64_t>(k_most_named)) named.push_back(row.integer(0));
    }
    if (count == 0) return;
    const bool more = count > static_cast<std::int64_t>(k_most_named);
    report.faults.push_back({fmt::format("albums whose releases are not those of their last "
                                         "import: {} ({}{})",
                                         count, fmt::join(named, ", "), more ? ", ..." : ""),
                             k_import_again});
}

void note_unknown_kinds(Connection& connection, CheckResult& report) {
    Query row = connection.query(sql::k_unknown_kinds);
    row.bind(known_job_kinds());
    while (row.step()) {
        report.notes.push_back(
            fmt::format("open jobs of the kind {}, which this version does not know and leaves "
                        "alone: {}; a newer release-worker does them",
                        escape_controls(row.text(0)), row.integer(1)));
    }
}

void note_orphans(std::vector<std::int64_t> jobs, CheckResult& report) {
    if (jobs.empty()) return;
    const bool more = jobs.size() > k_most_named;
    const std::size_t count = jobs.size();
    jobs.resize(std::min(count, k_most_named));
    report.notes.push_back(
        fmt::format("jobs that run in no living worker: {} ({}{}); nothing is lost, the next "
                    "`release-worker run` takes them over at once",
                    count, fmt::join(jobs, ", "), more ? ", ..." : ""));
}

}  // namespace pressings::store::sql
