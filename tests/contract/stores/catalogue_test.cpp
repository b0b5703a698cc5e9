#include <doctest/doctest.h>

#include "store/store_error.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// A release with something in every field, and nothing in some.
Release full_release() {
    Release full = release(5, "Collision Course", 2);
    full.packaging = "Keep Case";
    full.quality = "normal";
    full.disambiguation = "PAL";
    full.language = "eng";
    full.script = "Latn";
    full.barcode = "";
    full.asin = "B00065XJ48";
    full.date = PartialDate::parse("2004-11-29");
    full.country = "XE";
    full.events = {{PartialDate::parse("2004-11-29"), "XE", mbid(800), "Europe"},
                   {PartialDate::parse("1999-12"), std::nullopt, std::nullopt, std::nullopt}};
    Label label{mbid(700), "Warner", "Warner", std::nullopt, "Imprint", 392};
    full.label_info = {{label, "9362-48962-2"}, {label, std::nullopt}, {std::nullopt, "X 1"}};
    Track hidden = full.media[0].tracks->front();
    hidden.kind = TrackKind::pregap;
    hidden.position = 0;
    hidden.number = "0";
    hidden.recording->mbid = mbid(20'000);
    hidden.recording->isrcs = {"USWB10400001", "USWB10400002"};
    hidden.recording->video = false;
    hidden.recording->length_ms = 128'000;
    Track data = full.media[0].tracks->back();
    data.kind = TrackKind::data;
    data.position = 3;
    data.recording.reset();
    data.artist_credit.clear();
    full.media[0].tracks->insert(full.media[0].tracks->begin(), hidden);
    full.media[0].tracks->push_back(data);
    Medium unlisted;
    unlisted.position = 2;
    unlisted.format = "DVD-Video";
    unlisted.track_count = 17;
    full.media.push_back(unlisted);
    full.media[0].discs = {{"XzPS7vW.HPHsYemQh0HBUGr8vuU-", 242'457, 2, {150, 18'901}},
                           {"zzzzzzzzzzzzzzzzzzzzzzzzzzz-", std::nullopt, std::nullopt, {}}};
    full.media[1].discs.emplace();
    full.cover_art = CoverArt{true, true, false, 6, false};
    full.originals = {mbid(71), mbid(72)};
    full.urls = {{"discogs", "https://www.discogs.com/release/11892697", PartialDate::parse("2017"),
                  PartialDate::parse("2018-03"), true},
                 {"streaming", "https://music.example.org/1", {}, {}, {}}};
    full.aliases = {{"Heroes", "Heroes", "en", "Release name", true, {}, {}, false},
                    {"Helden", {}, {}, {}, {}, {}, {}, {}}};
    full.genres = {{"art rock", mbid(31), 12}, {"rock", {}, {}}};
    return full;
}

}  // namespace

TEST_CASE("A release comes back from the catalogue as it went in") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    const Release full = full_release();
    const auto report = catalogue.complete(catalogue.claim().front(), {full});
    CHECK(report.releases == ReleaseCounts{1, 1, 0, 0, 0});
    const auto stored = catalogue.releases(*added.album_id);
    REQUIRE(stored.size() == 1);
    CHECK(stored.front().release == full);
    CHECK(stored.front().format == PlainFormat::cd);
    CHECK(stored.front().release.label_info[0].label->label_code == 392);
}

TEST_CASE("A list of tracks has what the releases have, with their credits") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const Release full = full_release();
    catalogue.complete(catalogue.claim().front(), {full});
    std::vector<Track> tracks;
    catalogue.store->catalogue().tracks({}, [&](const store::TrackRecord& record) {
        CHECK(record.album_mbid == mbid(1));
        CHECK(record.release_mbid == full.mbid);
        CHECK(record.release_title == full.title);
        CHECK(*record.release_credit.credit == full.artist_credit);
        CHECK(record.medium_position == 1);
        CHECK(record.medium_format == full.media[0].format);
        Track track = record.track;
        track.artist_credit = *record.credit.credit;
        if (track.recording) track.recording->artist_credit = *record.recording_credit.credit;
        tracks.push_back(track);
    });
    CHECK(tracks == *full.media[0].tracks);
}

