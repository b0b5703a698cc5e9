#include "domain/release_facts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pressings {

std::size_t known_tracks(const Release& release) {
    std::size_t tracks = 0;
    for (const Medium& medium : release.media)
        tracks += medium.tracks ? medium.tracks->size() : 0;
    return tracks;
}

std::size_t known_tracks(std::span<const Release> releases) {
    std::size_t tracks = 0;
    for (const Release& release : releases)
        tracks += known_tracks(release);
    return tracks;
}

ReleaseFacts facts_of(const Release& release) {
    ReleaseFacts facts;
    facts.format = plain_format(release.media);
    facts.status = release.status;
    facts.country = release.country;
    if (release.date && release.date->year) {
        facts.decade = fmt::format("{:03}0s", *release.date->year / 10);
    }
    for (const LabelInfo& info : release.label_info) {
        if (info.label) facts.labels.push_back(info.label->mbid);
    }
    std::sort(facts.labels.begin(), facts.labels.end());
    facts.labels.erase(std::unique(facts.labels.begin(), facts.labels.end()), facts.labels.end());
    facts.has_barcode = release.barcode && !release.barcode->empty();
    facts.is_without_barcode = release.barcode && release.barcode->empty();
    facts.has_tracks = !release.media.empty() &&
                       std::all_of(release.media.begin(), release.media.end(),
                                   [](const Medium& medium) { return medium.tracks.has_value(); });
    facts.media = static_cast<std::int64_t>(release.media.size());
    facts.tracks = static_cast<std::int64_t>(known_tracks(release));
    return facts;
}

}  // namespace pressings
