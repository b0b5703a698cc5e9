#include "domain/edition_wishes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/edition_marks.hpp"
#include "domain/media_format.hpp"

namespace pressings {

namespace {

using enum EditionKey;

constexpr std::array<std::string_view, 8> k_keys{"country", "format",    "status", "label",
                                                 "date",    "packaging", "tracks", "barcode"};

/// What a key takes, if that is a closed list; statuses as of 2026:
/// https://musicbrainz.org/doc/Release#Status
constexpr std::array<std::string_view, 5> k_formats{"vinyl", "cd", "digital", "cassette", "other"};
constexpr std::array<std::string_view, 8> k_statuses{"Official",       "Promotion", "Bootleg",
                                                     "Pseudo-Release", "Withdrawn", "Cancelled",
                                                     "Expunged",       "unknown"};
constexpr std::array<std::string_view, 2> k_dates{"earliest", "latest"};
constexpr std::array<std::string_view, 2> k_track_counts{"most", "fewest"};
constexpr std::array<std::string_view, 2> k_yes_or_no{"yes", "no"};

std::span<const std::string_view> closed_list(EditionKey key) {
    switch (key) {
        case format:
            return k_formats;
        case status:
            return k_statuses;
        case date:
            return k_dates;
        case tracks:
            return k_track_counts;
        case barcode:
            return k_yes_or_no;
        case country:
        case label:
        case packaging:
            break;
    }
    return {};
}

std::string nearest(std::string_view word, std::span<const std::string_view> names) {
    std::vector<std::string> lower;
    for (const std::string_view name : names)
        lower.push_back(ascii_lower(name));
    const std::vector<std::string_view> views(lower.begin(), lower.end());
    const auto near = closest(ascii_lower(word), views);
    return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

/// "GB", and MusicBrainz's codes of countries that are no more: "SU", "YUCS".
bool is_country_code(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return (text.size() == 2 || text.size() == 4) &&
           std::all_of(text.begin(), text.end(), is_letter);
}

/// A value as it is spelled elsewhere, or what is wrong with it.
struct ReadValue {
    std::string value;
    std::string fault;
};

ReadValue read_value(EditionKey key, std::string_view text) {
    if (text.empty()) return {"", fmt::format("{} has no value", to_string(key))};
    if (key == country) {
        std::string code = upper(std::string{text});
        if (is_country_code(code)) return {code, ""};
        return {"", fmt::format("{} is no country; write the two letters of ISO 3166, as GB",
                                quote(text))};
    }
    const auto list = closed_list(key);
    if (list.empty()) return {std::string{text}, ""};
    for (const std::string_view name : list) {
        if (ascii_lower(name) == ascii_lower(text)) return {std::string{name}, ""};
    }
    return {"", fmt::format("no edition has {}={}; it is one of {}{}", to_string(key),
                            escape_controls(text),
                            ascii_lower(fmt::format("{}", fmt::join(list, ", "))),
                            nearest(text, list))};
}

/// Parts between commas, "\," kept as a comma.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ',') {
            parts.back() += ',';
            ++i;
        } else if (text[i] == ',') {
            parts.emplace_back();
        } else {
            parts.back() += text[i];
        }
    }
    return parts;
}

/// Reads the part of a list that begins with "KEY="; what is wrong, or nothing.
std::string begin_wish(std::string_view name, EditionWishes& wishes) {
    const std::string lower = ascii_lower(trim(name));
    const auto found = std::find(k_keys.begin(), k_keys.end(), lower);
    if (found == k_keys.end()) {
        return fmt::format("{} is none of the keys {}{}", quote(lower), fmt::join(k_keys, ", "),
                           nearest(lower, k_keys));
    }
    const auto key = static_cast<EditionKey>(found - k_keys.begin());
    for (const EditionWish& wish : wishes) {
        if (wish.key == key) return fmt::format("{} is there twice; give its values once", lower);
    }
    wishes.push_back({key, {}});
    return "";
}

std::string add_value(std::string_view text, EditionWishes& wishes) {
    if (wishes.empty()) {
        return fmt::format("{} has no key before it; write it like country=GB,XE,date=earliest",
                           quote(text));
    }
    EditionWish& wish = wishes.back();
    ReadValue read = read_value(wish.key, trim(text));
    if (!read.fault.empty()) return read.fault;
    const bool is_order = wish.key == date || wish.key == tracks || wish.key == barcode;
    if (is_order && !wish.values.empty()) {
        return fmt::format("{} takes one value", to_string(wish.key));
    }
    wish.values.push_back(std::move(read.value));
    return "";
}

