#include "render/report/editions.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "render/release_text.hpp"

namespace pressings::render::report {

namespace {

using store::ReleaseRecord;

/// The statuses of https://musicbrainz.org/doc/Release#Status, as they follow each other here.
int status_rank(const std::string& status) {
    constexpr const char* k_statuses[] = {"Official",       "",          "Promotion", "Bootleg",
                                          "Pseudo-Release", "Withdrawn", "Expunged",  "Cancelled"};
    const auto found = std::find(std::begin(k_statuses), std::end(k_statuses), status);
    return static_cast<int>(found - std::begin(k_statuses));
}

/// What editions are put together by: whether it left the album, format, rank of status, status.
using Place = std::tuple<bool, PlainFormat, int, std::string>;

Place place_of(const ReleaseRecord& record) {
    if (record.removed_at_ms) return {true, PlainFormat::other, 0, ""};
    const std::string status = record.release.status.value_or("");
    return {false, record.format, status_rank(status), status};
}

EditionGroup group_of(const Place& place, std::vector<const ReleaseRecord*> editions) {
    const auto& [is_removed, format, rank, status] = place;
    EditionGroup group;
    group.title = is_removed ? "No longer of this album" : std::string{format_title(format)};
    if (!is_removed) group.status = status.empty() ? "Status not known" : status;
    group.format = format;
    std::sort(editions.begin(), editions.end(), is_earlier);
    group.editions = std::move(editions);
    return group;
}

/// The earliest date of each plain format.
std::map<PlainFormat, std::string> first_dates(const std::vector<ReleaseRecord>& releases) {
    std::map<PlainFormat, std::string> dates;
    for (const ReleaseRecord& record : releases) {
        if (record.removed_at_ms) continue;
        const std::string date = date_key(record.release);
        const auto [found, is_new] = dates.try_emplace(record.format, date);
        if (!is_new) found->second = std::min(found->second, date);
    }
    return dates;
}

}  // namespace

std::vector<EditionGroup> edition_groups(const std::vector<ReleaseRecord>& releases) {
    std::map<Place, std::vector<const ReleaseRecord*>> places;
    for (const ReleaseRecord& record : releases)
        places[place_of(record)].push_back(&record);
    const auto dates = first_dates(releases);
    std::vector<EditionGroup> groups;
    for (auto& [place, editions] : places)
        groups.push_back(group_of(place, std::move(editions)));
    std::stable_sort(
        groups.begin(), groups.end(), [&](const EditionGroup& a, const EditionGroup& b) {
            if (a.status.empty() || b.status.empty()) return !a.status.empty();
            return std::tie(dates.at(a.format), a.format) < std::tie(dates.at(b.format), b.format);
        });
    return groups;
}

std::string_view format_title(PlainFormat format) {
    switch (format) {
        case PlainFormat::vinyl:
            return "Vinyl";
        case PlainFormat::cd:
            return "CD";
        case PlainFormat::digital:
            return "Digital";
        case PlainFormat::cassette:
            return "Cassette";
        case PlainFormat::other:
            return "Other";
    }
    return "";
}

std::string type_text(const Album& album) {
    std::string type = album.primary_type.value_or("");
    for (const std::string& secondary : album.secondary_types)
        type += (type.empty() ? "" : " + ") + secondary;
    return type;
}

std::string place_name(const std::optional<std::string>& country,
                       const std::optional<std::string>& area_name) {
    if (area_name) {
        const std::string& name = *area_name;
        const bool is_bracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
        return is_bracketed ? name.substr(1, name.size() - 2) : name;
    }
    if (country == "XW") return "Worldwide";
    if (country == "XE") return "Europe";
    return country.value_or("");
}

}  // namespace pressings::render::report
