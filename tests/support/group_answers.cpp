#include "support/group_answers.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::json;

std::string lower(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string credit_of(const Json& group) {
    std::string text;
    for (const Json& credit : group.value("artist-credit", Json::array())) {
        text += credit["name"].get<std::string>() + credit.value("joinphrase", "");
    }
    return text;
}

bool is_by(const Json& group, const std::string& artist_mbid) {
    const Json credits = group.value("artist-credit", Json::array());
    return std::any_of(credits.begin(), credits.end(),
                       [&](const Json& credit) { return credit["artist"]["id"] == artist_mbid; });
}

bool has(const std::string& text, const std::string& part) {
    return lower(text).find(lower(part)) != std::string::npos;
}

/// What stands in the query behind `field`: a phrase with its escapes taken off, or an MBID.
std::string queried(const std::string& query, const std::string& field) {
    const auto start = query.find(field + ":");
    if (start == std::string::npos) return "";
    std::size_t at = start + field.size() + 1;
    if (at >= query.size() || query[at] != '"') return query.substr(at, query.find(' ', at) - at);
    std::string value;
    for (++at; at < query.size() && query[at] != '"'; ++at) {
        if (query[at] == '\\' && at + 1 < query.size()) ++at;
        value += query[at];
    }
    return value;
}

std::size_t number(const Parameters& parameters, const std::string& name, std::size_t otherwise) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? otherwise : std::stoul(found->second);
}

std::string text(const Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? "" : found->second;
}

/// A search cuts a limit that is too high to 25, a browse to 100.
Json cut(const std::vector<Json>& groups, const Parameters& parameters, std::size_t too_high) {
    std::size_t limit = number(parameters, "limit", 25);
    if (limit > 100) limit = too_high;
    const std::size_t offset = std::min(number(parameters, "offset", 0), groups.size());
    const std::size_t end = std::min(offset + limit, groups.size());
    Json page = Json::array();
    for (std::size_t at = offset; at < end; ++at)
        page.push_back(groups[at]);
    return page;
}

bool is_of_type(const Json& group, const std::string& types) {
    if (types.empty()) return true;
    const Json type = group.value("primary-type", Json{});
    if (!type.is_string()) return false;
    std::istringstream wanted{types};
    for (std::string one; std::getline(wanted, one, '|');) {
        if (lower(one) == lower(type)) return true;
    }
    return false;
}

}  // namespace

ServedAnswer search_groups(const std::vector<std::string>& groups, const Parameters& parameters) {
    const std::string query = text(parameters, "query");
    const std::string title = queried(query, "releasegroup");
    const std::string artist = queried(query, "artist");
    const std::string artist_mbid = queried(query, "arid");
    std::vector<Json> found;
    for (const std::string& json : groups) {
        Json group = Json::parse(json);
        if (!has(group["title"], title) || !has(credit_of(group), artist)) continue;
        if (!artist_mbid.empty() && !is_by(group, artist_mbid)) continue;
        group["score"] = 100;
        group.erase("disambiguation");
        found.push_back(std::move(group));
    }
    const Json answer{{"created", "2026-01-01T00:00:00.000Z"},
                      {"count", found.size()},
                      {"offset", number(parameters, "offset", 0)},
                      {"release-groups", cut(found, parameters, 25)}};
    return {200, answer.dump(), ""};
}

ServedAnswer browse_groups(const std::vector<std::string>& groups, const Parameters& parameters) {
    std::vector<Json> found;
    for (const std::string& json : groups) {
        Json group = Json::parse(json);
        if (!is_by(group, text(parameters, "artist"))) continue;
        if (is_of_type(group, text(parameters, "type"))) found.push_back(std::move(group));
    }
    if (found.empty() && text(parameters, "type").empty()) return server_error(404, "Not Found");
    const Json answer{{"release-group-count", found.size()},
                      {"release-group-offset", number(parameters, "offset", 0)},
                      {"release-groups", cut(found, parameters, 100)}};
    return {200, answer.dump(), ""};
}

}  // namespace pressings::test