bool is_same(std::string_view a, std::string_view b) {
    return fold(a) == fold(b);
}

bool has_country(const Release& release, std::string_view code) {
    const auto is_it = [&](const std::optional<std::string>& one) {
        return one && upper(*one) == code;
    };
    return is_it(release.country) ||
           std::any_of(release.events.begin(), release.events.end(),
                       [&](const ReleaseEvent& event) { return is_it(event.country); });
}

bool has_label(const Release& release, std::string_view name) {
    const auto mbid = Mbid::parse(name);
    return std::any_of(
        release.label_info.begin(), release.label_info.end(), [&](const LabelInfo& info) {
            return info.label &&
                   (mbid ? info.label->mbid == *mbid : is_same(info.label->name, name));
        });
}

bool has_value(EditionKey key, const Release& release, std::string_view value) {
    switch (key) {
        case country:
            return has_country(release, value);
        case format:
            return to_string(plain_format(release.media)) == value;
        case status:
            return is_same(release.status.value_or("unknown"), value);
        case label:
            return has_label(release, value);
        case packaging:
            return release.packaging && is_same(*release.packaging, value);
        case barcode:
            return release.barcode.value_or("").empty() == (value == "no");
        case date:
        case tracks:
            break;
    }
    return false;
}

/// Values of a list, each once.
std::optional<std::string> joined(const std::vector<std::string>& values) {
    std::vector<std::string> once;
    for (const std::string& value : values) {
        if (std::find(once.begin(), once.end(), value) == once.end()) once.push_back(value);
    }
    if (once.empty()) return std::nullopt;
    return fmt::format("{}", fmt::join(once, ", "));
}

std::optional<std::string> countries_of(const Release& release) {
    std::vector<std::string> codes;
    if (release.country) codes.push_back(*release.country);
    for (const ReleaseEvent& event : release.events) {
        if (event.country) codes.push_back(*event.country);
    }
    return joined(codes);
}

std::optional<std::string> labels_of(const Release& release) {
    std::vector<std::string> names;
    for (const LabelInfo& info : release.label_info) {
        if (info.label) names.push_back(info.label->name);
    }
    return joined(names);
}

}  // namespace

std::string_view to_string(EditionKey key) {
    return k_keys[static_cast<std::size_t>(key)];
}

std::span<const std::string_view> edition_keys() {
    return k_keys;
}

std::variant<EditionWishes, std::string> parse_wishes(std::string_view text) {
    EditionWishes wishes;
    for (const std::string& part : parts_of(text)) {
        const auto equals = part.find('=');
        std::string_view value = part;
        if (equals != std::string::npos) {
            std::string fault = begin_wish(value.substr(0, equals), wishes);
            if (!fault.empty()) return fault;
            value.remove_prefix(equals + 1);
        }
        std::string fault = add_value(value, wishes);
        if (!fault.empty()) return fault;
    }
    return wishes;
}

std::variant<EditionWishes, std::string> parse_exclusions(std::string_view text) {
    auto read = parse_wishes(text);
    if (const auto* wishes = std::get_if<EditionWishes>(&read)) {
        for (const EditionWish& wish : *wishes) {
            if (wish.key != date && wish.key != tracks) continue;
            return fmt::format("{} orders editions and excludes none; it is for --prefer",
                               to_string(wish.key));
        }
    }
    return read;
}

std::optional<std::size_t> matched_value(const EditionWish& wish, const Release& release) {
    for (std::size_t i = 0; i < wish.values.size(); ++i) {
        if (has_value(wish.key, release, wish.values[i])) return i;
    }
    return std::nullopt;
}

std::optional<std::string> edition_value(EditionKey key, const Release& release) {
    switch (key) {
        case country:
            return countries_of(release);
        case format:
            return std::string{to_string(plain_format(release.media))};
        case status:
            return release.status;
        case label:
            return labels_of(release);
        case date:
            return release.date ? std::optional{release.date->to_string()} : std::nullopt;
        case packaging:
            return release.packaging;
        case tracks: {
            const auto count = track_count(release);
            return count ? std::optional{std::to_string(*count)} : std::nullopt;
        }
        case barcode:
            return release.barcode.value_or("").empty() ? std::nullopt : release.barcode;
    }
    return std::nullopt;
}

}  // namespace pressings
