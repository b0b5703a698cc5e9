#include "source/json/json_parts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "source/json/json_codes.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_entries = 10'000;
constexpr std::int64_t k_highest_label_code = 999'999'999;

Artist read_artist(const JsonField& artist, const std::optional<std::string>& credited_name) {
    Artist result;
    result.mbid = artist["id"].required_mbid();
    const auto name = artist["name"].text();
    result.name = name ? *name : credited_name ? *credited_name : artist["name"].required_text();
    result.sort_name = artist["sort-name"].text();
    result.disambiguation = artist["disambiguation"].text();
    result.type = read_term(artist["type"]);
    result.country = read_country_code(artist["country"]);
    return result;
}

/// Servers of some years wrote these keys, alone of all, with underlines.
std::vector<std::string> read_codes(const JsonField& area, std::string_view hyphened,
                                    std::string_view underlined) {
    std::vector<std::string> codes;
    const auto append = [&](const JsonField& code, std::size_t) {
        const auto read = read_country_code(code);
        codes.push_back(read ? *read : code.required_text());
    };
    area[hyphened].for_each(k_most_entries, append);
    if (codes.empty()) area[underlined].for_each(k_most_entries, append);
    return codes;
}

/// A country (ISO 3166-1), or one that is no more (3, "YUCS"), or a part of one (2).
std::optional<std::string> read_country(const JsonField& area,
                                        const std::optional<std::string>& preferred) {
    auto codes = read_codes(area, "iso-3166-1-codes", "iso_3166_1_codes");
    for (const auto& [hyphened, underlined] : {std::pair{"iso-3166-3-codes", "iso_3166_3_codes"},
                                               std::pair{"iso-3166-2-codes", "iso_3166_2_codes"}}) {
        auto more = read_codes(area, hyphened, underlined);
        codes.insert(codes.end(), more.begin(), more.end());
    }
    if (codes.empty()) return std::nullopt;
    if (preferred && std::find(codes.begin(), codes.end(), *preferred) != codes.end()) {
        return preferred;
    }
    return codes.front();
}

/// A label of which nothing at all is told is no label; one without MBID cannot be kept.
std::optional<Label> read_label(const JsonField& label) {
    if (label.is_missing()) return std::nullopt;
    const auto name = label["name"].text();
    if (label["id"].is_missing() && !name) return std::nullopt;
    Label result;
    result.mbid = label["id"].required_mbid();
    result.name = name ? *name : label["name"].required_text();
    result.sort_name = label["sort-name"].text();
    result.disambiguation = label["disambiguation"].text();
    result.type = read_term(label["type"]);
    result.label_code = label["label-code"].number(0, k_highest_label_code);
    return result;
}

}  // namespace

ArtistCredit read_artist_credit(const JsonField& credit) {
    ArtistCredit result;
    credit.for_each(k_most_entries, [&](const JsonField& element, std::size_t) {
        const auto name = element["name"].text();
        CreditedArtist credited;
        credited.artist = read_artist(element["artist"], name);
        credited.name = name.value_or(credited.artist.name);
        credited.join_phrase = element["joinphrase"].text().value_or("");
        result.push_back(std::move(credited));
    });
    return result;
}

Album read_release_group(const JsonField& group) {
    Album album;
    album.mbid = group["id"].required_mbid();
    album.title = group["title"].required_text();
    album.artist_credit = read_artist_credit(group["artist-credit"]);
    album.first_release_date = group["first-release-date"].date();
    album.primary_type = read_term(group["primary-type"]);
    group["secondary-types"].for_each(k_most_entries, [&](const JsonField& type, std::size_t) {
        const auto name = read_term(type);
        album.secondary_types.push_back(name ? *name : type.required_text());
    });
    album.disambiguation = group["disambiguation"].text();
    album.aliases = read_aliases(group["aliases"]);
    album.genres = read_genres(group["genres"]);
    return album;
}

std::vector<ReleaseEvent> read_events(const JsonField& events,
                                      const std::optional<std::string>& release_country) {
    std::vector<ReleaseEvent> result;
    events.for_each(k_most_entries, [&](const JsonField& event, std::size_t) {
        const JsonField area = event["area"];
        ReleaseEvent read;
        read.date = event["date"].date();
        read.area_mbid = area["id"].mbid();
        read.area_name = area["name"].text();
        read.country = read_country(area, release_country);
        result.push_back(std::move(read));
    });
    return result;
}

std::vector<LabelInfo> read_label_info(const JsonField& label_info) {
    std::vector<LabelInfo> result;
    label_info.for_each(k_most_entries, [&](const JsonField& entry, std::size_t) {
        result.push_back({read_label(entry["label"]), read_printed_code(entry["catalog-number"])});
    });
    return result;
}

}  // namespace pressings::source
