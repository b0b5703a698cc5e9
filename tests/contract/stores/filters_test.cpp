// Which albums and releases a filter finds, and in which order.
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::AlbumFilter;
using store::Facet;
using store::Filter;
using store::ReleaseFilter;

namespace {

Release pressing(int n, const std::string& title, const char* date, const char* country,
                 const char* medium) {
    Release one = release(n, title);
    one.date = PartialDate::parse(date);
    one.country = country;
    one.events = {{one.date, one.country, std::nullopt, std::nullopt}};
    one.media.front().format = medium;
    return one;
}

/// Two albums that are imported, and a third that waits:
/// 1 "Homogenic" (Björk, Album, 1997): a CD of 1997 in GB on One Little Indian, an LP of 1997 in
/// US; 2 "Live Box" (Björk & Trio, Album + Live, 2003): a bootleg without a status elsewhere; 3
/// "Debut" (nobody, of no known type or date).
struct Collection : OpenCatalogue {
    Collection() {
        add(album_request(1));
        add(album_request(2));
        AlbumRequest debut = album_request(3);
        debut.album.title = "Debut";
        add(debut);
        const auto jobs = claim(2);
        Release cd = pressing(11, "Homogenic", "1997-09", "GB", "CD");
        cd.label_info = {{Label{mbid(700), "One Little Indian", {}, {}, {}, {}}, "TPLP 71CD"}};
        cd.barcode = "0 5016958 036928";
        Release lp = pressing(12, "Homogenic LP", "1997-10", "US", "12\" Vinyl");
        lp.events.push_back({PartialDate::parse("1998"), "CA", std::nullopt, std::nullopt});
        lp.barcode = "";
        complete_as(jobs[0], group(1, "Homogenic", credit(900, "Björk"), "1997-09-22", {}),
                    {cd, lp});
        Release box = pressing(13, "Live Box", "2003", "XE", "CD");
        box.status.reset();
        auto both = credit(900, "Björk");
        both[0].join_phrase = " & ";
        both.push_back(credit(901, "Trio")[0]);
        clock.advance(1000);
        complete_as(jobs[1], group(2, "Live Box", both, "2003", {"Live"}), {box});
    }

    static Album group(int n, const std::string& title, const ArtistCredit& artists,
                       const char* date, std::vector<std::string> secondary_types) {
        Album album;
        album.mbid = mbid(n);
        album.title = title;
        album.artist_credit = artists;
        album.first_release_date = PartialDate::parse(date);
        album.primary_type = "Album";
        album.secondary_types = std::move(secondary_types);
        return album;
    }

    /// The numbers of the albums, then the titles of the releases.
    std::string found(const Filter& filter) {
        return listed(AlbumFilter{filter, {}}) + " " + listed(ReleaseFilter{filter, false, {}});
    }

    std::string listed(const AlbumFilter& filter) {
        std::string ids;
        store->catalogue().albums(filter, [&](const auto& a) { ids += std::to_string(a.id); });
        return ids;
    }

    std::string listed(const ReleaseFilter& filter) {
        std::string titles;
        store->catalogue().releases(filter,
                                    [&](const auto& r) { titles += "/" + r.release.title; });
        return titles;
    }
};

constexpr const char* k_all = "123 /Homogenic/Homogenic LP/Live Box";

}  // namespace

TEST_CASE("Nothing asked for is all there is") {
    Collection catalogue;
    CHECK(catalogue.found({}) == k_all);
}

TEST_CASE("A part of the artist or title finds an album, its releases and no other's") {
    Collection catalogue;
    Filter filter;
    filter.wanted.artists = {"bjork"};
    CHECK(catalogue.found(filter) == "12 /Homogenic/Homogenic LP/Live Box");
    filter.wanted.artists = {"TRIO"};
    CHECK(catalogue.found(filter) == "2 /Live Box");
    filter.wanted.artists = {"K & T"};
    CHECK(catalogue.found(filter) == "2 /Live Box");
    filter.wanted.artists = {"nobody", "trio"};  // either
    CHECK(catalogue.found(filter) == "2 /Live Box");
    filter = {};
    filter.wanted.titles = {"ebu"};
    CHECK(catalogue.found(filter) == "3 ");
}

TEST_CASE("A type is the primary or a secondary one, or known to nobody") {
    Collection catalogue;
    Filter filter;
    filter.wanted.types = {"album"};
    CHECK(catalogue.listed(AlbumFilter{filter, {}}) == "12");
    filter.wanted.types = {"LIVE"};
    CHECK(catalogue.found(filter) == "2 /Live Box");
    filter.wanted.types = {std::nullopt};
    CHECK(catalogue.found(filter) == "3 ");
    filter.wanted.types = {std::nullopt, "live"};
    CHECK(catalogue.listed(AlbumFilter{filter, {}}) == "23");
}

TEST_CASE("A range of years has both its ends, and no album without a date") {
    Collection catalogue;
    const auto in = [&](const char* years) {
        Filter filter;
        filter.wanted.years = {*YearRange::parse(years)};
        return catalogue.listed(AlbumFilter{filter, {}});
    };
    CHECK(in("1997") == "1");
    CHECK(in("1998..2003") == "2");
    CHECK(in("..1997") == "1");
    CHECK(in("1997..") == "12");
    CHECK(in("..9999") == "12");
}

