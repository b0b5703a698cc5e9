#include "support/served_releases.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mirror/ws2_json.hpp"

namespace pressings::test {

namespace {

using Json = nlohmann::json;
using mirror::Inc;
using mirror::parse_inc;
using mirror::wrong_inc;

constexpr std::size_t k_usual_limit = 25;
constexpr std::size_t k_highest_limit = 100;
constexpr std::size_t k_most_tracks = 500;

bool is_mbid(const std::string& text) {
    return text.size() == 36 && text.find_first_not_of("0123456789abcdefABCDEF-") == text.npos;
}

/// The rules of `inc` are those that a mirror is served by.
Json filtered(const Json& whole, const Inc& inc) {
    return Json::parse(mirror::asked_for(whole.dump(), inc));
}

/// Counted as tracks when a page is cut.
std::size_t track_count(const Json& release) {
    std::size_t tracks = 0;
    for (const Json& medium : release.value("media", Json::array())) {
        tracks += medium.value("tracks", Json::array()).size();
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

}  // namespace

struct ServedReleases::Store {
    std::map<std::string, Json> releases;
    std::map<std::string, Json> groups;
    std::map<std::string, std::string> merged;
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

    /// All releases of the group in the order in which pages are cut from them.
    std::vector<const Json*> in_cutting_order(const std::string& group,
                                              std::size_t tie_order) const {
        using Placed = std::tuple<SortKey, std::size_t, const Json*>;
        std::vector<Placed> placed;
        for (const Json* release : releases_of(group)) {
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
}

void ServedReleases::merge_group(const std::string& from, const std::string& into) {
    m_store->merged[from] = into;
}

std::vector<std::string> ServedReleases::groups() const {
    std::vector<std::string> texts;
    for (const auto& [mbid, group] : m_store->groups)
        texts.push_back(group.dump());
    return texts;
}

ServedAnswer ServedReleases::browse(const std::map<std::string, std::string>& parameters,
                                    std::size_t tie_order) const {
    const std::string asked = parameter(parameters, "release-group", "");
    if (!is_mbid(asked)) return server_error(400, "Invalid mbid.");
    const std::string group = m_store->canonical(asked);
    if (m_store->groups.count(group) == 0) return server_error(404, "Not Found");
    const Inc inc = parse_inc(parameter(parameters, "inc", ""));
    if (const auto wrong = wrong_inc(inc)) {
        return server_error(400,
                            *wrong + " is not a valid inc parameter for the release resource.");
    }
    const auto limit = parse_number(parameter(parameters, "limit", std::to_string(k_usual_limit)));
    const auto offset = parse_number(parameter(parameters, "offset", "0"));
    if (!limit || !offset) return server_error(400, "limit and offset must be positive integers");

    const auto all = m_store->in_cutting_order(group, tie_order);
    const std::size_t count = *offset >= all.size() ? *offset : all.size();
    const Json answer{{"release-count", count},
                      {"release-offset", *offset},
                      {"releases", cut_page(all, *offset, std::min(*limit, k_highest_limit), inc)}};
    return {200, answer.dump(), ""};
}

ServedAnswer ServedReleases::look_up_release(const std::string& mbid,
                                             const std::string& inc_text) const {
    if (!is_mbid(mbid)) return server_error(400, "Invalid mbid.");
    const auto found = m_store->releases.find(mbid);
    if (found == m_store->releases.end()) return server_error(404, "Not Found");
    const Inc inc = parse_inc(inc_text);
    if (const auto wrong = wrong_inc(inc)) {
        return server_error(400,
                            *wrong + " is not a valid inc parameter for the release resource.");
    }
    return {200, filtered(found->second, inc).dump(), ""};
}

ServedAnswer ServedReleases::look_up_group(const std::string& mbid,
                                           const std::string& inc_text) const {
    if (!is_mbid(mbid)) return server_error(400, "Invalid mbid.");
    const std::string canonical = m_store->canonical(mbid);
    const auto found = m_store->groups.find(canonical);
    if (found == m_store->groups.end()) return server_error(404, "Not Found");
    const Json group = filtered(found->second, parse_inc(inc_text));
    if (canonical == mbid) return {200, group.dump(), ""};
    return {301, group.dump(), "/ws/2/release-group/" + canonical};
}

ServedAnswer server_error(int status, std::string_view error) {
    const Json body{{"error", error},
                    {"help", "For usage, please see: https://musicbrainz.org/development/mmd"}};
    return {status, body.dump(), ""};
}

}  // namespace pressings::test
