#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// Releases as MusicBrainz holds them, and as its server writes them: for what no recorded answer
/// has.
namespace pressings::test {

struct HeldTrack {
    int position = 1;  ///< 0: hidden before the first
    std::string number;
    std::string title;
    std::optional<std::int64_t> length_ms = 200'000;
    bool is_data = false;
};

struct HeldMedium {
    int position = 1;
    std::vector<HeldTrack> tracks;  ///< in order
    std::optional<std::string> format = "CD";
    std::string title{};
};

struct HeldEvent {
    std::string date;     ///< "" where only the country is known
    std::string country;  ///< ISO 3166-1
};

struct HeldGroup {
    int number = 0;  ///< its MBID is made of it
    std::string title;
    std::string first_release_date{};
};

struct HeldRelease {
    int number = 0;  ///< its MBID, and those of what is in it, are made of it
    HeldGroup group;
    std::string title;
    std::string artist;  ///< as credited
    std::string status = "Official";
    std::vector<HeldEvent> events{};  ///< the earliest first
    std::vector<HeldMedium> media{};  ///< in order
    std::string barcode{};
    std::string catalog_number{};
    std::string language = "eng";
    std::string script = "Latn";
    std::string disambiguation{};
};

/// The artist of all of them.
extern const char* const k_held_artist;

std::string mbid_of(const HeldGroup& group);
std::string mbid_of(const HeldRelease& release);

/// The release as a lookup with everything that the importer asks for gives it, by the rules of the
/// server (musicbrainz-server lib/MusicBrainz/Server/WebService/Serializer/JSON/2).
nlohmann::json server_json(const HeldRelease& release);

}  // namespace pressings::test
