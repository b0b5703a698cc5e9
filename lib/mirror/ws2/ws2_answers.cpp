#include "mirror/ws2/ws2_answers.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mirror/dump/document_json.hpp"
#include "mirror/ws2/group_search.hpp"
#include "mirror/ws2/identifier_answers.hpp"
#include "mirror/ws2/lucene_query.hpp"
#include "mirror/ws2/ws2_json.hpp"

namespace pressings::mirror {

namespace {

constexpr std::size_t k_usual_limit = 25;
constexpr std::size_t k_highest_limit = 100;
constexpr std::size_t k_most_tracks = 500;

/// A request that gets an error for an answer.
struct Refusal {
    Ws2Answer answer;
};

[[noreturn]] void refuse(int status, std::string_view error) {
    throw Refusal{ws2_error(status, error)};
}

std::string parameter(const Ws2Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
}

std::size_t number(const Ws2Parameters& parameters, const std::string& name,
                   std::size_t otherwise) {
    const auto found = parameters.find(name);
    if (found == parameters.end()) return otherwise;
    const std::string& text = found->second;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        refuse(400, "limit and offset must be positive integers");
    }
    return value;
}

struct Range {
    std::size_t offset = 0;
    std::size_t limit = 0;
};

/// A browse makes 100 of a limit that is too high, a search 25.
Range range_of(const Ws2Parameters& parameters, std::size_t if_too_high) {
    const std::size_t limit = number(parameters, "limit", k_usual_limit);
    return {number(parameters, "offset", 0), limit > k_highest_limit ? if_too_high : limit};
}

Mbid required_mbid(std::string_view text) {
    const auto mbid = Mbid::parse(text);
    if (!mbid) refuse(400, "Invalid mbid.");
    return *mbid;
}

Inc inc_of(const Ws2Parameters& parameters, std::string_view resource) {
    Inc inc = parse_inc(parameter(parameters, "inc"));
    if (const auto wrong = wrong_inc(inc)) {
        refuse(400, fmt::format("{} is not a valid inc parameter for the {} resource.", *wrong,
                                resource));
    }
    return inc;
}

std::string joined(const std::vector<std::string>& documents) {
    return fmt::format("[{}]", fmt::join(documents, ","));
}

/// A group's document; of one that has none, what its releases say of it.
std::string required_group(const Mirror& mirror, const Mbid& mbid) {
    if (auto json = mirror.release_group(mbid)) return *json;
    for (const std::string& release : mirror.releases_of(mbid)) {
        if (auto json = member_text(release, "release-group")) return *json;
    }
    refuse(404, "Not Found");
}

Ws2Answer browse_releases(const Mirror& mirror, const Ws2Parameters& parameters) {
    const Mbid group = required_mbid(parameter(parameters, "release-group"));
    const Inc inc = inc_of(parameters, "release");
    const Range range = range_of(parameters, k_highest_limit);
    const std::vector<std::string> releases = mirror.releases_of(group);
    if (releases.empty()) required_group(mirror, group);
    std::vector<std::pair<CutKey, const std::string*>> all;
    for (const std::string& json : releases)
        all.emplace_back(cut_key(json), &json);
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.first.order < b.first.order; });
    // A page ends when its tracks would be too many, but not before its first release.
    std::vector<std::pair<std::string, std::string>> page;
    std::size_t tracks = 0;
    for (std::size_t at = range.offset; at < all.size() && page.size() < range.limit; ++at) {
        const auto& [key, json] = all[at];
        if (inc.count("recordings") != 0) tracks += key.tracks;
        if (!page.empty() && tracks > k_most_tracks) break;
        page.emplace_back(key.mbid(), filter_by_inc(*json, inc));
    }
    std::sort(page.begin(), page.end());
    std::vector<std::string> texts;
    for (auto& [mbid, text] : page)
        texts.push_back(std::move(text));
    return {200, fmt::format(R"({{"release-count":{},"release-offset":{},"releases":{}}})",
                             range.offset >= all.size() ? range.offset : all.size(), range.offset,
                             joined(texts))};
}

bool is_of_type(const std::string& group, const std::string& types) {
    if (types.empty()) return true;
    const auto type = member_text(group, "primary-type");
    if (!type) return false;
    const std::string wanted = "|" + ascii_lower(types) + "|";
    const std::string own = ascii_lower(*type);
    return wanted.find("|" + own.substr(1, own.size() - 2) + "|") != std::string::npos;
}

