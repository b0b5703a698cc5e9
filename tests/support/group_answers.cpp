#include "support/group_answers.hpp"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

namespace pressings::test {

namespace {

using Json = nlohmann::json;

std::string lower(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// Old servers print no name that is the artist's own.
std::string name_of(const Json& credit) {
    return credit.value("name", credit["artist"]["name"].get<std::string>());
}

std::string credit_of(const Json& group) {
    std::string text;
    for (const Json& credit : group.value("artist-credit", Json::array())) {
        text += name_of(credit) + credit.value("joinphrase", "");
    }
    return text;
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

std::vector<std::string> names_of(const Json& aliases) {
    std::vector<std::string> names;
    for (const Json& alias : aliases) {
        for (const char* key : {"name", "sort-name"}) {
            if (alias.contains(key) && alias[key].is_string()) names.push_back(alias[key]);
        }
    }
    return names;
}

/// What the index has of a group in a field
/// (https://musicbrainz.org/doc/MusicBrainz_API/Search#Release_Group).
std::vector<std::string> group_field(const Json& group, const std::string& field) {
    std::vector<std::string> texts;
    if (field == "releasegroup") texts.push_back(group["title"]);
    if (field == "alias") texts = names_of(group.value("aliases", Json::array()));
    if (field == "artist") texts.push_back(credit_of(group));
    if (field == "release") {
        for (const Json& release : group.value("releases", Json::array()))
            texts.push_back(release["title"]);
    }
    for (const Json& credit : group.value("artist-credit", Json::array())) {
        if (field == "artistname") texts.push_back(credit["artist"]["name"]);
        if (field == "creditname") texts.push_back(name_of(credit));
        if (field == "arid") texts.push_back(credit["artist"]["id"]);
    }
    return texts;
}

std::vector<std::string> artist_field(const Json& artist, const std::string& field) {
    if (field == "artist") return {artist["name"]};
    if (field == "sortname") return {artist.value("sort-name", "")};
    if (field == "alias") return names_of(artist.value("aliases", Json::array()));
    return {};
}

std::vector<std::string> release_field(const Json& release, const std::string& field) {
    if (field == "release") return {release["title"]};
    if (field == "alias" || field == "releasegroup") return {};
    return group_field(release, field);
}

using FieldReader = std::vector<std::string> (*)(const Json&, const std::string&);

/// A document and its words, read once for all searches of this process.
struct Indexed {
    Json document;
    std::map<std::string, SearchQuery::Texts> fields;
};

class SearchIndex {
  public:
    SearchIndex(std::vector<std::string> fields, FieldReader read)
        : m_fields(std::move(fields)), m_read(read) {}

    /// `text` is the document's own.
    const Indexed& add(const std::string& text) {
        const auto [entry, is_new] = m_documents.try_emplace(text);
        if (!is_new) return entry->second;
        entry->second.document = Json::parse(text);
        for (const std::string& field : m_fields) {
            auto& words = entry->second.fields[field];
            for (const std::string& one : m_read(entry->second.document, field))
                words.push_back(index_words(one));
        }
        return entry->second;
    }

  private:
    std::vector<std::string> m_fields;
    FieldReader m_read;
    std::unordered_map<std::string, Indexed> m_documents;
};

/// Over both indexes.
std::mutex& index_mutex() {
    static std::mutex mutex;
    return mutex;
}

SearchIndex& group_index() {
    static SearchIndex index{
        {"releasegroup", "alias", "artist", "release", "artistname", "creditname", "arid"},
        group_field};
    return index;
}

SearchIndex& artist_index() {
    static SearchIndex index{{"artist", "alias", "sortname"}, artist_field};
    return index;
}

SearchIndex& release_index() {
    static SearchIndex index{{"release", "artist", "artistname", "creditname", "arid"},
                             release_field};
    return index;
}

/// The releases that a group lists, as a search gives them: by the group's credit.
const std::vector<const Indexed*>& releases_in(const std::string& group_text) {
    static std::unordered_map<std::string, std::vector<const Indexed*>> known;
    const auto [entry, is_new] = known.try_emplace(group_text);
    if (!is_new) return entry->second;
    const Json& group = group_index().add(group_text).document;
    for (Json release : group.value("releases", Json::array())) {
        release["artist-credit"] = group.value("artist-credit", Json::array());
        release["release-group"] = {{"id", group["id"]},
                                    {"title", group["title"]},
                                    {"primary-type", group.value("primary-type", Json{})}};
        entry->second.push_back(&release_index().add(release.dump()));
    }
    return entry->second;
}

/// What the query finds, the best first; nothing if it cannot be parsed. Scores are relative to
/// the best, and numbers or strings as the servers of different years print them.
std::optional<std::vector<Json>> search(const std::vector<const Indexed*>& documents,
                                        const std::string& text, SearchManner manner) {
    static const SearchQuery::Texts k_none;
    std::optional<SearchQuery> query;
    try {
        query.emplace(text);
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
    std::vector<std::pair<double, const Json*>> ranked;
    for (const Indexed* indexed : documents) {
        const auto fields = [&](const std::string& field) -> const SearchQuery::Texts& {
            const auto found = indexed->fields.find(field);
            return found == indexed->fields.end() ? k_none : found->second;
        };
        if (manner == SearchManner::boolean && !query->finds(fields)) continue;
        const double rank = query->rank(fields);
        if (rank > 0) ranked.emplace_back(rank, &indexed->document);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Json> found;
    for (const auto& [rank, document] : ranked) {
        const int score = static_cast<int>(100.0 * rank / ranked.front().first);
        Json one = *document;
        one["score"] = found.size() % 2 == 0 ? Json(score) : Json(std::to_string(score));
        if (one.value("first-release-date", "").empty()) one.erase("first-release-date");
        found.push_back(std::move(one));
    }
    return found;
}

ServedAnswer found_answer(const char* what, const std::vector<Json>& found,
                          const Parameters& parameters) {
    const Json answer{{"created", "2026-01-01T00:00:00.000Z"},
                      {"count", found.size()},
                      {"offset", number(parameters, "offset", 0)},
                      {what, cut(found, parameters, 25)}};
    return {200, answer.dump(), ""};
}

}  // namespace

bool is_by(const Json& credited, const std::string& artist_mbid) {
    const Json credits = credited.value("artist-credit", Json::array());
    return std::any_of(credits.begin(), credits.end(),
                       [&](const Json& credit) { return credit["artist"]["id"] == artist_mbid; });
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

ServedAnswer search_groups(const std::vector<std::string>& groups, const Parameters& parameters,
                           SearchManner manner) {
    const std::lock_guard lock{index_mutex()};
    std::vector<const Indexed*> documents;
    for (const std::string& json : groups)
        documents.push_back(&group_index().add(json));
    const auto found = search(documents, text(parameters, "query"), manner);
    if (!found) return server_error(400, "Unable to parse search");
    return found_answer("release-groups", *found, parameters);
}

ServedAnswer search_artists(const std::vector<std::string>& groups, const Parameters& parameters,
                            SearchManner manner) {
    const std::lock_guard lock{index_mutex()};
    std::map<std::string, Json> artists;
    for (const std::string& json : groups) {
        const Json& group = group_index().add(json).document;
        for (const Json& credit : group.value("artist-credit", Json::array())) {
            const Json& artist = credit["artist"];
            const auto known = artists.try_emplace(artist["id"], artist).first;
            if (artist.contains("aliases")) known->second = artist;
        }
    }
    std::vector<const Indexed*> documents;
    for (const auto& [mbid, artist] : artists)
        documents.push_back(&artist_index().add(artist.dump()));
    const auto found = search(documents, text(parameters, "query"), manner);
    if (!found) return server_error(400, "Unable to parse search");
    return found_answer("artists", *found, parameters);
}

ServedAnswer search_releases(const std::vector<std::string>& groups, const Parameters& parameters,
                             SearchManner manner) {
    const std::lock_guard lock{index_mutex()};
    std::vector<const Indexed*> documents;
    for (const std::string& json : groups) {
        const auto& releases = releases_in(json);
        documents.insert(documents.end(), releases.begin(), releases.end());
    }
    const auto found = search(documents, text(parameters, "query"), manner);
    if (!found) return server_error(400, "Unable to parse search");
    return found_answer("releases", *found, parameters);
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
