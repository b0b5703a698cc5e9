#include "domain/release_facts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace pressings {

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
    facts.has_tracks = !release.media.empty();
    facts.media = static_cast<std::int64_t>(release.media.size());
    for (const Medium& medium : release.media) {
        if (medium.tracks) {
            facts.tracks += static_cast<std::int64_t>(medium.tracks->size());
        } else {
            facts.has_tracks = false;
        }
    }
    return facts;
}

}  // namespace pressings