Ws2Answer browse_groups(const Mirror& mirror, const Ws2Parameters& parameters) {
    const Mbid artist = required_mbid(parameter(parameters, "artist"));
    const Inc inc = inc_of(parameters, "release-group");
    const Range range = range_of(parameters, k_highest_limit);
    auto groups = mirror.groups_of(artist);
    if (groups.empty()) refuse(404, "Not Found");
    const std::string types = parameter(parameters, "type");
    std::erase_if(groups, [&](const std::string& json) { return !is_of_type(json, types); });
    std::vector<std::string> page;
    for (std::size_t at = range.offset; at < groups.size() && page.size() < range.limit; ++at)
        page.push_back(filter_by_inc(groups[at], inc));
    return {
        200,
        fmt::format(R"({{"release-group-count":{},"release-group-offset":{},"release-groups":{}}})",
                    groups.size(), range.offset, joined(page))};
}

/// An answer to a search says when its index was made.
std::string created(const Mirror& mirror) {
    const auto facts = mirror.facts();
    const auto snapshot_ms =
        facts.release_groups ? facts.release_groups->snapshot_ms : std::nullopt;
    return json_string(format_time(snapshot_ms.value_or(0)));
}

std::string full_text_query_of(const Ws2Parameters& parameters) {
    auto query = full_text_of_lucene(parameter(parameters, "query"));
    if (!query) {
        refuse(400,
               "Unable to parse the search; a mirror knows words and phrases in releasegroup, "
               "release, alias, artist, artistname, creditname and arid, with AND and OR, "
               "or rgid alone");
    }
    return *std::move(query);
}

FoundGroups search(const Mirror& mirror, const Ws2Parameters& parameters, const Range& range) {
    return mirror.search_groups(full_text_query_of(parameters), range.offset, range.limit);
}

/// A group as a search gives it that asks for it by its MBID: with its releases. Nothing if the
/// mirror has neither.
std::optional<std::string> found_group(const Mirror& mirror, const Mbid& mbid) {
    const std::vector<std::string> releases = mirror.releases_of(mbid);
    auto group = mirror.release_group(mbid);
    std::vector<std::string> listed;
    for (const std::string& release : releases) {
        if (!group) group = member_text(release, "release-group");
        std::string text = R"({"id":)" + member_text(release, "id").value_or("null");
        for (const char* key : {"title", "status"}) {
            if (const auto value = member_text(release, key)) {
                text += fmt::format(R"(,"{}":{})", key, *value);
            }
        }
        listed.push_back(text + "}");
    }
    if (!group) return std::nullopt;
    return fmt::format(R"({{"score":100,"count":{},"releases":{},{})", listed.size(),
                       joined(listed),
                       filter_by_inc(*group, {"artist-credits", "aliases"}).substr(1));
}

Ws2Answer search_named(const Mirror& mirror, const std::vector<Mbid>& groups, const Range& range) {
    std::vector<std::string> found;
    for (const Mbid& group : groups) {
        if (auto json = found_group(mirror, group)) found.push_back(std::move(*json));
    }
    const std::size_t begin = std::min(range.offset, found.size());
    const std::size_t end = std::min(found.size(), begin + range.limit);
    const std::vector<std::string> page(found.begin() + static_cast<std::ptrdiff_t>(begin),
                                        found.begin() + static_cast<std::ptrdiff_t>(end));
    return {200, fmt::format(R"({{"created":{},"count":{},"offset":{},"release-groups":{}}})",
                             created(mirror), found.size(), range.offset, joined(page))};
}

Ws2Answer search_groups(const Mirror& mirror, const Ws2Parameters& parameters) {
    const Range range = range_of(parameters, k_usual_limit);
    if (const auto named = groups_of_query(parameter(parameters, "query"))) {
        return search_named(mirror, *named, range);
    }
    const FoundGroups found = search(mirror, parameters, range);
    const Inc inc{"artist-credits", "aliases"};
    std::vector<std::string> page;
    for (const FoundGroups::Group& group : found.groups) {
        page.push_back(fmt::format(R"({{"score":{},{})", group.score,
                                   filter_by_inc(group.json, inc).substr(1)));
    }
    return {200, fmt::format(R"({{"created":{},"count":{},"offset":{},"release-groups":{}}})",
                             created(mirror), found.count, range.offset, joined(page))};
}

