// What a check finds of what comes from beside: a foreign schema, foreign files, rows that are
// gone.
#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::CheckResult;

namespace {

/// Another program that writes to the file; RESET_DATABASE and the like are not its business.
void tamper(const OpenCatalogue& catalogue, const std::string& statements) {
    SQLite::Database database{catalogue.path, SQLite::OPEN_READWRITE};
    database.exec(statements);
}

std::vector<CheckResult::Fault> faults_of(const OpenCatalogue& catalogue) {
    return catalogue.store->maintenance().check().faults;
}

bool names(const std::vector<CheckResult::Fault>& faults, const std::string& what) {
    return std::any_of(faults.begin(), faults.end(), [&](const CheckResult::Fault& fault) {
        return fault.what.find(what) != std::string::npos;
    });
}

/// The statements in the remedy, behind the first colon.
std::string statements_of(const CheckResult::Fault& fault) {
    return fault.remedy.substr(fault.remedy.find(": ") + 2);
}

void import(OpenCatalogue& catalogue, int album, std::vector<Release> releases) {
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(album), refresh);
    Album group;
    group.mbid = mbid(album);
    catalogue.complete_as(catalogue.claim().front(), group, std::move(releases));
}

}  // namespace

TEST_CASE("A trigger that somebody put in is named, and does nothing when our tools write") {
    OpenCatalogue catalogue;
    tamper(catalogue,
           "CREATE TRIGGER gremlin AFTER INSERT ON albums BEGIN DELETE FROM jobs; END; "
           "CREATE TRIGGER sqlite AFTER INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no'); END");
    const auto added = catalogue.add(album_request(1));
    CHECK(catalogue.job(*added.job_id).state == JobState::pending);
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 2);
    CHECK(names(faults, "trigger gremlin"));
    CHECK(names(faults, "trigger sqlite"));
    for (const auto& fault : faults)
        tamper(catalogue, statements_of(fault));
    CHECK(faults_of(catalogue).empty());
}

TEST_CASE(
    "Tables, views and indexes that are foreign, missing or others are named, with the way out") {
    OpenCatalogue catalogue;
    tamper(catalogue,
           "CREATE TABLE photos (id INTEGER); CREATE VIEW v_photos AS SELECT * FROM photos; "
           "DROP VIEW v_albums; CREATE VIEW v_albums AS SELECT 'all is well' AS title; "
           "DROP INDEX jobs_due; ANALYZE");
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 4);
    CHECK(names(faults, "table photos was made by no tool"));
    CHECK(names(faults, "view v_photos was made by no tool"));
    CHECK(names(faults, "view v_albums is not as"));
    CHECK(names(faults, "index jobs_due is missing"));
    for (const auto& fault : faults)
        tamper(catalogue, statements_of(fault));
    CHECK(faults_of(catalogue).empty());
}

TEST_CASE(
    "A CHECK that was taken out of a table is found, one that is only spaced otherwise is not") {
    OpenCatalogue catalogue;
    tamper(catalogue,
           "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(replace(sql, "
           "'mbid               BLOB', 'mbid BLOB'), '-- when its releases', '-- when the') "
           "WHERE name = 'albums'");
    CHECK(faults_of(catalogue).empty());
    tamper(catalogue,
           "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, "
           "'BLOB CHECK (length(mbid) = 16)', 'BLOB') WHERE name = 'albums'");
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 1);
    CHECK(names(faults, "table albums is not as"));
}

TEST_CASE("Foreign files beside the database are named, those of other databases are not") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.folder.write("catalog.db-journal", "x");
    catalogue.folder.write("catalog.db-mj0FE1", "x");
    catalogue.folder.write("catalog.db-lock", "");
    catalogue.folder.write("other.db-journal", "x");
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 3);
    CHECK(names(faults, "catalog.db-journal"));
    CHECK(names(faults, "catalog.db-lock: from a version"));
    CHECK(names(faults, "catalog.db-mj0FE1"));
}

TEST_CASE("A log that is none of this database is named") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store.reset();
    std::string header = "\x37\x7f\x06\x82";
    header += std::string{"\0\x2d\xe2\x18\0\0\x10\0", 8};  // pages of 4 KB, ours have 8
    catalogue.folder.write("catalog.db-wal", header + std::string(5000, 'x'));
    catalogue.store = catalogue.reopen();
    CHECK(names(faults_of(catalogue), "no log of this database"));
}

