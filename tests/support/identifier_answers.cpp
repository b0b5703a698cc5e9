#include "support/identifier_answers.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::json;

std::string parameter(const Parameters& parameters, const std::string& name,
                      const std::string& otherwise) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? otherwise : found->second;
}

std::string text_of(const Json& object, const char* key) {
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

std::string without_zeros(const std::string& digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::string as_one_word(const std::string& catno) {
    std::string word;
    for (const char c : catno) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || byte >= 0x80) word += static_cast<char>(std::tolower(byte));
    }
    return word;
}

bool has_phrase(const std::string& text, const std::string& phrase) {
    const auto words = index_words(text);
    const auto sought = index_words(phrase);
    return std::search(words.begin(), words.end(), sought.begin(), sought.end()) != words.end();
}

bool has(const Json& release, const std::string& field, const std::string& value) {
    if (field == "reid") return text_of(release, "id") == value;
    if (field == "barcode") {
        const std::string own = without_zeros(text_of(release, "barcode"));
        return !own.empty() && own == without_zeros(value);
    }
    for (const Json& info : release.value("label-info", Json::array())) {
        if (field == "catno" && as_one_word(text_of(info, "catalog-number")) == as_one_word(value))
            return true;
        const Json label = info.value("label", Json{});
        if (field == "label" && label.is_object() && has_phrase(text_of(label, "name"), value))
            return true;
    }
    return false;
}

/// A search gives of a release what it needs to be told apart; no key is null.
Json as_found(const Json& release) {
    Json found{{"score", 100}};
    for (const char* key : {"id", "title", "status", "date", "country", "barcode"}) {
        if (!text_of(release, key).empty()) found[key] = release[key];
    }
    if (release.contains("artist-credit")) found["artist-credit"] = release["artist-credit"];
    const Json& group = release["release-group"];
    found["release-group"] = Json{{"id", group["id"]}, {"title", group["title"]}};
    for (const char* key : {"primary-type", "secondary-types"}) {
        if (group.contains(key) && !group[key].is_null()) found["release-group"][key] = group[key];
    }
    for (const Json& info : release.value("label-info", Json::array())) {
        Json one = Json::object();
        if (!text_of(info, "catalog-number").empty())
            one["catalog-number"] = info["catalog-number"];
        if (info.contains("label") && info["label"].is_object()) {
            one["label"] = {{"id", info["label"]["id"]}, {"name", info["label"]["name"]}};
        }
        found["label-info"].push_back(one);
    }
    return found;
}

struct Range {
    std::size_t offset = 0;
    std::size_t limit = 25;
};

Range range_of(const Parameters& parameters, std::size_t highest, std::size_t if_too_high) {
    const std::size_t limit = std::stoul(parameter(parameters, "limit", "25"));
    return {std::stoul(parameter(parameters, "offset", "0")),
            limit > highest ? if_too_high : limit};
}

Json cut(const std::vector<Json>& all, const Range& range) {
    Json page = Json::array();
    for (std::size_t at = range.offset; at < all.size() && page.size() < range.limit; ++at)
        page.push_back(all[at]);
    return page;
}

bool has_disc(const Json& release, const std::string& id) {
    for (const Json& medium : release.value("media", Json::array())) {
        for (const Json& disc : medium.value("discs", Json::array())) {
            if (disc["id"] == id) return true;
        }
    }
    return false;
}

bool is_disc_id(const std::string& id) {
    return id.size() >= 28 && id[27] == '-' && std::all_of(id.begin(), id.begin() + 27, [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' ||
                      c == '-';
           });
}

bool is_linked(const Json& entity, const std::string& url) {
    for (const Json& relation : entity.value("relations", Json::array())) {
        if (relation.contains("url") && relation["url"]["resource"] == url) return true;
    }
    return false;
}