TEST_CASE("What a source was not asked for stays as it was, what there is none of goes") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    const Release full = full_release();
    catalogue.complete(catalogue.claim().front(), {full});
    const auto import_again = [&](const Release& release) {
        AddOptions refresh;
        refresh.refresh = true;
        catalogue.add(album_request(1), refresh);
        return catalogue.complete(catalogue.claim().front(), {release}).releases;
    };

    Release bare = full;
    bare.artist_credit.clear();
    bare.cover_art.reset();
    bare.urls.reset();
    bare.aliases.reset();
    bare.genres.reset();
    bare.label_info.clear();
    bare.label_info_told = {false};
    bare.media.clear();
    bare.media_told = {false};
    CHECK(import_again(bare).unchanged == 1);
    bare.media = full.media;
    for (Medium& medium : bare.media) {
        medium.tracks.reset();
        medium.discs.reset();
    }
    CHECK(import_again(bare).unchanged == 1);
    CHECK(catalogue.releases(*added.album_id).front().release == full);

    Release emptied = full;
    emptied.urls.emplace();
    emptied.originals.clear();
    emptied.aliases.emplace();
    emptied.genres.emplace();
    emptied.label_info.clear();
    emptied.media[0].discs.emplace();
    CHECK(import_again(emptied).updated == 1);
    CHECK(catalogue.releases(*added.album_id).front().release == emptied);
}

TEST_CASE("Other names and genres of an album are kept, and stay where nobody tells of them") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    Album group = album_request(1).album;
    group.title = "Heroes";
    group.aliases = {{"Helden", {}, "de", {}, true, {}, {}, false}};
    group.genres = {{"art rock", mbid(31), 12}};
    catalogue.complete_as(catalogue.claim().front(), group, {release(2, "Heroes")});
    CHECK(catalogue.store->catalogue().album(*added.album_id)->album == group);

    Album less = group;
    less.genres.reset();
    less.aliases.emplace();
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1), refresh);
    catalogue.complete_as(catalogue.claim().front(), less, {release(2, "Heroes")});
    const Album stored = catalogue.store->catalogue().album(*added.album_id)->album;
    CHECK(stored.genres == group.genres);
    CHECK(stored.aliases->empty());
}

TEST_CASE("The same releases a second time change nothing") {
    OpenCatalogue catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1));
    catalogue.complete(catalogue.claim().front(), {full_release(), release(6, "Other")});
    catalogue.add(album_request(1), refresh);
    const auto report =
        catalogue.complete(catalogue.claim().front(), {full_release(), release(6, "Other")});
    CHECK(report.releases == ReleaseCounts{2, 0, 0, 2, 0});
}

TEST_CASE("A recording that changed is news of each release that has it") {
    OpenCatalogue catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    const auto added = catalogue.add(album_request(1));
    std::vector<Release> both{release(5, "On vinyl"), release(6, "On CD")};
    catalogue.complete(catalogue.claim().front(), both);
    catalogue.add(album_request(1), refresh);
    for (Release& one : both)
        one.media[0].tracks->at(0).recording->disambiguation = "live";
    const auto report = catalogue.complete(catalogue.claim().front(), both);
    CHECK(report.releases.updated == 2);
    CHECK(catalogue.releases(*added.album_id).at(1).release == both[1]);
}

TEST_CASE("A changed release is rewritten, a missing one marked removed, and may come back") {
    OpenCatalogue catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    const auto added = catalogue.add(album_request(1));
    const auto import = [&](std::vector<Release> releases) {
        catalogue.add(album_request(1), refresh);
        return catalogue.complete(catalogue.claim().front(), std::move(releases)).releases;
    };
    import({release(5, "A"), release(6, "B")});
    CHECK(import({release(5, "A, with an S", 3)}) == ReleaseCounts{1, 0, 1, 0, 1});
    auto stored = catalogue.releases(*added.album_id);
    CHECK(stored[0].release == release(5, "A, with an S", 3));
    CHECK(stored[1].removed_at_ms);
    CHECK(catalogue.store->jobs().status().releases == 1);
    CHECK(import({release(5, "A, with an S", 3), release(6, "B")}) == ReleaseCounts{2, 0, 1, 1, 0});
    CHECK_FALSE(catalogue.releases(*added.album_id)[1].removed_at_ms);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What the source says of the album is written, what it leaves open stays") {
    OpenCatalogue catalogue;
    AlbumRequest request = named_request("Cann", "Tago Mago");
    request.album.primary_type = "Album";
    const auto added = catalogue.add(request);
    Album group;
    group.mbid = mbid(1);
    group.title = "Tago Mago";
    group.artist_credit = credit(2, "CAN");
    group.secondary_types = {"Live", "Compilation"};
    catalogue.complete_as(catalogue.claim().front(), group, {});
    const auto album = *catalogue.store->catalogue().album(*added.album_id);
    CHECK(album.album.mbid == mbid(1));
    CHECK(credit_text(album.album.artist_credit) == "CAN");
    CHECK(album.album.primary_type == "Album");
    CHECK(album.album.secondary_types == group.secondary_types);
    CHECK(album.imported_at_ms == catalogue.clock.now);
}

