#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "source/json/json_codes.hpp"
#include "source/json/json_parts.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_media = 10'000;
constexpr std::size_t k_most_tracks = 10'000;  // in one list of a medium
constexpr std::size_t k_most_isrcs = 10'000;
constexpr int k_highest_position = 1'000'000;
constexpr std::int64_t k_longest_ms = 0x7FFF'FFFF;  // MusicBrainz keeps lengths in 32 bits

std::vector<std::string> read_isrcs(const JsonField& list) {
    std::vector<std::string> isrcs;
    list.for_each(k_most_isrcs,
                  [&](const JsonField& isrc, std::size_t) { isrcs.push_back(read_isrc(isrc)); });
    std::sort(isrcs.begin(), isrcs.end());
    isrcs.erase(std::unique(isrcs.begin(), isrcs.end()), isrcs.end());
    return isrcs;
}

std::optional<Recording> read_recording(const JsonField& recording) {
    if (recording.is_missing()) return std::nullopt;
    Recording result;
    result.mbid = recording["id"].required_mbid();
    result.title = recording["title"].required_text();
    result.artist_credit = read_artist_credit(recording["artist-credit"]);
    result.length_ms = recording["length"].number(0, k_longest_ms);
    result.video = recording["video"].flag();
    result.disambiguation = recording["disambiguation"].text();
    result.first_release_date = recording["first-release-date"].date();
    result.isrcs = read_isrcs(recording["isrcs"]);
    result.isrcs_told = {!recording["isrcs"].is_missing()};
    return result;
}

/// `usual_position` is for answers of servers that did not print it yet (2014).
Track read_track(const JsonField& track, TrackKind kind, int usual_position) {
    const bool is_pregap = kind == TrackKind::pregap;
    Track result;
    result.kind = kind;
    result.position = track["position"]
                          .small_number(is_pregap ? 0 : 1, is_pregap ? 0 : k_highest_position)
                          .value_or(usual_position);
    if (result.position > k_highest_position) track["position"].refuse("is beyond any medium");
    result.number = read_printed_code(track["number"]).value_or("");
    result.title = track["title"].required_text();
    result.mbid = track["id"].mbid();
    result.length_ms = track["length"].number(0, k_longest_ms);
    result.artist_credit = read_artist_credit(track["artist-credit"]);
    result.recording = read_recording(track["recording"]);
    return result;
}

/// Sorts by position, refusing two that have the same: `field` is the list they are from. Most are
/// sorted already, and sorting copies all of them.
template <typename Positioned>
void sort_by_position(std::vector<Positioned>& items, const JsonField& field) {
    const auto before = [](const Positioned& a, const Positioned& b) {
        return a.position < b.position;
    };
    if (!std::is_sorted(items.begin(), items.end(), before)) {
        std::stable_sort(items.begin(), items.end(), before);
    }
    const auto twice = std::adjacent_find(
        items.begin(), items.end(),
        [](const Positioned& a, const Positioned& b) { return a.position == b.position; });
    if (twice != items.end()) {
        field.refuse(fmt::format("has position {} twice", twice->position));
    }
}

/// The server leaves each of the three keys out where it has no such track, and all of them where
/// tracks were not asked for. A medium that counts none has none.
std::optional<std::vector<Track>> read_tracks(const JsonField& medium,
                                              const std::optional<int>& count) {
    const JsonField pregap = medium["pregap"];
    const JsonField ordinary = medium["tracks"];
    const JsonField data = medium["data-tracks"];
    if (pregap.is_missing() && ordinary.is_missing() && data.is_missing()) {
        return count == 0 ? std::optional{std::vector<Track>{}} : std::nullopt;
    }
    std::vector<Track> tracks;
    tracks.reserve(std::min(k_most_tracks, ordinary.size() + data.size() + 1));
    if (!pregap.is_missing()) tracks.push_back(read_track(pregap, TrackKind::pregap, 0));
    int position = medium["track-offset"].small_number(0, k_highest_position).value_or(0);
    const auto append = [&](TrackKind kind) {
        return [&tracks, &position, kind](const JsonField& track, std::size_t) {
            tracks.push_back(read_track(track, kind, ++position));
        };
    };
    ordinary.for_each(k_most_tracks, append(TrackKind::track));
    data.for_each(k_most_tracks, append(TrackKind::data));
    sort_by_position(tracks, medium);
    return tracks;
}

Medium read_medium(const JsonField& medium, int usual_position) {
    Medium result;
    result.position =
        medium["position"].small_number(1, k_highest_position).value_or(usual_position);
    result.mbid = medium["id"].mbid();
    result.format = read_term(medium["format"]);
    result.title = medium["title"].text();
    result.track_count = medium["track-count"].small_number(0, k_highest_position);
    result.tracks = read_tracks(medium, result.track_count);
    result.discs = read_discs(medium["discs"]);
    return result;
}

}  // namespace

std::vector<Medium> read_media(const JsonField& media) {
    std::vector<Medium> result;
    media.for_each(k_most_media, [&](const JsonField& medium, std::size_t index) {
        result.push_back(read_medium(medium, static_cast<int>(index) + 1));
    });
    sort_by_position(result, media);
    return result;
}

}  // namespace pressings::source