TEST_CASE(
    "An album that has lost a release since its import is named, and mended by the next one") {
    OpenCatalogue catalogue;
    import(catalogue, 1, {release(5, "A"), release(6, "B")});
    import(catalogue, 2, {release(7, "C")});
    CHECK(faults_of(catalogue).empty());
    tamper(catalogue,
           "PRAGMA foreign_keys = ON; DELETE FROM releases WHERE title = 'A'; "
           "UPDATE totals SET value = value - 1 WHERE what = 'releases' OR what = 'media'; "
           "UPDATE totals SET value = value - 2 WHERE what = 'tracks'; "
           "UPDATE release_counts SET releases = releases - 1");
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 1);
    CHECK(names(faults, "last import: 1 (1)"));
    CHECK(faults.front().remedy.find("--refresh") != std::string::npos);
    import(catalogue, 1, {release(5, "A"), release(6, "B")});
    CHECK(faults_of(catalogue).empty());
}

TEST_CASE("A count that is not what the rows are is named") {
    OpenCatalogue catalogue;
    Release full = release(5, "A");
    full.country = "GB";
    full.barcode = "";
    import(catalogue, 1, {full});
    CHECK(faults_of(catalogue).empty());
    const auto faults_with = [&](const std::string& wrong, const std::string& right) {
        tamper(catalogue, wrong);
        const auto faults = faults_of(catalogue);
        tamper(catalogue, right);
        return faults;
    };
    for (const std::string what :
         {"albums", "albums_imported", "releases", "releases_removed", "media", "tracks"}) {
        CAPTURE(what);
        const std::string change = "INSERT INTO totals VALUES ('" + what +
                                   "', '', 1) ON CONFLICT DO UPDATE SET value = value ";
        CHECK(faults_with(change + "+ 1",
                          "UPDATE totals SET value = value - 1 WHERE what = '" + what + "'")
                  .size() == 1);
        tamper(catalogue, "DELETE FROM totals WHERE what = 'releases_removed'");
    }
    for (const std::string what : {"format", "status", "country", "decade", "known"}) {
        CAPTURE(what);
        const std::string of = " WHERE what = '" + what + "'";
        const auto faults = faults_with("UPDATE release_counts SET releases = releases + 1" + of,
                                        "UPDATE release_counts SET releases = releases - 1" + of);
        CHECK(names(faults, "that are wrong"));
        CHECK(names(faults, "that are missing"));
    }
    CHECK(faults_of(catalogue).empty());
}

TEST_CASE("An album whose release was put under another one is named") {
    OpenCatalogue catalogue;
    import(catalogue, 1, {release(5, "A")});
    import(catalogue, 2, {release(7, "C")});
    tamper(catalogue, "UPDATE releases SET album_id = 3 - album_id");
    CHECK(names(faults_of(catalogue), "last import: 2 (1, 2)"));
}

TEST_CASE("What moves, merges, goes and comes back leaves each album as a check wants it") {
    OpenCatalogue catalogue;
    import(catalogue, 1, {release(5, "A"), release(6, "B"), release(7, "C")});
    import(catalogue, 2, {release(5, "A"), release(8, "D")});  // 5 has moved here
    CHECK(faults_of(catalogue).empty());
    import(catalogue, 1, {release(6, "B")});  // 7 has gone
    CHECK(faults_of(catalogue).empty());
    import(catalogue, 1, {release(6, "B"), release(7, "C")});
    CHECK(faults_of(catalogue).empty());
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(2), refresh);
    const auto job = catalogue.claim().front();
    Album group;
    group.mbid = mbid(2);
    const store::Import fated{
        job, group, {}, 1, {{mbid(5), mbid(6), mbid(1)}, {mbid(8), mbid(8), mbid(1)}}};
    CHECK(catalogue.store->queue().complete({&fated, 1}).front().releases.moved == 1);
    CHECK(faults_of(catalogue).empty());
    import(catalogue, 3, {release(9, "E")});
    catalogue.add(album_request(3), refresh);
    group.mbid = mbid(1);  // the groups are one now, with the releases of both
    const auto joined =
        catalogue.complete_as(catalogue.claim().front(), group,
                              {release(6, "B"), release(7, "C"), release(8, "D"), release(9, "E")});
    CHECK(joined.releases.unchanged == 4);
    CHECK(faults_of(catalogue).empty());
}

TEST_CASE("Rows that point to none are counted, not told one by one") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 300; ++n)
        catalogue.add(album_request(n));
    tamper(catalogue, "UPDATE albums SET artist_credit_id = 77");
    const auto faults = faults_of(catalogue);
    REQUIRE(faults.size() == 2);
    CHECK(names(faults, "rows of albums that point to none of artist_credits: 300"));
    CHECK(names(faults, "300 albums that cannot be found by their artist"));
}
