#include "terms.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_list.hpp"
#include "domain/plain_number.hpp"

namespace pressings {

using store::Terms;

namespace {

constexpr std::string_view k_unknown = "unknown";

std::optional<std::string> known(const std::string& value) {
    return fold(value) == k_unknown ? std::nullopt : std::optional{value};
}

void add_year(Terms& terms, const std::string& value) {
    const auto years = YearRange::parse(value);
    if (!years) {
        throw UsageError(
            fmt::format("{} is no year, and no range of years; write it like 1973, 1970..1979, "
                        "..1979 or 1990..",
                        quote(value)));
    }
    terms.years.push_back(*years);
}

void add_format(Terms& terms, const std::string& value) {
    constexpr std::string_view k_formats[] = {"vinyl", "cd", "digital", "cassette", "other"};
    const std::string name = fold(value);
    if (const auto format = parse_plain_format(name)) return terms.formats.push_back(*format);
    const auto near = closest(name, k_formats);
    throw UsageError(fmt::format("{} is none of {}{}", quote(value), fmt::join(k_formats, ", "),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

void add_barcode(Terms& terms, const std::string& value) {
    if (plain_barcode(value).empty()) {
        throw UsageError(fmt::format("{} is no barcode", quote(value)));
    }
    terms.barcodes.push_back(value);
}

/// How a key's values are read.
struct Key {
    std::string_view name;
    bool is_list;  ///< commas stand between values
    void (*add)(Terms&, const std::string&);
};

constexpr Key k_keys[] = {
    {"artist", false, [](Terms& terms, const std::string& v) { terms.artists.push_back(v); }},
    {"title", false, [](Terms& terms, const std::string& v) { terms.titles.push_back(v); }},
    {"type", true, [](Terms& terms, const std::string& v) { terms.types.push_back(known(v)); }},
    {"year", true, add_year},
    {"format", true, add_format},
    {"country", true, [](Terms& terms, const std::string& v) { terms.countries.push_back(v); }},
    {"status", true,
     [](Terms& terms, const std::string& v) { terms.statuses.push_back(known(v)); }},
    {"label", false, [](Terms& terms, const std::string& v) { terms.labels.push_back(v); }},
    {"catno", false,
     [](Terms& terms, const std::string& v) { terms.catalog_numbers.push_back(v); }},
    {"barcode", true, add_barcode},
};

const Key* find_key(std::string_view name) {
    const auto found = std::find_if(std::begin(k_keys), std::end(k_keys),
                                    [&](const Key& key) { return key.name == name; });
    return found == std::end(k_keys) ? nullptr : found;
}

const Key& require_key(const std::string& name) {
    if (const Key* key = find_key(name)) return *key;
    std::vector<std::string_view> names;
    for (const Key& key : k_keys)
        names.push_back(key.name);
    const auto near = closest(name, names);
    throw UsageError(fmt::format("{} is none of {}{}", quote(name), fmt::join(names, ", "),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)));
}

void add(Terms& terms, const Key& key, const std::string& value) {
    const auto values = key.is_list ? split_list(value, ',') : std::vector{value};
    bool is_empty = true;
    for (const std::string& one : values) {
        if (trim(one).empty()) continue;
        // A number is taken whole, as everywhere.
        key.add(terms, key.add == add_year ? one : std::string{trim(one)});
        is_empty = false;
    }
    if (is_empty) throw UsageError("it names nothing");
}

template <typename Work>
std::string fault_in(Work work) {
    try {
        work();
        return "";
    } catch (const UsageError& error) {
        return error.what();
    }
}

}  // namespace

void add_term(Terms& terms, const std::string& key, const std::string& value) {
    add(terms, require_key(key), value);
}

void add_exclusion(Terms& terms, const std::string& exclusion) {
    const auto equals = exclusion.find('=');
    if (equals == std::string::npos) {
        throw UsageError(fmt::format("{} is no filter; write it like status=bootleg,pseudo-release",
                                     quote(exclusion)));
    }
    add(terms, require_key(exclusion.substr(0, equals)), exclusion.substr(equals + 1));
}

std::string fault_of_term(const std::string& key, const std::string& value) {
    return fault_in([&] {
        Terms terms;
        add_term(terms, key, value);
    });
}

std::string fault_of_exclusion(const std::string& exclusion) {
    return fault_in([&] {
        Terms terms;
        add_exclusion(terms, exclusion);
    });
}

}  // namespace pressings
