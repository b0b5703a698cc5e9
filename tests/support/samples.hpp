#pragma once

#include <string>

#include "domain/job.hpp"

/// Small values of the catalogue for tests that need some, whatever they are.
namespace pressings::test {

/// The n-th of a row of different MBIDs.
inline Mbid mbid(int n) {
    std::string text = "00000000-0000-4000-8000-000000000000";
    const std::string digits = std::to_string(n);
    text.replace(text.size() - digits.size(), digits.size(), digits);
    return *Mbid::parse(text);
}

inline ArtistCredit credit(int artist, const std::string& name) {
    CreditedArtist credited;
    credited.name = name;
    credited.artist.mbid = mbid(artist);
    credited.artist.name = name;
    return {credited};
}

inline AlbumRequest album_request(int n) {
    AlbumRequest request;
    request.album.mbid = mbid(n);
    return request;
}

inline AlbumRequest named_request(const std::string& artist, const std::string& title) {
    AlbumRequest request;
    request.album.title = title;
    CreditedArtist credited;
    credited.name = artist;
    credited.artist.name = artist;
    request.album.artist_credit.push_back(credited);
    return request;
}

/// A release of one CD with `tracks` tracks, with recordings 10,000 and up.
inline Release release(int n, const std::string& title, int tracks = 2) {
    Release release;
    release.mbid = mbid(n);
    release.title = title;
    release.artist_credit = credit(900, "Somebody");
    release.status = "Official";
    Medium medium;
    medium.position = 1;
    medium.format = "CD";
    medium.track_count = tracks;
    medium.tracks.emplace();
    for (int i = 1; i <= tracks; ++i) {
        Track track;
        track.position = i;
        track.number = std::to_string(i);
        track.title = "Track " + std::to_string(i);
        track.artist_credit = release.artist_credit;
        Recording recording;
        recording.mbid = mbid(10'000 + i);
        recording.title = track.title;
        recording.artist_credit = release.artist_credit;
        track.recording = recording;
        medium.tracks->push_back(track);
    }
    release.media.push_back(medium);
    return release;
}

}  // namespace pressings::test
