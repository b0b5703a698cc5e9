// How SQLite goes about what runs for every job, album, release or track.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/change_sql.hpp"
#include "store/sql/catalogue/detail_sql.hpp"
#include "store/sql/catalogue/filter_sql.hpp"
#include "store/sql/catalogue/reader_sql.hpp"
#include "store/sql/catalogue/stats_sql.hpp"
#include "store/sql/outbox/job_sql.hpp"
#include "store/sql/outbox/watch_sql.hpp"
#include "store/sqlite/engine/catalogue_functions.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
namespace rows = pressings::store::sql;

namespace {

/// One column of what EXPLAIN says, line by line.
std::string explained(OpenCatalogue& catalogue, const char* verb, std::string_view statement,
                      int column) {
    SQLite::Database database{catalogue.path, SQLite::OPEN_READONLY};
    store::sqlite::add_catalogue_functions(database.getHandle());
    SQLite::Statement rows{database, verb + std::string{statement}};
    std::string text;
    while (rows.executeStep())
        text += rows.getColumn(column).getString() + "\n";
    return text;
}

std::string plan_of(OpenCatalogue& catalogue, std::string_view statement) {
    return explained(catalogue, "EXPLAIN QUERY PLAN ", statement, 3);
}

std::string opcodes_of(OpenCatalogue& catalogue, std::string_view statement) {
    return explained(catalogue, "EXPLAIN ", statement, 1);
}

/// Whether it goes through a whole table (the list of a parameter is none), or makes an index for
/// itself.
bool scans(const std::string& plan) {
    std::istringstream lines{plan};
    for (std::string line; std::getline(lines, line);) {
        const bool is_scan = line.starts_with("SCAN ") && line != "SCAN CONSTANT ROW" &&
                             !line.starts_with("SCAN json_each VIRTUAL TABLE ");
        if (is_scan && line.find("USING") == std::string::npos) return true;
        if (line.find("AUTOMATIC") != std::string::npos) return true;
    }
    return false;
}

/// The same, or it sorts.
bool is_costly(const std::string& plan) {
    return scans(plan) || plan.find("TEMP B-TREE") != std::string::npos;
}

constexpr std::string_view k_hot[] = {
    rows::k_watch,
    rows::k_album_of_release,
    rows::k_first_due,
    rows::k_claim,
    rows::k_albums_of_jobs,
    rows::k_stored_albums,
    rows::k_end_attempt,
    rows::k_finish_job,
    rows::k_finish_jobs,
    rows::k_fail_job,
    rows::k_retry_job,
    rows::k_requeue_job,
    rows::k_take_back_job,
    rows::k_supersede_failed,
    rows::k_renew,
    rows::k_running,
    rows::k_change_total,
    rows::k_change_count,
    rows::k_old_work,
    rows::k_prunable_failed,
    rows::k_delete_job,
    rows::k_delete_candidates,
    rows::k_open_job_of_album,
    rows::k_last_job_of_album,
    rows::k_open_job_of_subject,
    rows::k_open_like,
    rows::k_open_of_kind,
    rows::k_arguments_of_job,
    rows::k_merged_into,
    rows::k_import_for,
    rows::k_move_job,
    rows::k_find_album,
    rows::k_find_key,
    rows::k_keys_of_album,
    rows::k_mbid_of_album,
    rows::k_imported_at,
    rows::k_set_imported,
    rows::k_mark_album,
    rows::k_load_user_values,
    rows::k_load_album,
    rows::k_update_album,
    rows::k_load_secondary_types,
    rows::k_find_artist,
    rows::k_update_artist,
    rows::k_find_credit,
    rows::k_load_credit,
    rows::k_find_label,
    rows::k_update_label,
    rows::k_find_release,
    rows::k_load_release,
    rows::k_update_release,
    rows::k_present_releases_of_album,
    rows::k_remove_release,
    rows::k_delete_release,
    rows::k_load_events,
    rows::k_delete_events,
    rows::k_load_label_info,
    rows::k_delete_label_info,
    rows::k_load_media,
    rows::k_delete_media,
    rows::k_load_tracks,
    rows::k_load_discs,
    rows::k_load_urls,
    rows::k_delete_urls,
    rows::k_load_originals,
    rows::k_delete_originals,
    rows::k_load_release_aliases,
    rows::k_delete_release_aliases,
    rows::k_load_album_aliases,
    rows::k_delete_album_aliases,
    rows::k_load_release_genres,
    rows::k_delete_release_genres,
    rows::k_load_album_genres,
    rows::k_delete_album_genres,
    rows::k_load_release_details,
    rows::k_update_release_details,
    rows::k_load_album_details,
    rows::k_update_album_details,
};

}  // namespace

