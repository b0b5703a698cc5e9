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
    facts.has_label = std::any_of(release.label_info.begin(), release.label_info.end(),
                                  [](const LabelInfo& info) { return info.label.has_value(); });
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
