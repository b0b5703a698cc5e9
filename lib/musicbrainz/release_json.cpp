#include "musicbrainz/release_json.hpp"

#include <limits>
#include <utility>

#include "musicbrainz/json_codes.hpp"
#include "musicbrainz/json_fields.hpp"
#include "musicbrainz/json_parts.hpp"

namespace pressings::musicbrainz {

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
    result.aliases = read_aliases(release["aliases"]);
    result.genres = read_genres(release["genres"]);
}

std::optional<Album> read_optional_group(const JsonField& group) {
    if (group.is_missing()) return std::nullopt;
    return read_release_group(group);
}

ParsedRelease read_release(JsonDocument& document, const JsonField& release) {
    ParsedRelease parsed;
    parsed.release.mbid = release["id"].required_mbid();
    document.set_subject("release " + parsed.release.mbid.to_string());
    read_facts(release, parsed.release);
    read_details(release, parsed.release);
    parsed.release.artist_credit = read_artist_credit(release["artist-credit"]);
    parsed.release.events = read_events(release["release-events"], parsed.release.country);
    parsed.release.label_info = read_label_info(release["label-info"]);
    parsed.release.label_info_told = {!release["label-info"].is_missing()};
    parsed.release.media = read_media(release["media"]);
    parsed.release.media_told = {!release["media"].is_missing()};
    parsed.release_group = read_optional_group(release["release-group"]);
    return parsed;
}

/// Keeps the first group; a release of another one has no place on the page.
void agree_on_group(std::optional<Album>& of_page, std::optional<Album> of_release,
                    const JsonField& release) {
    if (!of_release) return;
    if (!of_page) {
        of_page = std::move(of_release);
    } else if (of_page->mbid != of_release->mbid) {
        const JsonField group = release["release-group"];
        group["id"].refuse("is " + of_release->mbid->to_string() + ", but other releases are of " +
                           of_page->mbid->to_string());
    }
}

int required_count(const JsonField& count) {
    const auto value = count.small_number(0, std::numeric_limits<int>::max());
    if (!value) count.refuse("is missing");
    return *value;
}

}  // namespace

BrowsePage parse_browse_page(std::string_view json) {
    JsonDocument document{json, "the list of releases"};
    const JsonField root = document.root();
    const JsonField releases = root["releases"];
    if (releases.is_missing()) releases.refuse("is missing");
    BrowsePage page;
    page.release_count = required_count(root["release-count"]);
    page.release_offset =
        root["release-offset"].small_number(0, std::numeric_limits<int>::max()).value_or(0);
    releases.for_each(k_most_releases, [&](const JsonField& release, std::size_t) {
        document.set_subject("the list of releases");
        ParsedRelease parsed = read_release(document, release);
        agree_on_group(page.release_group, std::move(parsed.release_group), release);
        page.releases.push_back(std::move(parsed.release));
    });
    page.entries = document.entries();
    return page;
}

ParsedRelease parse_release(std::string_view json) {
    JsonDocument document{json, "the release"};
    ParsedRelease parsed = read_release(document, document.root());
    parsed.entries = document.entries();
    return parsed;
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
        page.albums.push_back(read_release_group(group));
    });
    return page;
}

Album parse_release_group(std::string_view json) {
    const JsonDocument document{json, "the release group"};
    return read_release_group(document.root());
}

}  // namespace pressings::musicbrainz