TEST_CASE("What a release has finds it, and its album") {
    Collection catalogue;
    Filter filter;
    const auto found = [&] {
        const std::string result = catalogue.found(filter);
        filter = {};
        return result;
    };
    filter.wanted.formats = {PlainFormat::vinyl};
    CHECK(found() == "1 /Homogenic LP");
    filter.wanted.countries = {"ca"};  // its second event
    CHECK(found() == "1 /Homogenic LP");
    filter.wanted.countries = {"CA", "GB"};
    CHECK(found() == "1 /Homogenic/Homogenic LP");
    filter.wanted.statuses = {"official"};
    CHECK(found() == "1 /Homogenic/Homogenic LP");
    filter.wanted.statuses = {std::nullopt};
    CHECK(found() == "2 /Live Box");
    filter.wanted.labels = {"ONE LITTLE INDIAN"};
    CHECK(found() == "1 /Homogenic");
    filter.wanted.labels = {mbid(700).to_string()};
    CHECK(found() == "1 /Homogenic");
    filter.wanted.labels = {"one little"};
    CHECK(found() == " ");
    filter.wanted.catalog_numbers = {"tplp-71 cd"};
    CHECK(found() == "1 /Homogenic");
    filter.wanted.barcodes = {"5016958036928"};
    CHECK(found() == "1 /Homogenic");
    filter.wanted.barcodes = {"0"};  // is not how a release without one is found
    CHECK(found() == " ");
}

TEST_CASE("All that is asked for must hold, of one and the same release") {
    Collection catalogue;
    Filter filter;
    filter.wanted.formats = {PlainFormat::vinyl};
    filter.wanted.countries = {"GB"};
    CHECK(catalogue.found(filter) == " ");
    filter.wanted.countries = {"US"};
    filter.wanted.artists = {"bjork"};
    CHECK(catalogue.found(filter) == "1 /Homogenic LP");
    filter.album_id = 2;
    CHECK(catalogue.found(filter) == " ");
}

TEST_CASE("What is excluded leaves the rest, what is not known included") {
    Collection catalogue;
    Filter filter;
    const auto found = [&] {
        const std::string result = catalogue.found(filter);
        filter = {};
        return result;
    };
    filter.excluded.formats = {PlainFormat::vinyl};
    CHECK(found() == "12 /Homogenic/Live Box");
    filter.excluded.statuses = {"Official"};
    CHECK(found() == "2 /Live Box");
    filter.excluded.countries = {"GB", "CA"};
    CHECK(found() == "2 /Live Box");
    filter.excluded.labels = {"one little indian"};
    CHECK(found() == "12 /Homogenic LP/Live Box");
    filter.excluded.types = {"live"};
    CHECK(found() == "13 /Homogenic/Homogenic LP");
    filter.excluded.years = {*YearRange::parse("1990..1999")};
    CHECK(found() == "23 /Live Box");
    filter.excluded.artists = {"trio"};
    CHECK(found() == "13 /Homogenic/Homogenic LP");
    filter.wanted.artists = {"bjork"};
    filter.excluded.barcodes = {"5016958036928"};
    CHECK(found() == "12 /Homogenic LP/Live Box");
}

TEST_CASE("Missing are albums without releases, and those whose last job failed") {
    Collection catalogue;
    Filter filter;
    filter.missing = true;
    CHECK(catalogue.found(filter) == "3 ");
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1), refresh);
    const auto jobs = catalogue.claim(2);
    for (const ClaimedJob& job : jobs) {
        catalogue.store->queue().finish_failed(
            {job, store::Verdict::fail, JobError{"gone", "no"}, catalogue.clock.now, 1});
    }
    CHECK(catalogue.found(filter) == "13 /Homogenic/Homogenic LP");
    catalogue.add(album_request(1), refresh);  // its last job is another one now
    CHECK(catalogue.found(filter) == "3 ");
}

TEST_CASE("Albums are found by when they were last imported") {
    Collection catalogue;
    Filter filter;
    filter.imported_since_ms = catalogue.clock.now_ms();
    CHECK(catalogue.found(filter) == "2 /Live Box");
    filter.imported_since_ms = catalogue.clock.now_ms() - 1000;
    CHECK(catalogue.found(filter) == "12 /Homogenic/Homogenic LP/Live Box");
}

TEST_CASE("A label that was renamed is found by its new name alone") {
    Collection catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(2), refresh);
    const auto jobs = catalogue.claim(2);
    Release box = pressing(13, "Live Box", "2003", "XE", "CD");
    box.label_info = {{Label{mbid(700), "OLI", {}, {}, {}, {}}, std::nullopt}};
    for (const ClaimedJob& job : jobs) {
        if (job.album_id == 2) catalogue.complete_as(job, {}, {box});
    }
    Filter filter;
    filter.wanted.labels = {"oli"};
    CHECK(catalogue.found(filter) == "12 /Homogenic/Live Box");
    filter.wanted.labels = {"One Little Indian"};
    CHECK(catalogue.found(filter) == " ");
}

