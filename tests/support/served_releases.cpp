#include "support/served_releases.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <sstream>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "support/group_answers.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;
using Inc = std::set<std::string>;

constexpr std::size_t k_usual_limit = 25;
constexpr std::size_t k_highest_limit = 100;
constexpr std::size_t k_most_tracks = 500;

const Inc k_known_inc{"aliases",        "artist-credits", "labels",     "recordings",
                      "discids",        "tags",           "genres",     "media",
                      "release-groups", "ratings",        "annotation", "isrcs"};

Inc split_inc(const std::string& text) {
    Inc inc;
    std::string word;
    std::istringstream words{text};  // "+" comes as a space
    while (words >> word)
        inc.insert(word);
    return inc;
}

std::optional<std::string> wrong_inc(const Inc& inc) {
    for (const std::string& word : inc) {
        const bool is_relationship = word.size() > 5 && word.substr(word.size() - 5) == "-rels";
        if (k_known_inc.count(word) == 0 && !is_relationship) return word;
    }
    if (inc.count("isrcs") != 0 && inc.count("recordings") == 0) return "isrcs";
    return std::nullopt;
}

bool is_mbid(const std::string& text) {
    return text.size() == 36 && text.find_first_not_of("0123456789abcdefABCDEF-") == text.npos;
}

/// Keys that any part of an answer may have, and the `inc` without which none does.
const std::vector<std::pair<std::string, std::string>> k_anywhere{{"aliases", "aliases"},
                                                                  {"genres", "genres"},
                                                                  {"tags", "tags"},
                                                                  {"rating", "ratings"},
                                                                  {"annotation", "annotation"}};

void keep_asked_anywhere(Json& part, const Inc& inc) {
    if (part.is_object()) {
        for (const auto& [key, asked] : k_anywhere) {
            if (inc.count(asked) == 0) part.erase(key);
        }
    }
    if (!part.is_structured()) return;
    for (Json& inner : part)
        keep_asked_anywhere(inner, inc);
}

/// Of the relationships those to what was asked for; no list at all where nothing was.
void keep_relations(Json& release, const Inc& inc) {
    if (!release.contains("relations")) return;
    Json kept = Json::array();
    for (const Json& relation : release["relations"]) {
        const std::string target = relation.value("target-type", "url");
        if (inc.count(target + "-rels") != 0) kept.push_back(relation);
    }
    const bool any_asked = std::any_of(inc.begin(), inc.end(), [](const std::string& word) {
        return word.size() > 5 && word.substr(word.size() - 5) == "-rels";
    });
    if (any_asked) {
        release["relations"] = std::move(kept);
    } else {
        release.erase("relations");
    }
}

void keep_credits(Json& object, const Inc& inc) {
    if (inc.count("artist-credits") == 0) object.erase("artist-credit");
}

void filter_track(Json& track, const Inc& inc) {
    keep_credits(track, inc);
    if (!track.contains("recording")) return;
    keep_credits(track["recording"], inc);
    if (inc.count("recording-level-rels") == 0) track["recording"].erase("relations");
    if (inc.count("isrcs") == 0) track["recording"].erase("isrcs");
}

void filter_medium(Json& medium, const Inc& inc) {
    for (const char* key : {"tracks", "data-tracks", "pregap", "track-offset"}) {
        if (inc.count("recordings") == 0) medium.erase(key);
    }
    if (inc.count("discids") == 0) medium.erase("discs");
    for (const char* key : {"tracks", "data-tracks"}) {
        if (!medium.contains(key)) continue;
        for (Json& track : medium[key])
            filter_track(track, inc);
    }
    if (medium.contains("pregap")) filter_track(medium["pregap"], inc);
}

/// Whether a release has this key when asked with `inc`.
bool is_asked_for(const std::string& key, const Inc& inc) {
    if (key == "artist-credit") return inc.count("artist-credits") != 0;
    if (key == "label-info") return inc.count("labels") != 0;
    if (key == "release-group") return inc.count("release-groups") != 0;
    if (key == "media") {
        return inc.count("media") != 0 || inc.count("recordings") != 0 || inc.count("discids") != 0;
    }
    return true;
}

