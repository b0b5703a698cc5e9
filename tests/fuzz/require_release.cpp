#include "fuzz/require_release.hpp"

#include "fuzz/target.hpp"
#include "source/json/odd_value.hpp"

namespace pressings::fuzz {

namespace {

constexpr int k_highest_position = 1'000'000;
constexpr std::size_t k_most_entries = 10'000;

void require_name(const std::string& name) {
    require_storable(name);
    require(!name.empty(), "a name is not empty");
}

void require_text(const std::optional<std::string>& text) {
    if (text) require_name(*text);
}

void require_length(const std::optional<std::int64_t>& length_ms) {
    require(!length_ms || (*length_ms >= 0 && *length_ms <= 0x7FFF'FFFF), "a length fits 32 bits");
}

void require_count(std::size_t count) {
    require(count <= k_most_entries, "a list is bounded");
}

void require_credit(const ArtistCredit& credit) {
    require_count(credit.size());
    for (const CreditedArtist& credited : credit) {
        require_name(credited.name);
        require_storable(credited.join_phrase);
        require(credited.artist.mbid.has_value(), "an artist has an MBID");
        require_name(credited.artist.name);
        require_text(credited.artist.sort_name);
        require_text(credited.artist.disambiguation);
        require_text(credited.artist.type);
        require_text(credited.artist.country);
    }
}

void require_recording(const Recording& recording) {
    require_name(recording.title);
    require_credit(recording.artist_credit);
    require_length(recording.length_ms);
    require_text(recording.disambiguation);
    require_count(recording.isrcs.size());
    for (std::size_t i = 1; i < recording.isrcs.size(); ++i)
        require(recording.isrcs[i - 1] < recording.isrcs[i], "ISRCs are sorted, each once");
    for (const std::string& isrc : recording.isrcs)
        require_name(isrc);
}

void require_track(const Track& track) {
    const bool in_gap = track.kind == TrackKind::pregap;
    require(in_gap == (track.position == 0), "position 0 is the pregap and nothing else");
    require(track.position <= k_highest_position, "a position is bounded");
    require_storable(track.number);
    require_name(track.title);
    require_length(track.length_ms);
    require_credit(track.artist_credit);
    if (track.recording) require_recording(*track.recording);
}

void require_medium(const Medium& medium) {
    require(medium.position >= 1 && medium.position <= k_highest_position, "a medium has a place");
    require_text(medium.format);
    require_text(medium.title);
    require(!medium.track_count || *medium.track_count >= 0, "a count is not negative");
    if (!medium.tracks) return;
    require_count(medium.tracks->size() / 3);
    int last = -1;
    for (const Track& track : *medium.tracks) {
        require(track.position > last, "tracks are in order, each place taken once");
        last = track.position;
        require_track(track);
    }
}

}  // namespace

void require_whole(const Album& release_group) {
    require(release_group.mbid.has_value(), "a release group has an MBID");
    require_text(release_group.title);
    if (!release_group.title) {
        Album bare;
        bare.mbid = release_group.mbid;
        require(release_group == bare, "one without a title has nothing but its MBID");
    }
    require_credit(release_group.artist_credit);
    require_text(release_group.primary_type);
    require_text(release_group.disambiguation);
    require_count(release_group.secondary_types.size());
    for (const std::string& type : release_group.secondary_types)
        require_name(type);
}

void require_whole(const Oddity& oddity) {
    require_storable(oddity.field);
    require_name(oddity.problem);
    require_safe_message(described(oddity));
    if (oddity.value) require_storable(*oddity.value);
    require(oddity.value.value_or("").size() <= k_most_oddity_bytes + 3, "a value is shortened");
    require(oddity.reader == source::k_reader_version, "the reader tells its version");
}

void require_whole(const Release& release) {
    require_name(release.title);
    require_credit(release.artist_credit);
    for (const auto* text :
         {&release.status, &release.packaging, &release.quality, &release.disambiguation,
          &release.language, &release.script, &release.asin, &release.country}) {
        require_text(*text);
    }
    if (release.barcode) require_storable(*release.barcode);
    require_count(release.events.size());
    for (const ReleaseEvent& event : release.events) {
        require_text(event.country);
        require_text(event.area_name);
    }
    require_count(release.label_info.size());
    for (const LabelInfo& info : release.label_info) {
        require_text(info.catalog_number);
        if (info.label) require_name(info.label->name);
    }
    require(release.urls || release.originals.empty(), "originals are told where URLs are");
    for (std::size_t i = 1; i < release.originals.size(); ++i)
        require(release.originals[i - 1] < release.originals[i], "originals are sorted, each once");
    require_count(release.media.size());
    int last = 0;
    for (const Medium& medium : release.media) {
        require(medium.position > last, "media are in order, each place taken once");
        last = medium.position;
        require_medium(medium);
    }
}

}  // namespace pressings::fuzz