TEST_CASE("Albums are sorted by what is asked for, what is not known last, either way round") {
    Collection catalogue;
    const auto sorted = [&](store::AlbumOrder order, store::Direction direction) {
        AlbumFilter filter;
        filter.order = order;
        filter.order_direction = direction;
        return catalogue.listed(filter);
    };
    using enum store::AlbumOrder;
    constexpr auto k_up = store::Direction::ascending;
    constexpr auto k_down = store::Direction::descending;
    CHECK(sorted(by_id, k_down) == "321");
    CHECK(sorted(by_title, k_up) == "312");
    CHECK(sorted(by_title, k_down) == "213");
    CHECK(sorted(by_date, k_up) == "123");
    CHECK(sorted(by_date, k_down) == "213");
    CHECK(sorted(by_import, k_down) == "213");
    CHECK(sorted(by_releases, k_up) == "321");
    CHECK(sorted(by_releases, k_down) == "123");
}

TEST_CASE("By artist means by the name to sort by, then by date; no artist comes last") {
    OpenCatalogue catalogue;
    const auto add = [&](int n, const char* name, const char* sort_name, const char* date) {
        AlbumRequest request = album_request(n);
        request.album.title = date;
        request.album.first_release_date = PartialDate::parse(date);
        if (name != nullptr) {
            request.album.artist_credit = credit(100 + n, name);
            request.album.artist_credit[0].artist.sort_name = sort_name;
        }
        catalogue.add(request);
    };
    add(1, nullptr, nullptr, "1950");
    add(2, "The Zombies", "Zombies, The", "1968");
    add(3, "Émilie", "Émilie", "2000");
    add(4, "Bob Dylan", "dylan, Bob", "1966");
    AlbumFilter filter;
    filter.order = store::AlbumOrder::by_artist;
    std::string dates;
    catalogue.store->catalogue().albums(filter,
                                        [&](const auto& a) { dates += *a.album.title + " "; });
    CHECK(dates == "1966 2000 1968 1950 ");
}

TEST_CASE("Releases are sorted by what is asked for, what is not known last") {
    Collection catalogue;
    const auto sorted = [&](store::ReleaseOrder order, store::Direction direction) {
        ReleaseFilter filter;
        filter.order = order;
        filter.order_direction = direction;
        return catalogue.listed(filter);
    };
    using enum store::ReleaseOrder;
    constexpr auto k_up = store::Direction::ascending;
    constexpr auto k_down = store::Direction::descending;
    CHECK(sorted(by_id, k_down) == "/Live Box/Homogenic LP/Homogenic");
    CHECK(sorted(by_album, k_down) == "/Live Box/Homogenic/Homogenic LP");
    CHECK(sorted(by_date, k_down) == "/Live Box/Homogenic LP/Homogenic");
    CHECK(sorted(by_title, k_down) == "/Live Box/Homogenic LP/Homogenic");
    CHECK(sorted(by_country, k_up) == "/Homogenic/Homogenic LP/Live Box");
    CHECK(sorted(by_format, k_down) == "/Homogenic LP/Homogenic/Live Box");
    CHECK(sorted(by_label, k_down) == "/Homogenic/Homogenic LP/Live Box");
}

TEST_CASE("A part of a list is what stands there in the whole list") {
    Collection catalogue;
    AlbumFilter filter;
    filter.limit = 2;
    CHECK(catalogue.listed(filter) == "12");
    filter.offset = 1;
    CHECK(catalogue.listed(filter) == "23");
    filter.limit = 0;
    filter.offset = 2;
    CHECK(catalogue.listed(filter) == "3");
    filter.offset = 7;
    CHECK(catalogue.listed(filter).empty());
}

TEST_CASE("It is known which values something has") {
    Collection catalogue;
    auto& reader = catalogue.store->catalogue();
    using Values = std::vector<std::string>;
    CHECK(reader.has_value(Facet::status, "OFFICIAL"));
    CHECK_FALSE(reader.has_value(Facet::status, "Bootleg"));
    CHECK(reader.values(Facet::status) == Values{"Official"});
    CHECK(reader.has_value(Facet::format, "cd"));
    CHECK_FALSE(reader.has_value(Facet::format, "cassette"));
    CHECK(reader.has_value(Facet::country, "ca"));  // of a second event
    CHECK_FALSE(reader.has_value(Facet::country, "ZZ"));
    CHECK(reader.values(Facet::country) == Values{"CA", "GB", "US", "XE"});
    CHECK(reader.has_value(Facet::type, "live"));
    CHECK_FALSE(reader.has_value(Facet::type, "ep"));
    CHECK(reader.values(Facet::type) == Values{"Album", "Live"});
    CHECK(reader.has_value(Facet::label, "one little indian"));
    CHECK(reader.has_value(Facet::label, mbid(700).to_string()));
    CHECK_FALSE(reader.has_value(Facet::label, "One Little"));
    CHECK(reader.values(Facet::label) == Values{"One Little Indian"});
}