/// Of releases a mirror knows by words those alone that are called otherwise than their group.
Ws2Answer search_releases(const Mirror& mirror, const Ws2Parameters& parameters) {
    const Range range = range_of(parameters, k_usual_limit);
    const auto query = full_text_query_of(parameters);
    const FoundGroups found = mirror.search_releases(query, range.offset, range.limit);
    const Inc inc{"artist-credits", "release-groups", "media", "labels"};
    std::vector<std::string> page;
    for (const FoundGroups::Group& release : found.groups) {
        page.push_back(fmt::format(R"({{"score":{},{})", release.score,
                                   filter_by_inc(release.json, inc).substr(1)));
    }
    return {200, fmt::format(R"({{"created":{},"count":{},"offset":{},"releases":{}}})",
                             created(mirror), found.count, range.offset, joined(page))};
}

Ws2Answer search_artists(const Mirror& mirror, const Ws2Parameters& parameters) {
    const FoundGroups found = search(mirror, parameters, {0, 10 * k_highest_limit});
    std::set<std::string> artists;
    for (const FoundGroups::Group& group : found.groups) {
        for (std::string& artist : credited_artists(group.json)) {
            if (artists.size() < k_highest_limit) artists.insert(std::move(artist));
        }
    }
    return {200,
            fmt::format(R"({{"created":{},"count":{},"offset":0,"artists":{}}})", created(mirror),
                        artists.size(), joined({artists.begin(), artists.end()}))};
}

/// Known as far as an album is credited to it.
Ws2Answer look_up_artist(const Mirror& mirror, std::string_view text) {
    const Mbid mbid = required_mbid(text);
    for (const std::string& group : mirror.groups_of(mbid)) {
        for (const std::string& artist : credited_artists(group)) {
            if (artist.find(mbid.to_string()) != std::string::npos) return {200, artist};
        }
    }
    refuse(400, "A mirror knows artists by their albums alone, and has none of this one");
}

Ws2Answer look_up_release(const Mirror& mirror, std::string_view mbid,
                          const Ws2Parameters& parameters) {
    const auto json = mirror.release(required_mbid(mbid));
    if (!json) refuse(404, "Not Found");
    return {200, filter_by_inc(*json, inc_of(parameters, "release"))};
}

Ws2Answer look_up_group(const Mirror& mirror, std::string_view mbid,
                        const Ws2Parameters& parameters) {
    const std::string json = required_group(mirror, required_mbid(mbid));
    return {200, filter_by_inc(json, inc_of(parameters, "release-group"))};
}

Ws2Answer answer(const Mirror& mirror, std::string_view path, const Ws2Parameters& parameters) {
    constexpr std::string_view k_release = "/ws/2/release/";
    constexpr std::string_view k_group = "/ws/2/release-group/";
    constexpr std::string_view k_artist = "/ws/2/artist/";
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const bool is_search = parameters.count("query") != 0;
    if (auto identified = answer_identified(mirror, path, parameters)) return *identified;
    if (path == "/ws/2/release") {
        return is_search ? search_releases(mirror, parameters)
                         : browse_releases(mirror, parameters);
    }
    if (path == "/ws/2/release-group") {
        return is_search ? search_groups(mirror, parameters) : browse_groups(mirror, parameters);
    }
    if (path == "/ws/2/artist" && is_search) return search_artists(mirror, parameters);
    if (path.starts_with(k_release)) {
        return look_up_release(mirror, path.substr(k_release.size()), parameters);
    }
    if (path.starts_with(k_group)) {
        return look_up_group(mirror, path.substr(k_group.size()), parameters);
    }
    if (path.starts_with(k_artist)) return look_up_artist(mirror, path.substr(k_artist.size()));
    // No 404, for that would say that MusicBrainz has no such thing.
    for (const std::string_view beyond : {"/ws/2/label/", "/ws/2/series/", "/ws/2/collection/"}) {
        if (path.starts_with(beyond)) {
            return ws2_error(400, "A mirror has releases and release groups, and nothing else");
        }
    }
    return ws2_error(404, "Not Found");
}

}  // namespace

Ws2Answer answer_ws2(const Mirror& mirror, std::string_view path, const Ws2Parameters& parameters) {
    try {
        return answer(mirror, path, parameters);
    } catch (const Refusal& refusal) {
        return refusal.answer;
    }
}

Ws2Answer ws2_error(int status, std::string_view error) {
    return {status,
            fmt::format(R"({{"error":{},"help":)"
                        R"("For usage, please see: https://musicbrainz.org/development/mmd"}})",
                        json_string(error))};
}

}  // namespace pressings::mirror