Json filtered(const Json& whole, const Inc& inc) {
    Json release = Json::object();
    for (const auto& [key, value] : whole.items()) {
        if (is_asked_for(key, inc)) release[key] = value;
    }
    if (release.contains("release-group")) {
        keep_credits(release["release-group"], inc);
        if (inc.count("release-group-level-rels") == 0) release["release-group"].erase("relations");
    }
    if (release.contains("media")) {
        for (Json& medium : release["media"])
            filter_medium(medium, inc);
    }
    keep_relations(release, inc);
    keep_asked_anywhere(release, inc);
    return release;
}

/// Counted as tracks when a page is cut: hidden and data tracks too.
std::size_t track_count(const Json& release) {
    std::size_t tracks = 0;
    for (const Json& medium : release.value("media", Json::array())) {
        tracks += medium.value("tracks", Json::array()).size();
        tracks += medium.value("data-tracks", Json::array()).size() + medium.count("pregap");
    }
    return tracks;
}

std::string text_of(const Json& object, const char* key) {
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

/// Date, country and barcode; what is missing comes last. Equal keys are a tie.
using SortKey = std::tuple<bool, std::string, bool, std::string, bool, std::string>;

SortKey sort_key(const Json& release) {
    const std::string date = text_of(release, "date");
    const std::string country = text_of(release, "country");
    const std::string barcode = text_of(release, "barcode");
    return {date.empty(), date, country.empty(), country, barcode.empty(), barcode};
}

std::optional<std::size_t> parse_number(const std::string& text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string parameter(const std::map<std::string, std::string>& parameters, const std::string& name,
                      const std::string& otherwise) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? otherwise : found->second;
}

/// With recordings a page ends when its tracks would be too many, but never before its first
/// release. What is on the page is then sorted by MBID.
std::vector<Json> cut_page(const std::vector<const Json*>& all, std::size_t offset,
                           std::size_t limit, const Inc& inc) {
    std::vector<Json> page;
    std::size_t tracks = 0;
    for (std::size_t at = offset; at < all.size() && page.size() < limit; ++at) {
        if (inc.count("recordings") != 0) tracks += track_count(*all[at]);
        if (!page.empty() && tracks > k_most_tracks) break;
        page.push_back(filtered(*all[at], inc));
    }
    std::sort(page.begin(), page.end(),
              [](const Json& a, const Json& b) { return a["id"] < b["id"]; });
    return page;
}

/// Fresh MBIDs for copies: of the original, with the number of the copy in the last digits.
std::string copied_mbid(const std::string& mbid, std::size_t number) {
    return mbid.substr(0, 24) + fmt::format("{:012x}", number);
}

/// A page of what a search has found.
ServedAnswer found_groups(const Json& found, const std::map<std::string, std::string>& parameters) {
    const auto number = [&](const char* name) {
        const auto told = parameters.find(name);
        return told == parameters.end() ? 0 : std::stoul(told->second);
    };
    const std::size_t begin = std::min(number("offset"), found.size());
    const std::size_t end = std::min(begin + number("limit"), found.size());
    Json page = Json::array();
    for (std::size_t i = begin; i < end; ++i)
        page.push_back(found[i]);
    const Json answer{{"created", "2026-01-01T00:00:00.000Z"},
                      {"count", found.size()},
                      {"offset", begin},
                      {"release-groups", page}};
    return {200, answer.dump(), ""};
}

}  // namespace

struct ServedReleases::Store {
    std::map<std::string, Json> releases;
    std::map<std::string, Json> groups;
    std::vector<std::string> group_texts;  ///< of the groups, once somebody asked
    std::map<std::string, std::string> merged;
    std::map<std::string, std::string> indexed;  ///< by group, where that is otherwise
    std::size_t copies = 0;

    std::string canonical(const std::string& group) const {
        const auto found = merged.find(group);
        return found == merged.end() ? group : found->second;
    }

    std::vector<const Json*> releases_of(const std::string& group) const {
        std::vector<const Json*> found;
        for (const auto& [mbid, release] : releases) {
            if (release["release-group"]["id"] == group) found.push_back(&release);
        }
        return found;
    }

