// The turns for requests that all workers of a database share, and the file that keeps them.
#include "store/request_slots.hpp"

#include <filesystem>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/boot.hpp"
#include "store/store_error.hpp"
#include "support/no_room.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr const char* k_host = "musicbrainz.org";
constexpr Millis k_interval = 1'000;

/// Two workers of a catalogue, the second by a link to it.
struct Two {
    Two() { std::filesystem::create_symlink(catalogue.path, catalogue.folder.file("link.db")); }

    std::string file() const { return catalogue.path + "-rate"; }

    OpenCatalogue catalogue;
    std::unique_ptr<store::RequestSlots> first =
        store::open_request_slots(catalogue.path, {}, catalogue.clock);
    std::unique_ptr<store::RequestSlots> second;
};

std::unique_ptr<store::RequestSlots> by_link(Two& two) {
    return store::open_request_slots(two.catalogue.folder.file("link.db"), {}, two.catalogue.clock);
}

}  // namespace

TEST_CASE("A turn that was taken by one name of the database is taken by every other") {
    Two two;
    two.second = by_link(two);
    CHECK(two.first->take(k_host, k_interval) == 0);
    CHECK(two.second->take(k_host, k_interval) == k_interval);
    CHECK_FALSE(std::filesystem::exists(two.catalogue.folder.file("link.db-rate")));
}

TEST_CASE("A turn stays taken, and a hold in force, when the file is removed or replaced") {
    for (const bool replaced : {false, true}) {
        Two two;
        two.second = by_link(two);
        CHECK(two.first->take(k_host, k_interval) == 0);
        two.second->hold_off("other.example", 60'000);
        std::filesystem::remove(two.file());
        if (replaced) two.catalogue.folder.write("catalog.db-rate", "");
        CHECK(two.second->take(k_host, k_interval) > 0);
        CHECK(two.first->take(k_host, k_interval) > 0);
        CHECK(store::request_holds(two.catalogue.path, {}, two.catalogue.clock).size() == 1);
    }
}

TEST_CASE("Of two files that keep turns the later turn counts") {
    Two two;
    two.first->take(k_host, k_interval);
    const Millis later = two.catalogue.clock.steady + 5'000;
    std::filesystem::remove(two.file());
    two.catalogue.folder.write("catalog.db-rate",
                               fmt::format("{} {} {} 0\n", boot_id(), k_host, later));
    CHECK(two.first->take(k_host, k_interval) == 5'000);
}

TEST_CASE("Turns and holds of another boot, or of an unknown one, are not believed") {
    for (const char* boot : {"01234567-89ab-cdef-0123-456789abcdef", "-"}) {
        OpenCatalogue catalogue;
        const Millis far = catalogue.clock.steady + 60'000;
        catalogue.folder.write("catalog.db-rate",
                               fmt::format("{} {} {} {}\n", boot, k_host, far, far));
        CHECK(store::request_holds(catalogue.path, {}, catalogue.clock).empty());
        const auto slots = store::open_request_slots(catalogue.path, {}, catalogue.clock);
        CHECK(slots->take(k_host, k_interval) == 0);
        CHECK(catalogue.folder.read("catalog.db-rate") ==
              fmt::format("{} {} {} 0\n", boot_id(), k_host, catalogue.clock.steady + k_interval));
    }
}

TEST_CASE("No turn or hold in the file is believed to be more than an hour ahead") {
    constexpr Millis k_hour = 3'600'000;
    for (const auto& [turn, hold] : {std::pair{2 * k_hour, Millis{0}}, {Millis{0}, 2 * k_hour}}) {
        CAPTURE(turn);
        OpenCatalogue catalogue;
        const Millis now = catalogue.clock.steady;
        catalogue.folder.write("catalog.db-rate", fmt::format("{} {} {} {}\n", boot_id(), k_host,
                                                              now + turn, now + hold));
        const auto slots = store::open_request_slots(catalogue.path, {}, catalogue.clock);
        CHECK(slots->take(k_host, k_interval) == k_hour);
    }
}

TEST_CASE("A turn that cannot be written down leaves the next one to others") {
    Two two;
    two.second = by_link(two);
    {
        const NoRoom no_room;
        CHECK_THROWS_AS(two.first->take(k_host, k_interval), store::StoreError);
    }
    CHECK(two.second->take(k_host, k_interval) == 0);
}

TEST_CASE("A turn is not taken through a link in the place of the file") {
    OpenCatalogue catalogue;
    const auto precious = catalogue.folder.write("precious", "keep me");
    std::filesystem::create_symlink(precious, catalogue.path + "-rate");
    CHECK_THROWS_AS(store::open_request_slots(catalogue.path, {}, catalogue.clock),
                    store::StoreError);
    CHECK(store::request_holds(catalogue.path, {}, catalogue.clock).empty());
    CHECK(catalogue.folder.read("precious") == "keep me");
}

TEST_CASE("Whoever looks at the holds makes no file") {
    OpenCatalogue catalogue;
    CHECK(store::request_holds(catalogue.path, {}, catalogue.clock).empty());
    CHECK_FALSE(std::filesystem::exists(catalogue.path + "-rate"));
}

TEST_CASE("Slots are given out one interval apart, and a hold counts for all") {
    OpenCatalogue catalogue;
    const auto one = store::open_request_slots(catalogue.path, {}, catalogue.clock);
    const auto other = store::open_request_slots(catalogue.path, {}, catalogue.clock);
    CHECK(one->take("host", 1000) == 0);
    CHECK(other->take("host", 1000) == 1000);
    CHECK(one->take("elsewhere", 1000) == 0);
    catalogue.clock.advance(1000);
    CHECK(other->take("host", 1000) == 0);
    one->hold_off("host", 30'000);
    CHECK(other->take("host", 1000) == 30'000);
    REQUIRE(other->holds().size() == 1);
    CHECK(other->holds().front().host == "host");
    CHECK(other->holds().front().left_ms == 30'000);
    catalogue.clock.advance(30'000);
    CHECK(one->holds().empty());
    CHECK(one->take("host", 1000) == 0);
}

TEST_CASE("A shorter hold never cuts a longer one, and none is longer than an hour") {
    OpenCatalogue catalogue;
    const auto slots = store::open_request_slots(catalogue.path, {}, catalogue.clock);
    slots->hold_off(k_host, 60'000);
    slots->hold_off(k_host, 1'000);
    CHECK(slots->take(k_host, k_interval) == 60'000);
    slots->hold_off(k_host, 1'000'000'000'000);
    CHECK(slots->take(k_host, k_interval) == 3'600'000);
}
