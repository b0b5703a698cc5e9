// Whatever can change in a genuine release is found as a change.
#include "domain/changes.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"

using namespace pressings;
using Json = nlohmann::json;

namespace {

const std::filesystem::path k_releases =
    std::filesystem::path{PRESSINGS_TEST_DATA} / "musicbrainz" / "releases";

/// Another value of the same kind; in a text the last character differs.
Json altered(const Json& value) {
    if (value.is_boolean()) return !value.get<bool>();
    if (value.is_number_integer()) return value.get<std::int64_t>() + 1;
    if (!value.is_string()) return "x";
    std::string text = value.get<std::string>();
    if (text.empty()) return "x";
    text.back() = text.back() == '1' ? '2' : '1';
    return text;
}

std::optional<Release> parsed(const Json& document) {
    try {
        return source::parse_release(document.dump()).release;
    } catch (const source::SourceError&) {
        return std::nullopt;
    }
}

}  // namespace

TEST_CASE("Two states of a release that are not equal differ in a field that is named") {
    std::size_t found = 0;
    for (const char* name : {"2810aeef-eaf4-4ea3-a0ee-fd41f8e64285.json",
                             "ea92a194-2d60-35c7-9d56-0e1dba20cd45.json"}) {
        const Json document = Json::parse(std::ifstream{k_releases / name});
        const Release before = *parsed(document);
        CHECK(changes_between(before, before).empty());
        const Json flat = document.flatten();
        for (const auto& [place, value] : flat.items()) {
            if (place == "/id") continue;
            Json other = document;
            other[Json::json_pointer{place}] = altered(value);
            const auto after = parsed(other);
            if (!after || *after == before) continue;
            CAPTURE(place);
            CHECK_FALSE(changes_between(before, *after).empty());
            CHECK_FALSE(changes_between(*after, before).empty());
            ++found;
        }
    }
    CHECK(found > 300);
}
