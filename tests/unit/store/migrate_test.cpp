// What a catalogue of an older version becomes.
#include "store/sqlite/migrate.hpp"

#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "unit/store/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Makes the catalogue's file one of an older version, with these rows in it.
void go_back(OpenCatalogue& catalogue, int version, const std::string& rows) {
    catalogue.store.reset();
    std::filesystem::remove(catalogue.path);
    SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    for (const auto& migration : store::sqlite::migrations()) {
        if (migration.number <= version) database.exec(std::string{migration.sql});
    }
    database.exec(rows);
    database.exec("PRAGMA application_id = 1347568979; PRAGMA user_version = " +
                  std::to_string(version));
}

/// As it was written when recordings had a table: of mbid(7), by "Somebody" and, in one place,
/// "Duo".
constexpr const char* k_rows_of_version_7 = R"(
INSERT INTO artists (id, mbid, name) VALUES
    (1, x'00000000000040008000000000000900', 'Somebody'),
    (2, x'00000000000040008000000000000901', 'Else');
INSERT INTO artist_credits (id, identity, text) VALUES
    (1, CAST('00000000-0000-4000-8000-0000000009008:Somebody0:' AS BLOB), 'Somebody'),
    (2, CAST('00000000-0000-4000-8000-0000000009008:Somebody3: & '
             || '00000000-0000-4000-8000-0000000009014:Else0:' AS BLOB), 'Somebody & Else'),
    (3, CAST('-7:Unknown0:' AS BLOB), 'Unknown');
INSERT INTO artist_credit_names VALUES
    (1, 0, 1, 'Somebody', ''), (2, 0, 1, 'Somebody', ' & '), (2, 1, 2, 'Else', ''),
    (3, 0, NULL, 'Unknown', '');
INSERT INTO albums (id, mbid, title, artist_credit_id, created_at) VALUES
    (7, x'00000000000040008000000000000007', 'An album', 3, 0);
INSERT INTO releases (id, mbid, album_id, title, artist_credit_id, format, status, created_at,
                      updated_at) VALUES
    (1, x'00000000000040008000000000000001', 7, 'First', 1, 'cd', 'Official', 0, 0);
INSERT INTO media (release_id, position, format, track_count, has_tracks) VALUES (1, 1, 'CD', 2, 1);
INSERT INTO recordings (id, mbid, title, artist_credit_id, length_ms, video, first_release_date)
VALUES
    (1, x'00000000000040008000000000010001', 'Track 1', 1, NULL, NULL, NULL),
    (2, x'00000000000040008000000000010002', 'Another', 2, 1000, 1, '1973-03');
INSERT INTO recording_isrcs VALUES (2, 'USWB10400002'), (2, 'USWB10400001');
INSERT INTO tracks VALUES
    (1, 1, 1, 'track', '1', 'Track 1', NULL, NULL, 1, 1),
    (1, 1, 2, 'track', '2', 'Track 2', NULL, NULL, 1, 2);
INSERT INTO jobs (id, kind, album_id, queue, priority, state, run_at, created_at) VALUES
    (1, 'releases', 7, 'default', 0, 'pending', 0, 0);
INSERT INTO totals VALUES ('albums', '', 1), ('releases', '', 1), ('pending', 'default', 1);
)";

/// The same release as a value.
Release release_of_version_7() {
    Release same = release(1, "First");
    Recording& second = *same.media[0].tracks->at(1).recording;
    second.title = "Another";
    second.artist_credit[0].join_phrase = " & ";
    second.artist_credit.push_back(credit(901, "Else").front());
    second.length_ms = 1000;
    second.video = true;
    second.first_release_date = PartialDate::parse("1973-03");
    second.isrcs = {"USWB10400001", "USWB10400002"};
    return same;
}

}  // namespace

TEST_CASE("Recordings that had a table of their own are with their tracks afterwards") {
    OpenCatalogue catalogue;
    go_back(catalogue, 7, k_rows_of_version_7);
    catalogue.store = catalogue.reopen();
    CHECK(catalogue.releases(7).at(0).release == release_of_version_7());
    CHECK(catalogue.store->jobs().check().faults.empty());
}

TEST_CASE("The credits of a catalogue from before are found again, and none is there twice") {
    OpenCatalogue catalogue;
    go_back(catalogue, 7, k_rows_of_version_7);
    catalogue.store = catalogue.reopen();
    const auto credits = [&] {
        SQLite::Database database{catalogue.path, SQLite::OPEN_READONLY};
        return database.execAndGet("SELECT count(*) FROM artist_credits").getInt();
    };
    Release changed = release_of_version_7();
    changed.title = "First, again";
    catalogue.complete(catalogue.claim().front(), {changed});
    auto by_name = named_request("Unknown", "Another album");
    by_name.album.mbid = mbid(8);
    catalogue.add(by_name);
    CHECK(credits() == 3);
    CHECK(catalogue.releases(7).at(0).release == changed);
}
