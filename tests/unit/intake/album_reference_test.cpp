#include <string>

#include <doctest/doctest.h>

#include "unit/intake/batch.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

const std::string k_group = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
const std::string k_other = "83d91898-7763-47d7-b03b-b92132375c47";

std::optional<Mbid> group_named(const std::string& reference) {
    return album_in(intake::read_reference(reference, {})).album.mbid;
}

std::string refusal_code(const std::string& reference) {
    return refusal_in(intake::read_reference(reference, {})).code;
}

std::string refusal_of_artist(const std::string& reference) {
    const auto artist = intake::read_artist_reference(reference);
    const auto* refusal = std::get_if<intake::Refusal>(&artist);
    return refusal != nullptr ? refusal->code : "";
}

}  // namespace

TEST_CASE("An MBID alone is a release group, with blanks around it too") {
    CHECK(group_named(k_group) == Mbid::parse(k_group));
    CHECK(group_named("  F5093C06-23E3-404F-AEAA-40F72885EE3A\t") == Mbid::parse(k_group));
}

TEST_CASE("A release-group URL is read with https, http or no scheme") {
    for (const std::string scheme : {"https://", "http://", "HTTPS://", ""}) {
        CAPTURE(scheme);
        CHECK(group_named(scheme + "musicbrainz.org/release-group/" + k_group) ==
              Mbid::parse(k_group));
    }
}

TEST_CASE("The www and beta hosts of MusicBrainz are MusicBrainz") {
    CHECK(group_named("https://www.musicbrainz.org/release-group/" + k_group));
    CHECK(group_named("https://beta.musicbrainz.org/release-group/" + k_group));
    CHECK(group_named("https://MusicBrainz.ORG/release-group/" + k_group));
}

TEST_CASE("What follows the MBID in a URL does not matter") {
    for (const std::string rest : {"/", "/aliases", "?page=2", "#disc1", "/edits?page=2#top"}) {
        CAPTURE(rest);
        CHECK(group_named("https://musicbrainz.org/release-group/" + k_group + rest) ==
              Mbid::parse(k_group));
    }
}

TEST_CASE("A release URL asks for the album that the release belongs to") {
    const auto request = album_in(
        intake::read_reference("https://musicbrainz.org/release/" + k_other + "/discids", {}));
    CHECK(request.release_mbid == Mbid::parse(k_other));
    CHECK_FALSE(request.album.mbid);
}

TEST_CASE("A URL of any other MusicBrainz page is refused as the wrong entity, which is named") {
    for (const std::string entity : {"artist", "recording", "label", "work", "series"}) {
        CAPTURE(entity);
        const auto refusal = refusal_in(
            intake::read_reference("https://musicbrainz.org/" + entity + "/" + k_other, {}));
        CHECK(refusal.code == "wrong_entity");
        CHECK(refusal.message.find(entity) != std::string::npos);
    }
}

TEST_CASE("Whoever gives the URL of an artist is told of --discography") {
    const auto refusal =
        refusal_in(intake::read_reference("https://musicbrainz.org/artist/" + k_other, {}));
    CHECK(refusal.message.find("--discography") != std::string::npos);
}

TEST_CASE("URLs of other hosts are refused, however alike they look") {
    for (const std::string host :
         {"example.org", "musicbrainz.org.example.org", "notmusicbrainz.org", "musicbrainz.com",
          "user@musicbrainz.org", "listenbrainz.org"}) {
        CAPTURE(host);
        CHECK(refusal_code("https://" + host + "/release-group/" + k_group) == "bad_mbid");
    }
    CHECK(refusal_code("ftp://musicbrainz.org/release-group/" + k_group) == "bad_mbid");
}

TEST_CASE("A MusicBrainz URL without a whole MBID is refused") {
    for (const std::string rest : {"", "/", "/release-group", "/release-group/",
                                   "/release-group/f5093c06", "/release/abbey-road"}) {
        CAPTURE(rest);
        CHECK(refusal_code("https://musicbrainz.org" + rest) == "bad_mbid");
    }
}

TEST_CASE("A refused reference is shown made safe and short") {
    const auto refusal = refusal_in(intake::read_reference("\x1B[2J" + std::string(5000, 'x'), {}));
    CHECK(refusal.message.find('\x1B') == std::string::npos);
    CHECK(refusal.message.size() < 400);
}

TEST_CASE("A reference takes the queue and priority that were given for all") {
    const auto request = album_in(intake::read_reference(k_group, {"nightly", 7}));
    CHECK(request.queue == "nightly");
    CHECK(request.priority == 7);
}

TEST_CASE("The artist of a discography is an MBID or an artist URL") {
    CHECK(std::get<Mbid>(intake::read_artist_reference(" " + k_other)) == Mbid::parse(k_other));
    CHECK(std::get<Mbid>(intake::read_artist_reference("musicbrainz.org/artist/" + k_other +
                                                       "/releases")) == Mbid::parse(k_other));
}

TEST_CASE("What names no artist is refused where an artist is wanted") {
    CHECK(refusal_of_artist("https://musicbrainz.org/release-group/" + k_group) == "wrong_entity");
    CHECK(refusal_of_artist("https://musicbrainz.org/artist/pink-floyd") == "bad_mbid");
    CHECK(refusal_of_artist("https://example.org/artist/" + k_other) == "bad_mbid");
    CHECK(refusal_of_artist("Pink Floyd") == "bad_mbid");
}