TEST_CASE("What runs for every job or album seeks its rows, and sorts none") {
    OpenCatalogue catalogue;
    for (const auto statement : k_hot) {
        const std::string plan = plan_of(catalogue, statement);
        CAPTURE(statement);
        CAPTURE(plan);
        CHECK_FALSE(is_costly(plan));
    }
    // They sort the rows of the jobs of one transaction.
    for (const auto statement : {rows::k_known_releases_of_jobs, rows::k_stored_secondary_types,
                                 rows::k_stored_releases}) {
        const std::string plan = plan_of(catalogue, statement);
        CAPTURE(plan);
        CHECK_FALSE(scans(plan));
    }
}

TEST_CASE("A statement that would go through a table or sort is noticed") {
    OpenCatalogue catalogue;
    CHECK(is_costly(plan_of(catalogue, "SELECT * FROM jobs WHERE attempts = 1")));
    CHECK(is_costly(plan_of(catalogue, "SELECT id FROM jobs WHERE album_id = 1 ORDER BY run_at")));
}

TEST_CASE("Due, running and failed jobs are found by the index of their state") {
    OpenCatalogue catalogue;
    const auto uses = [&](std::string_view statement, const char* index) {
        const std::string plan = plan_of(catalogue, statement);
        CAPTURE(plan);
        CHECK(plan.find(index) != std::string::npos);
    };
    for (const auto statement : {rows::k_levels, rows::k_first_due, rows::k_count_waiting,
                                 rows::k_next_run_at, rows::k_oldest_due})
        uses(statement, "jobs_due");
    uses(rows::k_running, "jobs_running");
    uses(rows::k_job_records_running, "jobs_running");
    uses(rows::k_job_records_failed, "jobs_failed");
    uses(rows::k_prunable_failed, "jobs_failed");
    uses(rows::k_prunable_done, "jobs_finished");
    uses(rows::k_supersede_failed, "jobs_failed_by_album");
}

TEST_CASE("Statistics are read from indexes that have no more than what is wanted") {
    OpenCatalogue catalogue;
    const auto has = [&](std::string_view statement, const char* step) {
        const std::string plan = plan_of(catalogue, statement);
        CAPTURE(plan);
        CHECK(plan.find(step) != std::string::npos);
    };
    has(rows::k_largest_labels, "SEARCH release_counts USING PRIMARY KEY (what=?)");
    has(rows::k_count_unimported_waiting, "INDEX jobs_open_by_album");
    has(rows::k_count_unimported_failed, "INDEX jobs_failed_by_album");
}

TEST_CASE("A filter by artist, label or album seeks the rows that it wants") {
    OpenCatalogue catalogue;
    const auto plan_of_albums = [&](const store::Filter& filter) {
        return plan_of(catalogue, rows::album_list_sql({filter, {}}).sql);
    };
    const auto plan_of_releases = [&](const store::Filter& filter) {
        return plan_of(catalogue, rows::release_list_sql({filter, false, {}}).sql);
    };
    const auto has = [](const std::string& plan, const char* step) {
        CAPTURE(plan);
        CHECK(plan.find(step) != std::string::npos);
    };
    store::Filter artist;
    artist.wanted.artists = {"bjork"};
    has(plan_of_albums(artist), "SEARCH a USING INDEX albums_by_credit");
    has(plan_of_releases(artist), "SEARCH r USING INDEX releases_by_album");
    has(plan_of_releases(artist), "SEARCH a USING COVERING INDEX albums_by_credit");
    artist.wanted.formats = {PlainFormat::cd};
    has(plan_of_albums(artist), "SEARCH a USING INDEX albums_by_credit");
    has(plan_of_albums(artist), "SEARCH r USING INDEX releases_by_album");
    store::Filter label;
    label.wanted.labels = {"harvest"};
    has(plan_of_albums(label), "SEARCH a USING INTEGER PRIMARY KEY");
    has(plan_of_albums(label), "SEARCH r USING INTEGER PRIMARY KEY");
    has(plan_of_albums(label), "labels_by_folded");
    has(plan_of_albums(label), "label_info_by_label");
    has(plan_of_releases(label), "SEARCH r USING INTEGER PRIMARY KEY");
    store::Filter album;
    album.album_id = 1;
    has(plan_of_albums(album), "SEARCH a USING INTEGER PRIMARY KEY");
    has(plan_of_releases(album), "SEARCH r USING INDEX releases_by_album");
}

TEST_CASE("No table in memory is filled for every row that is written") {
    OpenCatalogue catalogue;
    for (const auto statement :
         {rows::k_insert_job, rows::k_begin_attempt, rows::k_finish_job, rows::k_end_attempt,
          rows::k_insert_album, rows::k_insert_release, rows::k_update_release,
          rows::k_insert_medium, rows::k_insert_track, rows::k_insert_artist, rows::k_insert_credit,
          rows::k_insert_credit_name, rows::k_insert_event, rows::k_insert_label_info,
          rows::k_insert_disc, rows::k_insert_url}) {
        CAPTURE(statement);
        CHECK(opcodes_of(catalogue, statement).find("OpenEphemeral") == std::string::npos);
    }
}
