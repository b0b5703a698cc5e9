// What the statistics count, whatever happened to the releases before.
#include <map>

#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::Recordings;

namespace {

store::CatalogueStats stats_of(OpenCatalogue& catalogue) {
    return catalogue.store->catalogue().stats(Recordings::if_few);
}

using Counts = std::map<std::string, std::int64_t>;

Counts by_name(const std::vector<store::Count>& counts) {
    Counts named;
    for (const store::Count& count : counts)
        named[count.name.value_or("?")] = count.count;
    return named;
}

Release dated(Release release, const char* date, const char* country) {
    release.date = PartialDate::parse(date);
    release.country = country;
    return release;
}

Release on_label(Release release, int label, const std::string& name) {
    release.label_info.push_back({Label{mbid(label), name, {}, {}, {}, {}}, "X 1"});
    return release;
}

void import(OpenCatalogue& catalogue, int album, std::vector<Release> releases) {
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(album), refresh);
    Album group;
    group.mbid = mbid(album);
    catalogue.complete_as(catalogue.claim().front(), group, std::move(releases));
}

bool is_sound(OpenCatalogue& catalogue) {
    return catalogue.store->maintenance().check().faults.empty();
}

}  // namespace

TEST_CASE("Releases are counted by what they have, and by what is not known of them") {
    OpenCatalogue catalogue;
    Release vinyl = on_label(dated(release(5, "A"), "1973-03", "GB"), 700, "Harvest");
    vinyl.media[0].format = "12\" Vinyl";
    vinyl.barcode = "";
    Release cd = on_label(dated(release(6, "B", 3), "1979", "US"), 700, "Harvest");
    cd.barcode = "0724382975229";
    cd.status = "Bootleg";
    Release bare = release(7, "C");
    bare.date = PartialDate::parse(
        "????"
        "-05");
    bare.media[0].tracks.reset();
    import(catalogue, 1, {vinyl, cd, bare});

    const auto stats = stats_of(catalogue);
    CHECK(stats.releases == 3);
    CHECK(stats.media == 3);
    CHECK(stats.tracks == 5);
    CHECK(stats.recordings == 3);
    CHECK(stats.labels == 1);
    CHECK(by_name(stats.by_format) == Counts{{"vinyl", 1}, {"cd", 2}});
    CHECK(by_name(stats.by_status) == Counts{{"Official", 2}, {"Bootleg", 1}});
    CHECK(by_name(stats.by_country) == Counts{{"GB", 1}, {"US", 1}, {"?", 1}});
    CHECK(by_name(stats.by_decade) == Counts{{"1970s", 2}, {"?", 1}});
    CHECK(by_name(stats.by_label) == Counts{{"Harvest", 2}});
    CHECK(stats.by_decade.back().name == std::nullopt);
    CHECK(stats.with_date == 2);
    CHECK(stats.with_country == 2);
    CHECK(stats.with_label == 2);
    CHECK(stats.with_barcode == 1);
    CHECK(stats.without_barcode == 1);
    CHECK(stats.with_tracks == 2);
    CHECK(is_sound(catalogue));
}

TEST_CASE("A release that changes, goes and comes back is counted as it is now") {
    OpenCatalogue catalogue;
    const Release first = on_label(dated(release(5, "A"), "1973", "GB"), 700, "Harvest");
    import(catalogue, 1, {first, dated(release(6, "B"), "1980", "DE")});
    Release changed = on_label(dated(release(5, "A", 4), "1985", "GB"), 701, "EMI");
    changed.status = "Promotion";
    import(catalogue, 1, {changed});

    auto stats = stats_of(catalogue);
    CHECK(stats.releases == 1);
    CHECK(stats.releases_removed == 1);
    CHECK(stats.tracks == 6);  // those of the removed one are still there
    CHECK(by_name(stats.by_decade) == Counts{{"1980s", 1}});
    CHECK(by_name(stats.by_country) == Counts{{"GB", 1}});
    CHECK(by_name(stats.by_status) == Counts{{"Promotion", 1}});
    CHECK(by_name(stats.by_label) == Counts{{"EMI", 1}});
    CHECK(is_sound(catalogue));

    import(catalogue, 1, {changed, dated(release(6, "B"), "1980", "DE")});
    stats = stats_of(catalogue);
    CHECK(stats.releases == 2);
    CHECK(stats.releases_removed == 0);
    CHECK(by_name(stats.by_country) == Counts{{"GB", 1}, {"DE", 1}});
    CHECK(is_sound(catalogue));
}

TEST_CASE("What only a removed release has is not among the labels") {
    OpenCatalogue catalogue;
    import(catalogue, 1,
           {on_label(release(5, "A"), 700, "Harvest"),
            on_label(on_label(release(6, "B"), 701, "EMI"), 701, "EMI")});
    CHECK(by_name(stats_of(catalogue).by_label) == Counts{{"Harvest", 1}, {"EMI", 1}});
    import(catalogue, 1, {on_label(release(5, "A"), 700, "Harvest")});
    CHECK(by_name(stats_of(catalogue).by_label) == Counts{{"Harvest", 1}});
}

TEST_CASE("A release that was merged into another is counted once") {
    OpenCatalogue catalogue;
    import(catalogue, 1,
           {dated(release(5, "A"), "1973", "GB"), dated(release(6, "B"), "1980", "DE")});
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1), refresh);
    Album group;
    group.mbid = mbid(1);
    const store::Import merged{catalogue.claim().front(),
                               group,
                               {dated(release(5, "A"), "1973", "GB")},
                               1,
                               {{mbid(6), mbid(5), mbid(1)}}};
    CHECK(catalogue.store->queue().complete({&merged, 1}).front().releases.merged == 1);
    const auto stats = stats_of(catalogue);
    CHECK(stats.media == 1);
    CHECK(stats.tracks == 2);
    CHECK(by_name(stats.by_country) == Counts{{"GB", 1}});
    CHECK(is_sound(catalogue));
}

TEST_CASE("Each album is imported, waiting, failed or never asked for") {
    OpenCatalogue catalogue;
    import(catalogue, 1, {release(5, "A")});
    AddOptions no_job;
    no_job.queue_job = false;
    catalogue.add(album_request(2), no_job);
    catalogue.add(album_request(3));
    catalogue.store->queue().finish_failed({catalogue.claim().front(), store::Verdict::fail,
                                            JobError{"not_found", "no"}, catalogue.clock.now, 1});
    catalogue.add(album_request(4));
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1), refresh);  // waits, and is imported all the same

    auto stats = stats_of(catalogue);
    CHECK(stats.albums == 4);
    CHECK(stats.albums_imported == 1);
    CHECK(stats.albums_never_asked == 1);
    CHECK(stats.albums_failed == 1);
    CHECK(stats.albums_waiting == 1);
    catalogue.add(album_request(3), refresh);  // another job for the one that failed
    stats = stats_of(catalogue);
    CHECK(stats.albums_failed == 0);
    CHECK(stats.albums_waiting == 2);
    CHECK(is_sound(catalogue));
}

TEST_CASE("An import that is refused and taken back is not counted") {
    OpenCatalogue catalogue;
    Release impossible = release(6, "B");
    impossible.media.push_back(impossible.media[0]);  // two media of one position
    import(catalogue, 1, {dated(release(5, "A"), "1973", "GB"), impossible});
    const auto stats = stats_of(catalogue);
    CHECK(stats.releases == 1);
    CHECK(stats.tracks == 2);
    CHECK(is_sound(catalogue));
}
