#include "source/json/release_json.hpp"

#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "domain/release_facts.hpp"
#include "source/fault_table.hpp"
#include "source/json/json_codes.hpp"
#include "source/json/json_fields.hpp"
#include "source/json/json_parts.hpp"

namespace pressings::source {

namespace {

// The service sends 100 at most; recorded files and mirrors may hold more.
constexpr std::size_t k_most_releases = 100'000;

void read_facts(const JsonField& release, Release& result) {
    const JsonField text = release["text-representation"];
    result.title = release["title"].required_text();
    result.status = read_term(release["status"]);
    result.packaging = read_term(release["packaging"]);
    result.quality = read_term(release["quality"]);
    result.disambiguation = release["disambiguation"].text();
    result.language = read_language_code(text["language"]);
    result.script = read_script_code(text["script"]);
    result.barcode = read_barcode(release["barcode"]);
    result.asin = read_printed_code(release["asin"]);
    result.date = release["date"].date();
    result.country = read_country_code(release["country"]);
}

void read_details(const JsonField& release, Release& result) {
    result.cover_art = read_cover_art(release["cover-art-archive"]);
    result.urls = read_urls(release["relations"]);
    result.originals = read_originals(release["relations"]);
    result.aliases = read_aliases(release["aliases"]);
    result.genres = read_genres(release["genres"]);
}

/// The field of an oddity, from the release's own object on.
std::string field_below(const JsonField& release, const std::string& path) {
    const std::string prefix = release.path();
    if (prefix.empty() || path == prefix) return prefix.empty() ? path : "";
    return path.substr(prefix.size() + 1);
}

/// What is odd in a group is no fault of its releases, as long as it can be told which one it is.
GroupFacts read_group_facts(const JsonField& group) {
    const Mbid mbid = group["id"].required_mbid();
    try {
        return {read_release_group(group), std::nullopt};
    } catch (const OddValue& odd) {
        GroupFacts facts;
        facts.album.mbid = mbid;
        facts.odd = odd.oddity;
        const std::string field = field_below(group, odd.oddity.field);
        facts.odd->field = field.empty() ? "release-group" : "release-group." + field;
        return facts;
    }
}

void read_group(const JsonField& release, ParsedRelease& parsed) {
    const JsonField group = release["release-group"];
    if (group.is_missing()) return;
    GroupFacts facts = read_group_facts(group);
    parsed.release_group = std::move(facts.album);
    parsed.odd_group = std::move(facts.odd);
}

ParsedRelease read_parts(const JsonField& release) {
    ParsedRelease parsed;
    parsed.release.mbid = release["id"].required_mbid();
    read_facts(release, parsed.release);
    read_details(release, parsed.release);
    parsed.release.artist_credit = read_artist_credit(release["artist-credit"]);
    parsed.release.events = read_events(release["release-events"], parsed.release.country);
    parsed.release.label_info = read_label_info(release["label-info"]);
    parsed.release.label_info_told = {!release["label-info"].is_missing()};
    parsed.release.media = read_media(release["media"]);
    parsed.release.media_told = {!release["media"].is_missing()};
    read_group(release, parsed);
    return parsed;
}

std::optional<Mbid> readable_mbid(const JsonField& release) {
    try {
        return release["id"].mbid();
    } catch (const OddValue&) {
        return std::nullopt;
    }
}

/// Calls `read`; what is odd is said of this release.
template <typename Read>
auto read_as_release(const JsonDocument& document, const JsonField& release, Read read) {
    document.begin_release();
    try {
        return read();
    } catch (const OddValue& odd) {
        document.drop_release();
        Oddity oddity = odd.oddity;
        oddity.release = readable_mbid(release);
        oddity.field = field_below(release, oddity.field);
        OddValue named{std::move(oddity)};
        named.likeness = std::hash<std::string>{}(release.json().value_or(""));
        throw named;
    }
}

ParsedRelease read_release(const JsonDocument& document, const JsonField& release) {
    return read_as_release(document, release, [&] { return read_parts(release); });
}

/// Keeps the first group whose facts could be read; a release of another one has no place on the
/// page.
void agree_on_group(BrowsePage& page, ParsedRelease& parsed, const JsonField& release) {
    if (!parsed.release_group) return;
    if (page.release_group && page.release_group->mbid != parsed.release_group->mbid) {
        throw answer_error(
            "bad_answer",
            fmt::format("malformed answer: release {}: {}.release-group.id is {}, but other "
                        "releases are of {}",
                        parsed.release.mbid.to_string(), release.path(),
                        parsed.release_group->mbid->to_string(),
                        page.release_group->mbid->to_string()));
    }
    if (page.release_group && !page.odd_group) return;
    if (page.release_group && parsed.odd_group) return;
    page.release_group = std::move(parsed.release_group);
    page.odd_group = std::move(parsed.odd_group);
}

void add_release(BrowsePage& page, const JsonDocument& document, const JsonField& release) {
    std::optional<ParsedRelease> parsed;
    try {
        parsed = read_release(document, release);
    } catch (const OddValue& odd) {
        page.odd.push_back({odd.oddity, odd.likeness});
        return;
    }
    agree_on_group(page, *parsed, release);
    page.releases.push_back(std::move(parsed->release));
}

template <typename Take>
void for_each_release(const JsonField& root, Take take) {
    const JsonField releases = root["releases"];
    if (releases.is_missing()) releases.refuse("is missing");
    releases.for_each(k_most_releases,
                      [&](const JsonField& release, std::size_t) { take(release); });
}

int required_count(const JsonField& count) {
    const auto value = count.small_number(0, std::numeric_limits<int>::max());
    if (!value) count.refuse("is missing");
    return *value;
}

}  // namespace

BrowsePage parse_browse_page(std::string_view json) {
    const JsonDocument document{json, "the list of releases"};
    const JsonField root = document.root();
    BrowsePage page;
    page.release_count = required_count(root["release-count"]);
    page.release_offset =
        root["release-offset"].small_number(0, std::numeric_limits<int>::max()).value_or(0);
    for_each_release(root, [&](const JsonField& release) { add_release(page, document, release); });
    page.entries = document.entries();
    return page;
}

ArtistPage parse_artist_page(std::string_view json) {
    const JsonDocument document{json, "the list of an artist's releases"};
    const JsonField root = document.root();
    ArtistPage page;
    page.release_count = static_cast<std::size_t>(required_count(root["release-count"]));
    for_each_release(root, [&](const JsonField& release) {
        ++page.received;
        try {
            ParsedRelease parsed = read_release(document, release);
            if (!parsed.release_group) return;
            page.tracks += known_tracks(parsed.release);
            page.releases.push_back(std::move(parsed));
        } catch (const OddValue&) {
            // Its group is asked for by itself, and tells of it.
        }
    });
    return page;
}

ParsedRelease parse_release(std::string_view json) {
    const JsonDocument document{json, "the release"};
    ParsedRelease parsed = read_release(document, document.root());
    parsed.entries = document.entries();
    return parsed;
}

ReleasePlace parse_release_place(std::string_view json) {
    const JsonDocument document{json, "the release"};
    const JsonField release = document.root();
    return read_as_release(document, release, [&] {
        const JsonField group = release["release-group"];
        return ReleasePlace{release["id"].required_mbid(), group["id"].mbid()};
    });
}

GroupPage parse_group_page(std::string_view json) {
    const JsonDocument document{json, "the list of release groups"};
    const JsonField root = document.root();
    const JsonField groups = root["release-groups"];
    if (groups.is_missing()) groups.refuse("is missing");
    const JsonField browse_count = root["release-group-count"];
    GroupPage page;
    page.count = required_count(browse_count.is_missing() ? root["count"] : browse_count);
    groups.for_each(k_most_releases, [&](const JsonField& group, std::size_t) {
        page.albums.push_back(read_group_facts(group).album);
    });
    return page;
}

GroupFacts parse_group_facts(std::string_view json) {
    const JsonDocument document{json, "the release group"};
    return read_group_facts(document.root());
}

Album parse_release_group(std::string_view json) {
    const JsonDocument document{json, "the release group"};
    return read_release_group(document.root());
}

}  // namespace pressings::source
