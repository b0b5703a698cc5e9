#include "domain/media_format.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace pressings;

namespace {

/// A release with one medium for each format; nullptr: unknown.
PlainFormat of_release(const std::vector<const char*>& formats) {
    std::vector<Medium> media;
    for (const char* format : formats) {
        Medium medium;
        medium.position = static_cast<int>(media.size()) + 1;
        if (format != nullptr) medium.format = format;
        media.push_back(medium);
    }
    return plain_format(media);
}

}  // namespace

TEST_CASE("Each format of MusicBrainz's has its plain one") {
    using enum PlainFormat;
    const std::pair<std::string, PlainFormat> formats[] = {
        {"CD", cd},
        {"CD-R", cd},
        {"8cm CD", cd},
        {"Enhanced CD", cd},
        {"Copy Control CD", cd},
        {"HDCD", cd},
        {"SHM-CD", cd},
        {"Blu-spec CD", cd},
        {"CD+G", cd},
        {"DualDisc (CD side)", cd},
        {"Vinyl", vinyl},
        {"7\" Vinyl", vinyl},
        {"10\" Vinyl", vinyl},
        {"12\" Vinyl", vinyl},
        {"Flexi-disc", vinyl},
        {"7\" Flexi-disc", vinyl},
        {"Digital Media", digital},
        {"Download Card", digital},
        {"Cassette", cassette},
        {"Microcassette", cassette},
        {"Shellac", other},
        {"10\" Shellac", other},
        {"DVD", other},
        {"DVD-Audio", other},
        {"DVD-Video", other},
        {"Blu-ray", other},
        {"HD-DVD", other},
        {"Betamax", other},
        {"VHS", other},
        {"LaserDisc", other},
        {"MiniDisc", other},
        {"DAT", other},
        {"8-Track Cartridge", other},
        {"Reel-to-reel", other},
        {"Other", other},
    };
    for (const auto& [name, plain] : formats) {
        CAPTURE(name);
        CHECK(to_string(plain_format(name)) == to_string(plain));
    }
}

TEST_CASE("A hybrid SACD plays in any CD player, an SACD does not") {
    CHECK(plain_format("Hybrid SACD") == PlainFormat::cd);
    CHECK(plain_format("Hybrid SACD (CD layer)") == PlainFormat::cd);
    CHECK(plain_format("Hybrid SACD (SACD layer)") == PlainFormat::other);
    CHECK(plain_format("SACD") == PlainFormat::other);
    CHECK(plain_format("SHM-SACD") == PlainFormat::other);
}

TEST_CASE("A format with CD in its name is no CD for that") {
    for (const std::string name : {"VCD", "SVCD", "CDV", "CD-i", "DCC"}) {
        CAPTURE(name);
        CHECK(plain_format(name) == PlainFormat::other);
    }
}

TEST_CASE("A format that is not known, or is spelled in another way, is other") {
    CHECK(plain_format("Holographic Cube") == PlainFormat::other);
    CHECK(plain_format("cd") == PlainFormat::other);
    CHECK(plain_format("") == PlainFormat::other);
}

TEST_CASE("A release is what most of its media are") {
    CHECK(of_release({"CD", "12\" Vinyl", "12\" Vinyl"}) == PlainFormat::vinyl);
    CHECK(of_release({"12\" Vinyl", "CD", "Enhanced CD"}) == PlainFormat::cd);
}

TEST_CASE("Of two formats with as many media the first one wins") {
    CHECK(of_release({"12\" Vinyl", "12\" Vinyl", "CD", "CD"}) == PlainFormat::vinyl);
    CHECK(of_release({"CD", "12\" Vinyl", "12\" Vinyl", "CD"}) == PlainFormat::cd);
}

TEST_CASE("A bonus DVD does not make a CD release other, not even two of them") {
    CHECK(of_release({"CD", "DVD-Video"}) == PlainFormat::cd);
    CHECK(of_release({"DVD-Video", "Blu-ray", "CD"}) == PlainFormat::cd);
    CHECK(of_release({"CD", "DVD-Video", "Blu-ray"}) == PlainFormat::cd);
}

TEST_CASE("A release of nothing but DVDs is other") {
    CHECK(of_release({"DVD-Video"}) == PlainFormat::other);
}

TEST_CASE("A release without media, or with media of unknown format, is other") {
    CHECK(of_release({}) == PlainFormat::other);
    CHECK(of_release({nullptr}) == PlainFormat::other);
}

TEST_CASE("A medium of unknown format does not count beside a known one") {
    CHECK(of_release({nullptr, nullptr, "Cassette"}) == PlainFormat::cassette);
}

TEST_CASE("Plain formats have the names that people filter by") {
    for (const std::string name : {"vinyl", "cd", "digital", "cassette", "other"}) {
        const auto format = parse_plain_format(name);
        REQUIRE(format);
        CHECK(to_string(*format) == name);
    }
    CHECK_FALSE(parse_plain_format("CD"));
    CHECK_FALSE(parse_plain_format(""));
}
