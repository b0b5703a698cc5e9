#include "cli/report_folder.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
namespace fs = std::filesystem;

namespace {

void write_report(const std::string& path) {
    cli::ReportFolder folder{path};
    for (const char* name : {"index.html", "albums.html", "album.html", "artist.html", "label.html",
                             "report.css", "report.js", "icon.svg", "data/list-0.js"})
        folder.add(name, "x");
    folder.publish();
}

}  // namespace

TEST_CASE("A file of a report grows at its end, and is there when the report is") {
    const TemporaryFolder place;
    {
        cli::ReportFolder folder{place.file("report")};
        folder.add("data/albums-0.js", "one");
        folder.append("data/albums-0.js", " two");
        CHECK_FALSE(fs::exists(place.file("report")));
        CHECK(folder.files() == 1);
        CHECK(folder.bytes() == 7);
        folder.publish();
    }
    CHECK(place.read("report/data/albums-0.js") == "one two");
    CHECK(fs::exists(place.file("report/.pressings-report")));
}

TEST_CASE("A report that was not published leaves nothing") {
    const TemporaryFolder place;
    {
        cli::ReportFolder folder{place.file("report")};
        folder.add("index.html", "x");
    }
    CHECK(fs::is_empty(place.path()));
}

TEST_CASE("A report takes the place of an earlier one, whichever layout that had") {
    const TemporaryFolder place;
    write_report(place.file("report"));
    write_report(place.file("report"));
    fs::create_directories(place.file("old/albums/12"));
    for (const char* name : {"old/.pressings-report", "old/index.html", "old/statistics.html",
                             "old/albums-2.html", "old/albums/12/12345.html"})
        place.write(name, "x");
    write_report(place.file("old"));
    CHECK_FALSE(fs::exists(place.file("old/statistics.html")));
    CHECK_FALSE(fs::exists(place.file("old/albums")));
    CHECK(fs::exists(place.file("old/data/list-0.js")));
}

TEST_CASE("What no report has keeps a folder from being replaced") {
    const TemporaryFolder place;
    for (const char* name : {"report/notes.txt", "report/data/own.js", "report/data/albums-0.json",
                             "report/own.html"}) {
        CAPTURE(name);
        write_report(place.file("report"));
        place.write(name, "mine");
        CHECK_THROWS_AS(cli::ReportFolder{place.file("report")}, UsageError);
        CHECK(place.read(name) == "mine");
        fs::remove_all(place.file("report"));
    }
}
