// How SQLite goes about what runs for every job, album, release or track.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "store/sqlite/catalogue/album_sql.hpp"
#include "store/sqlite/catalogue/catalogue_functions.hpp"
#include "store/sqlite/catalogue/catalogue_sql.hpp"
#include "store/sqlite/catalogue/change_sql.hpp"
#include "store/sqlite/catalogue/detail_sql.hpp"
#include "store/sqlite/catalogue/filter_sql.hpp"
#include "store/sqlite/catalogue/stats_sql.hpp"
#include "store/sqlite/outbox/job_sql.hpp"
#include "store/sqlite/outbox/watch_sql.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
namespace sql = pressings::store::sqlite::sql;

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

/// Whether it goes through a whole table, or sorts, or makes an index for itself.
bool is_costly(const std::string& plan) {
    std::istringstream lines{plan};
    for (std::string line; std::getline(lines, line);) {
        const bool scans = line.rfind("SCAN ", 0) == 0 && line != "SCAN CONSTANT ROW";
        if (scans && line.find("USING") == std::string::npos) return true;
        if (line.find("TEMP B-TREE") != std::string::npos) return true;
        if (line.find("AUTOMATIC") != std::string::npos) return true;
    }
    return false;
}

constexpr std::string_view k_hot[] = {
    sql::k_watch,
    sql::k_album_of_release,
    sql::k_next_queue,
    sql::k_next_priority,
    sql::k_first_due,
    sql::k_claim,
    sql::k_claimed_job,
    sql::k_album_of_job,
    sql::k_end_attempt,
    sql::k_finish_job,
    sql::k_fail_job,
    sql::k_retry_job,
    sql::k_requeue_job,
    sql::k_take_back_job,
    sql::k_supersede_failed,
    sql::k_renew,
    sql::k_running,
    sql::k_change_total,
    sql::k_change_count,
    sql::k_old_work,
    sql::k_prunable_failed,
    sql::k_delete_job,
    sql::k_delete_candidates,
    sql::k_open_job_of_album,
    sql::k_last_job_of_album,
    sql::k_open_job_of_subject,
    sql::k_open_like,
    sql::k_open_of_kind,
    sql::k_arguments_of_job,
    sql::k_merged_into,
    sql::k_import_for,
    sql::k_move_job,
    sql::k_find_album,
    sql::k_find_key,
    sql::k_keys_of_album,
    sql::k_mbid_of_album,
    sql::k_imported_at,
    sql::k_set_imported,
    sql::k_mark_album,
    sql::k_load_user_values,
    sql::k_load_album,
    sql::k_update_album,
    sql::k_load_secondary_types,
    sql::k_find_artist,
    sql::k_update_artist,
    sql::k_find_credit,
    sql::k_load_credit,
    sql::k_find_label,
    sql::k_update_label,
    sql::k_find_release,
    sql::k_load_release,
    sql::k_update_release,
    sql::k_present_releases_of_album,
    sql::k_remove_release,
    sql::k_delete_release,
    sql::k_load_events,
    sql::k_delete_events,
    sql::k_load_label_info,
    sql::k_delete_label_info,
    sql::k_load_media,
    sql::k_delete_media,
    sql::k_load_tracks,
    sql::k_load_discs,
    sql::k_load_urls,
    sql::k_delete_urls,
    sql::k_load_originals,
    sql::k_delete_originals,
    sql::k_load_release_aliases,
    sql::k_delete_release_aliases,
    sql::k_load_album_aliases,
    sql::k_delete_album_aliases,
    sql::k_load_release_genres,
    sql::k_delete_release_genres,
    sql::k_load_album_genres,
    sql::k_delete_album_genres,
    sql::k_load_release_details,
    sql::k_update_release_details,
    sql::k_load_album_details,
    sql::k_update_album_details,
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
    for (const auto statement : {sql::k_next_queue, sql::k_next_priority, sql::k_first_due,
                                 sql::k_count_waiting, sql::k_next_run_at, sql::k_oldest_due})
        uses(statement, "jobs_due");
    uses(sql::k_running, "jobs_running");
    uses(sql::k_job_records_running, "jobs_running");
    uses(sql::k_job_records_failed, "jobs_failed");
    uses(sql::k_prunable_failed, "jobs_failed");
    uses(sql::k_prunable_done, "jobs_finished");
    uses(sql::k_supersede_failed, "jobs_failed_by_album");
}

TEST_CASE("Statistics are read from indexes that have no more than what is wanted") {
    OpenCatalogue catalogue;
    const auto has = [&](std::string_view statement, const char* step) {
        const std::string plan = plan_of(catalogue, statement);
        CAPTURE(plan);
        CHECK(plan.find(step) != std::string::npos);
    };
    has(sql::k_largest_labels, "SEARCH release_counts USING PRIMARY KEY (what=?)");
    has(sql::k_count_unimported_waiting, "INDEX jobs_open_by_album");
    has(sql::k_count_unimported_failed, "INDEX jobs_failed_by_album");
}

TEST_CASE("A filter by artist, label or album seeks the rows that it wants") {
    OpenCatalogue catalogue;
    const auto plan_of_albums = [&](const store::Filter& filter) {
        return plan_of(catalogue, store::sqlite::album_list_sql({filter, {}}).sql);
    };
    const auto plan_of_releases = [&](const store::Filter& filter) {
        return plan_of(catalogue, store::sqlite::release_list_sql({filter, false, {}}).sql);
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
         {sql::k_insert_job, sql::k_begin_attempt, sql::k_claim, sql::k_finish_job,
          sql::k_end_attempt, sql::k_insert_album, sql::k_insert_release, sql::k_update_release,
          sql::k_insert_medium, sql::k_insert_track, sql::k_insert_artist, sql::k_insert_credit,
          sql::k_insert_credit_name, sql::k_insert_event, sql::k_insert_label_info,
          sql::k_insert_disc, sql::k_insert_url}) {
        CAPTURE(statement);
        CHECK(opcodes_of(catalogue, statement).find("OpenEphemeral") == std::string::npos);
    }
}