/// What the URL is linked with, as relationships seen from it; nothing if it is not known.
std::optional<Json> linked(const std::vector<std::string>& releases,
                           const std::vector<std::string>& groups, const std::string& url) {
    Json relations = Json::array();
    const auto add = [&](const char* type, const char* key, Json entity) {
        for (const char* dropped :
             {"relations", "media", "release-group", "label-info", "artist-credit", "releases"})
            entity.erase(dropped);
        relations.push_back({{"type", "discogs"},
                             {"direction", "backward"},
                             {"target-type", type},
                             {"ended", false},
                             {key, entity}});
    };
    for (const std::string& text : releases) {
        if (text.find(url) == std::string::npos) continue;
        const Json release = Json::parse(text);
        if (is_linked(release, url)) add("release", "release", release);
    }
    for (const std::string& text : groups) {
        if (text.find(url) == std::string::npos) continue;
        const Json group = Json::parse(text);
        if (is_linked(group, url)) add("release_group", "release_group", group);
    }
    if (relations.empty()) return std::nullopt;
    return Json{{"id", "9bd7cece-05e3-438b-a2a1-070f8a829ed5"},
                {"resource", url},
                {"relations", relations}};
}

constexpr const char* k_identifying[] = {"barcode:", "catno:", "reid:"};

}  // namespace

bool is_by_identifier(const std::string& query) {
    return std::any_of(std::begin(k_identifying), std::end(k_identifying),
                       [&](const char* field) { return query.find(field) != std::string::npos; });
}

ServedAnswer search_identified(const std::vector<std::string>& releases,
                               const Parameters& parameters, SearchManner manner) {
    std::optional<SearchQuery> query;
    try {
        query.emplace(parameter(parameters, "query", ""));
    } catch (const std::runtime_error&) {
        return server_error(400, "Unable to parse search");
    }
    std::vector<Json> found;
    for (const std::string& text : releases) {
        const Json release = Json::parse(text);
        const auto has_it = [&](const std::string& field, const std::string& value) {
            return has(release, field, value);
        };
        if (manner == SearchManner::any_word || query->finds_by(has_it)) {
            found.push_back(as_found(release));
        }
    }
    const Range range = range_of(parameters, 100, 25);
    const Json answer{{"created", "2026-01-01T00:00:00.000Z"},
                      {"count", found.size()},
                      {"offset", range.offset},
                      {"releases", cut(found, range)}};
    return {200, answer.dump(), ""};
}

ServedAnswer look_up_disc(const ServedReleases& served, const std::string& id,
                          const Parameters& parameters) {
    if (!is_disc_id(id)) return server_error(400, "Invalid discid.");
    std::vector<Json> found;
    for (const std::string& text : served.releases()) {
        if (text.find(id) == std::string::npos) continue;
        const Json release = Json::parse(text);
        if (!has_disc(release, id)) continue;
        const auto body = served.look_up_release(
            release["id"], parameter(parameters, "inc", "") + " media discids");
        if (body.status != 200) return body;
        found.push_back(Json::parse(body.body));
    }
    if (found.empty()) return server_error(404, "Not Found");
    const Json answer{{"id", id},
                      {"offset-count", 9},
                      {"sectors", 194476},
                      {"releases", cut(found, range_of(parameters, 25, 25))}};
    return {200, answer.dump(), ""};
}

ServedAnswer look_up_urls(const ServedReleases& served, const std::vector<std::string>& resources) {
    const auto releases = served.releases();
    const auto& groups = served.groups();
    if (resources.size() == 1) {
        const auto url = linked(releases, groups, resources[0]);
        return url ? ServedAnswer{200, url->dump(), ""} : server_error(404, "Not Found");
    }
    Json urls = Json::array();
    for (const std::string& resource : resources) {
        if (auto url = linked(releases, groups, resource)) urls.push_back(std::move(*url));
    }
    const Json answer{{"url-count", urls.size()}, {"url-offset", 0}, {"urls", urls}};
    return {200, answer.dump(), ""};
}

ServedAnswer browse_collection(const ServedReleases& served, const ServedCollection& collection,
                               const std::string& entity, const Parameters& parameters) {
    if (!collection.is_public) {
        return server_error(401, "You are not authorized to access this resource.");
    }
    const Range range = range_of(parameters, 100, 100);
    std::vector<Json> all;
    for (const std::string& mbid : collection.mbids) {
        if (entity != collection.entity) break;  // it has none of these
        const std::string inc = parameter(parameters, "inc", "");
        const auto body = entity == "release" ? served.look_up_release(mbid, inc)
                                              : served.look_up_group(mbid, inc);
        if (body.status == 200) all.push_back(Json::parse(body.body));
    }
    const Json answer{{entity + "-count", range.offset >= all.size() ? range.offset : all.size()},
                      {entity + "-offset", range.offset},
                      {entity + "s", cut(all, range)}};
    return {200, answer.dump(), ""};
}

}  // namespace pressings::test