    /// Adds what the search has of a group: its releases and their number, or what it is told to.
    void add_indexed(const std::string& group, Json& found) const {
        if (const auto said = indexed.find(group); said != indexed.end()) {
            if (!said->second.empty()) found.push_back(Json::parse(said->second));
            return;
        }
        const auto known = groups.find(group);
        if (known == groups.end()) return;
        Json one = known->second;
        one["score"] = 100;
        Json listed = Json::array();
        for (const Json* release : releases_of(group))
            listed.push_back({{"id", (*release)["id"]}, {"title", (*release)["title"]}});
        if (!listed.empty() || !one.contains("releases")) one["releases"] = listed;
        one["count"] = one["releases"].size();
        found.push_back(std::move(one));
    }

    /// Those that are credited to the artist, of groups of one of these types ("album|ep") if any.
    std::vector<const Json*> releases_by(const std::string& artist,
                                         const std::string& types) const {
        std::vector<const Json*> found;
        for (const auto& [mbid, release] : releases) {
            const Json& group = groups.at(release["release-group"]["id"]);
            if (is_by(release, artist) && is_of_type(group, types)) found.push_back(&release);
        }
        return found;
    }

    /// In the order in which pages are cut from them.
    static std::vector<const Json*> in_cutting_order(const std::vector<const Json*>& releases,
                                                     std::size_t tie_order) {
        using Placed = std::tuple<SortKey, std::size_t, const Json*>;
        std::vector<Placed> placed;
        for (const Json* release : releases) {
            const std::string lot = text_of(*release, "id") + std::to_string(tie_order);
            placed.emplace_back(sort_key(*release), std::hash<std::string>{}(lot), release);
        }
        std::sort(placed.begin(), placed.end());
        std::vector<const Json*> all;
        for (const Placed& place : placed)
            all.push_back(std::get<2>(place));
        return all;
    }
};

ServedReleases::ServedReleases() : m_store(std::make_unique<Store>()) {}
ServedReleases::~ServedReleases() = default;

void ServedReleases::add_release(std::string_view json) {
    Json release = Json::parse(json);
    Json& group = release.at("release-group");
    m_store->groups.try_emplace(group.at("id"), group);
    m_store->group_texts.clear();
    const std::string mbid = release.at("id");
    m_store->releases.insert_or_assign(mbid, std::move(release));
}

void ServedReleases::multiply(const std::string& release_mbid, int copies) {
    const Json original = m_store->releases.at(release_mbid);
    for (int copy = 0; copy < copies; ++copy) {
        Json release = original;
        release["id"] = copied_mbid(release_mbid, ++m_store->copies);
        add_release(release.dump());
    }
}

void ServedReleases::remove_release(const std::string& release_mbid) {
    m_store->releases.erase(release_mbid);
}

void ServedReleases::add_group(std::string_view json) {
    Json group = Json::parse(json);
    const std::string mbid = group.at("id");
    m_store->groups.insert_or_assign(mbid, std::move(group));
    m_store->group_texts.clear();
}

std::string ServedReleases::release(const std::string& mbid) const {
    return m_store->releases.at(mbid).dump();
}

void ServedReleases::merge_group(const std::string& from, const std::string& into) {
    m_store->merged[from] = into;
    for (auto& [mbid, release] : m_store->releases) {
        if (release["release-group"]["id"] == from) {
            release["release-group"] = m_store->groups.at(into);
        }
    }
}

void ServedReleases::merge_release(const std::string& from, const std::string& into) {
    m_store->releases.erase(from);
    m_store->merged[from] = into;
}

void ServedReleases::remove_group(const std::string& mbid) {
    m_store->groups.erase(mbid);
    std::erase_if(m_store->releases,
                  [&](const auto& entry) { return entry.second["release-group"]["id"] == mbid; });
}

void ServedReleases::index_says(const std::string& group, std::string json) {
    m_store->indexed[group] = std::move(json);
}

ServedAnswer ServedReleases::search_by_rgid(
    const std::map<std::string, std::string>& parameters) const {
    Json found = Json::array();
    std::istringstream words{parameters.at("query")};
    for (std::string word; words >> word;) {
        if (word.starts_with("rgid:")) word.erase(0, 5);
        std::erase_if(word, [](char c) { return c == '(' || c == ')'; });
        if (word != "OR") m_store->add_indexed(word, found);
    }
    return found_groups(found, parameters);
}

