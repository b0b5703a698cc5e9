#include "domain/told.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// As it is stored: with all that may be left open.
Release stored_release() {
    Release stored = release(1, "Heroes");
    stored.urls = {{"discogs", "https://www.discogs.com/release/1", {}, {}, {}}};
    stored.originals = {mbid(60)};
    stored.cover_art = CoverArt{true, true, {}, 2, {}};
    stored.media[0].mbid = mbid(50);
    stored.media[0].discs = {{"XzPS7vW.HPHsYemQh0HBUGr8vuU-", 200'000, 1, {150}}};
    (*stored.media[0].tracks)[0].recording->isrcs = {"GBAYE7300001"};
    LabelInfo info;
    info.catalog_number = "PL 12522";
    stored.label_info = {info};
    return stored;
}

}  // namespace

TEST_CASE("What is told is taken, nothing of what is stored is put over it") {
    const Release stored = stored_release();
    Release told = stored;
    told.title = "\"Heroes\"";
    told.disambiguation = "remaster";
    told.urls.emplace();
    told.originals.clear();
    told.media[0].discs.emplace();
    told.label_info.clear();
    (*told.media[0].tracks)[0].recording->isrcs.clear();
    CHECK(fill_untold(told, stored) == told);
}

TEST_CASE("A release that tells its bare facts keeps its lists") {
    const Release stored = stored_release();
    Release bare;
    bare.mbid = stored.mbid;
    bare.title = stored.title;
    bare.status = stored.status;
    bare.label_info_told = {false};
    bare.media_told = {false};
    CHECK(fill_untold(bare, stored) == stored);
}

TEST_CASE("Tracks without credits and ISRCs keep those they had") {
    const Release stored = stored_release();
    Release told = stored;
    for (Track& track : *told.media[0].tracks) {
        track.artist_credit.clear();
        track.recording->artist_credit.clear();
        track.recording->isrcs.clear();
        track.recording->isrcs_told = {false};
    }
    CHECK(fill_untold(told, stored) == stored);
}

TEST_CASE("Another medium in the same place takes nothing from the one before it") {
    const Release stored = stored_release();
    Release told = stored;
    told.media[0].mbid = mbid(51);
    told.media[0].tracks.reset();
    told.media[0].discs.reset();
    CHECK(fill_untold(told, stored) == told);
}

TEST_CASE("A medium with another number of tracks does not keep the old track list") {
    const Release stored = stored_release();
    Release told = stored;
    told.media[0].tracks.reset();
    told.media[0].track_count = 12;
    CHECK(fill_untold(told, stored) == told);
}

TEST_CASE("Another recording on a track keeps nothing of the one before it") {
    const Release stored = stored_release();
    Release told = stored;
    Recording& recording = *(*told.media[0].tracks)[0].recording;
    recording.mbid = mbid(77);
    recording.isrcs.clear();
    recording.isrcs_told = {false};
    CHECK(fill_untold(told, stored) == told);
}