TEST_CASE("Two albums that turn out to be one release group become one album") {
    OpenCatalogue catalogue;
    const auto known = catalogue.add(album_request(1));
    const auto guess = catalogue.add(named_request("CAN", "Tago Mago"));
    auto jobs = catalogue.claim(2);
    REQUIRE(jobs.size() == 2);
    Album group;
    group.mbid = mbid(1);
    const auto report = catalogue.complete_as(jobs[1], group, {release(5, "Tago Mago")});
    CHECK(report.accepted);
    CHECK(report.album_id == known.album_id);
    CHECK_FALSE(catalogue.store->catalogue().album(*guess.album_id));
    CHECK(catalogue.add(named_request("CAN", "Tago Mago")).album_id == known.album_id);
    CHECK(catalogue.complete_as(jobs[0], group, {release(5, "Tago Mago")}).releases.unchanged == 1);
    CHECK(catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("A release group that was merged keeps its album, which both MBIDs name then") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    Album target;
    target.mbid = mbid(2);
    catalogue.complete_as(catalogue.claim().front(), target, {release(5, "Merged")});
    CHECK(catalogue.store->catalogue().album_id(mbid(1)) == added.album_id);
    CHECK(catalogue.store->catalogue().album_id(mbid(2)) == added.album_id);
    CHECK(catalogue.add(album_request(1)).status == AddStatus::exists);
}

TEST_CASE("Settling which release group an album is queues its job again") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(named_request("CAN", "Tago Mago"));
    catalogue.store->queue().finish_failed({catalogue.claim().front(), store::Verdict::fail,
                                            JobError{"ambiguous", "which?"}, catalogue.clock.now,
                                            1});
    const auto identified = catalogue.store->albums().identify_album(*added.album_id, mbid(1), {});
    CHECK_FALSE(identified.error);
    CHECK(identified.job_id == added.job_id);
    CHECK(catalogue.claim().front().album.mbid == mbid(1));
    CHECK(catalogue.store->albums().identify_album(99, mbid(3), {}).error);
}

TEST_CASE("Releases are found from a year on, however exact their dates are") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    std::vector<Release> releases;
    for (const char* date : {"2025-12-31", "2026", "2026-11-29", "2027-03", "\?\?\?\?-12", ""}) {
        const int n = 5 + static_cast<int>(releases.size());
        releases.push_back(release(n, *date == '\0' ? "none" : date));
        releases.back().date = PartialDate::parse(date);
    }
    catalogue.complete(catalogue.claim().front(), releases);
    const auto found = [&](const char* year) {
        store::ReleaseFilter filter;
        filter.dated_from = year;
        std::string titles;
        catalogue.store->catalogue().releases(
            filter, [&](const auto& one) { titles += one.release.title + " "; });
        return titles;
    };
    CHECK(found("2026") == "2026 2026-11-29 2027-03 ");
    CHECK(found("2027") == "2027-03 ");
    CHECK(found("2028").empty());
}

TEST_CASE("What was written since a time is found, also what was found removed since") {
    OpenCatalogue catalogue;
    AddOptions refresh;
    refresh.refresh = true;
    catalogue.add(album_request(1));
    catalogue.complete(catalogue.claim().front(), {release(5, "Stays"), release(6, "Goes")});
    const Millis imported_ms = catalogue.clock.now_ms();
    catalogue.clock.advance(1000);
    catalogue.add(album_request(1), refresh);
    catalogue.complete(catalogue.claim().front(), {release(5, "Stays")});
    const auto found = [&](Millis since_ms) {
        store::ReleaseFilter filter;
        filter.with_removed = true;
        filter.since_ms = since_ms;
        std::string titles;
        catalogue.store->catalogue().releases(
            filter, [&](const auto& r) { titles += r.release.title + ";"; });
        return titles;
    };
    CHECK(found(imported_ms) == "Stays;Goes;");
    CHECK(found(imported_ms + 1) == "Goes;");
    CHECK(found(imported_ms + 1001) == "");
    store::AlbumFilter albums;
    const auto count = [&](Millis since_ms) {
        int found_albums = 0;
        albums.since_ms = since_ms;
        catalogue.store->catalogue().albums(albums, [&](const auto&) { ++found_albums; });
        return found_albums;
    };
    CHECK(count(imported_ms + 1000) == 1);
    CHECK(count(imported_ms + 1001) == 0);
}

TEST_CASE("In one view, what another connection commits meanwhile is not seen") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto reading = catalogue.reopen();
    const auto count = [&] {
        int albums = 0;
        reading->catalogue().albums({}, [&](const auto&) { ++albums; });
        return albums;
    };
    reading->catalogue().in_one_view([&] {
        CHECK(count() == 1);
        catalogue.add(album_request(2));
        CHECK(count() == 1);
        CHECK(reading->catalogue().stats(store::Recordings::if_few).albums == 1);
    });
    CHECK(count() == 2);
}