ServedAnswer ServedReleases::search_by_artist(
    const std::map<std::string, std::string>& parameters) const {
    Json found = Json::array();
    const std::string artist = parameters.at("query").substr(5);
    for (const auto& [mbid, group] : m_store->groups) {
        if (is_by(group, artist)) m_store->add_indexed(mbid, found);
    }
    for (const auto& [mbid, said] : m_store->indexed) {
        const bool is_of_index_alone = !m_store->groups.contains(mbid) && !said.empty();
        if (is_of_index_alone && is_by(Json::parse(said), artist))
            m_store->add_indexed(mbid, found);
    }
    return found_groups(found, parameters);
}

std::vector<std::string> ServedReleases::releases() const {
    std::vector<std::string> texts;
    for (const auto& [mbid, release] : m_store->releases)
        texts.push_back(release.dump());
    return texts;
}

const std::vector<std::string>& ServedReleases::groups() const {
    if (m_store->group_texts.empty()) {
        for (const auto& [mbid, group] : m_store->groups)
            m_store->group_texts.push_back(group.dump());
    }
    return m_store->group_texts;
}

ServedAnswer ServedReleases::browse(const std::map<std::string, std::string>& parameters,
                                    std::size_t tie_order) const {
    const bool is_by_artist = parameters.contains("artist");
    const std::string asked = parameter(parameters, is_by_artist ? "artist" : "release-group", "");
    if (!is_mbid(asked)) return server_error(400, "Invalid mbid.");
    const std::string group = m_store->canonical(asked);
    if (!is_by_artist && m_store->groups.count(group) == 0) return server_error(404, "Not Found");
    const Inc inc = split_inc(parameter(parameters, "inc", ""));
    if (const auto wrong = wrong_inc(inc)) {
        return server_error(400,
                            *wrong + " is not a valid inc parameter for the release resource.");
    }
    const auto limit = parse_number(parameter(parameters, "limit", std::to_string(k_usual_limit)));
    const auto offset = parse_number(parameter(parameters, "offset", "0"));
    if (!limit || !offset) return server_error(400, "limit and offset must be positive integers");

    const auto all = Store::in_cutting_order(
        is_by_artist ? m_store->releases_by(asked, parameter(parameters, "type", ""))
                     : m_store->releases_of(group),
        tie_order);
    const std::size_t count = *offset >= all.size() ? *offset : all.size();
    const Json answer{{"release-count", count},
                      {"release-offset", *offset},
                      {"releases", cut_page(all, *offset, std::min(*limit, k_highest_limit), inc)}};
    return {200, answer.dump(), ""};
}

ServedAnswer ServedReleases::look_up_release(const std::string& mbid,
                                             const std::string& inc_text) const {
    if (!is_mbid(mbid)) return server_error(400, "Invalid mbid.");
    const std::string canonical = m_store->canonical(mbid);
    const auto found = m_store->releases.find(canonical);
    if (found == m_store->releases.end()) return server_error(404, "Not Found");
    const Inc inc = split_inc(inc_text);
    if (const auto wrong = wrong_inc(inc)) {
        return server_error(400,
                            *wrong + " is not a valid inc parameter for the release resource.");
    }
    const std::string body = filtered(found->second, inc).dump();
    if (canonical == mbid) return {200, body, ""};
    return {301, body, "/ws/2/release/" + canonical};
}

ServedAnswer ServedReleases::look_up_group(const std::string& mbid,
                                           const std::string& inc_text) const {
    if (!is_mbid(mbid)) return server_error(400, "Invalid mbid.");
    const std::string canonical = m_store->canonical(mbid);
    const auto found = m_store->groups.find(canonical);
    if (found == m_store->groups.end()) return server_error(404, "Not Found");
    Json group = found->second;
    keep_credits(group, split_inc(inc_text));
    keep_asked_anywhere(group, split_inc(inc_text));
    for (const char* key : {"releases", "score", "count"})
        group.erase(key);
    if (canonical == mbid) return {200, group.dump(), ""};
    return {301, group.dump(), "/ws/2/release-group/" + canonical};
}

ServedAnswer server_error(int status, std::string_view error) {
    const Json body{{"error", error},
                    {"help", "For usage, please see: https://musicbrainz.org/development/mmd"}};
    return {status, body.dump(), ""};
}

}  // namespace pressings::test
