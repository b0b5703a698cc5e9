// How a worker ended, as the file beside the database and its row tell.
#include <filesystem>
#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/memory_kills.hpp"
#include "support/dying_workers.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

bool has_notes(const OpenCatalogue& catalogue) {
    return std::filesystem::exists(catalogue.path + "-deaths");
}

}  // namespace

TEST_CASE("Notes of deaths are gone once their jobs have been taken back") {
    for (const int number : {SIGKILL, SIGABRT}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        REQUIRE(die_of(catalogue, number).size() == 1);
        CHECK_FALSE(has_notes(catalogue));
        check_sound(catalogue);
    }
}

TEST_CASE("A worker that went down with the machine is no fault of its job") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    for (int starts = 1; starts <= 5; ++starts) {
        take_a_job(catalogue).store.reset();
        SQLite::Database{catalogue.path, SQLite::OPEN_READWRITE}.exec(
            "UPDATE workers SET boot = 'another'");
        REQUIRE(catalogue.store->queue().recover().size() == 1);
        CHECK(catalogue.job(1).error->code == "machine_restarted");
    }
    const auto job = claim(catalogue).front();
    CHECK_FALSE(job.suspect);
    CHECK(job.attempt == 1);
}

TEST_CASE("A worker that was killed since memory ran out counts as one that died of itself") {
    if (!memory_kills()) return;  // this kernel does not tell
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    catalogue.store->queue().start_worker("test");
    // What the worker noted when it began, and the kernel has counted since.
    for (const auto& [noted, outcome] :
         {std::pair{"memory_kills", "killed"}, std::pair{"memory_kills - 1", "crashed"},
          std::pair{"NULL", "killed"}}) {
        CAPTURE(noted);
        auto other = take_a_job(catalogue);
        SQLite::Database{catalogue.path, SQLite::OPEN_READWRITE}.exec(
            std::string{"UPDATE workers SET memory_kills = "} + noted);
        other.store.reset();
        REQUIRE(catalogue.store->queue().recover().size() == 1);
        CHECK(last_outcome(catalogue, 1) == outcome);
    }
}

TEST_CASE("A note counts for the worker that left it, not for another one of its number") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    for (const auto& [started, outcome] : {std::pair{catalogue.clock.now - 1, "killed"},
                                           std::pair{catalogue.clock.now, "crashed"}}) {
        auto other = take_a_job(catalogue);
        const auto worker = catalogue.store->jobs().attempts(1).size();
        std::ofstream{catalogue.path + "-deaths"} << "worker " << worker << " of " << started
                                                  << " died of signal 06\n";
        other.store.reset();
        catalogue.store->queue().recover();
        CHECK(last_outcome(catalogue, 1) == outcome);
        CHECK_FALSE(has_notes(catalogue));
    }
}

TEST_CASE("Notes of deaths beside the database are ours, and no fault") {
    OpenCatalogue catalogue;
    std::ofstream{catalogue.path + "-deaths"} << "worker 1 of 5 died of signal 06\n";
    check_sound(catalogue);
}

TEST_CASE("Notes of deaths that say nothing do no harm") {
    for (const std::string& text : {std::string{}, std::string{"\0\xff\n", 3},
                                    std::string(100'000, 'w'), std::string{"worker 1 of"}}) {
        OpenCatalogue catalogue;
        catalogue.add(album_request(1));
        take_a_job(catalogue).store.reset();
        std::ofstream{catalogue.path + "-deaths"} << text;
        catalogue.store->queue().recover();
        CHECK(last_outcome(catalogue, 1) == "killed");
    }
}
