#include "render/release_text.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <fmt/format.h>

namespace pressings::render {

std::string date_text(const std::optional<PartialDate>& date) {
    return date ? date->to_string() : "";
}

std::string labels_text(const Release& release) {
    std::vector<std::string> parts;
    for (const LabelInfo& info : release.label_info) {
        std::string part = info.label ? info.label->name : "";
        if (info.catalog_number) part += (part.empty() ? "" : " ") + *info.catalog_number;
        parts.push_back(std::move(part));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

namespace {

/// Each text once, in their order.
std::string joined_once(const std::vector<std::string>& texts) {
    std::vector<std::string> once;
    for (const std::string& text : texts) {
        if (std::find(once.begin(), once.end(), text) == once.end()) once.push_back(text);
    }
    return fmt::format("{}", fmt::join(once, "; "));
}

}  // namespace

std::string label_names(const Release& release) {
    std::vector<std::string> names;
    for (const LabelInfo& info : release.label_info) {
        if (info.label) names.push_back(info.label->name);
    }
    return joined_once(names);
}

std::string catalogue_numbers(const Release& release) {
    std::vector<std::string> numbers;
    for (const LabelInfo& info : release.label_info) {
        if (info.catalog_number) numbers.push_back(*info.catalog_number);
    }
    return joined_once(numbers);
}

std::string media_text(const Release& release) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < release.media.size();) {
        std::size_t end = i + 1;
        while (end < release.media.size() && release.media[end].format == release.media[i].format) {
            ++end;
        }
        const std::string name = release.media[i].format.value_or("?");
        parts.push_back(end - i > 1 ? fmt::format("{}×{}", end - i, name) : name);
        i = end;
    }
    return fmt::format("{}", fmt::join(parts, " + "));
}

std::string length_text(const std::optional<std::int64_t>& length_ms) {
    if (!length_ms) return "";
    const std::int64_t seconds = (*length_ms + 500) / 1000;
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string sort_name(const ArtistCredit& credit) {
    std::string sorted;
    for (const CreditedArtist& credited : credit)
        sorted += credited.artist.sort_name.value_or(credited.name) + credited.join_phrase;
    return sorted;
}

std::string date_key(const Release& release) {
    const bool has_year = release.date && release.date->year;
    return has_year ? release.date->to_string() : "~" + date_text(release.date);
}

bool is_earlier(const store::ReleaseRecord* a, const store::ReleaseRecord* b) {
    const auto key = [](const store::ReleaseRecord* one) {
        return std::make_tuple(date_key(one->release), one->release.country.value_or("~"),
                               labels_text(one->release), one->release.mbid);
    };
    return key(a) < key(b);
}

}  // namespace pressings::render
