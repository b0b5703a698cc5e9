#include "domain/catalogue.hpp"

namespace pressings {

std::string_view to_string(TrackKind kind) {
    switch (kind) {
        case TrackKind::pregap:
            return "pregap";
        case TrackKind::track:
            return "track";
        case TrackKind::data:
            return "data";
    }
    return "track";
}

TrackKind parse_track_kind(std::string_view name) {
    for (const TrackKind kind : {TrackKind::pregap, TrackKind::data}) {
        if (name == to_string(kind)) return kind;
    }
    return TrackKind::track;
}

std::string credit_text(const ArtistCredit& credit) {
    std::string text;
    for (const CreditedArtist& artist : credit) {
        text += artist.name;
        text += artist.join_phrase;
    }
    return text;
}

}  // namespace pressings
