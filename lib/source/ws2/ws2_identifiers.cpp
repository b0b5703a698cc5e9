#include "source/ws2/ws2_identifiers.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"
#include "source/ws2/query_text.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;  // a search with more gives 25
constexpr std::size_t k_most_pages = 3;
constexpr std::size_t k_disc_page_limit = 25;  // musicbrainz-server …/Controller/WS/2/DiscID.pm
constexpr std::size_t k_most_disc_pages = 8;
constexpr std::size_t k_most_lookups = 10;  // of releases that one URL is linked with

/// The service takes 100 in a request; so many make a line that any server on the way takes.
constexpr std::size_t k_most_urls = 50;

void add_once(std::vector<OfferedAlbum>& groups, const OfferedAlbum& group) {
    const auto known = std::find_if(groups.begin(), groups.end(), [&](const OfferedAlbum& one) {
        return one.album.mbid == group.album.mbid;
    });
    if (known == groups.end()) {
        groups.push_back(group);
    } else if (!known->album.title) {
        *known = group;
    } else {
        known->editions.insert(known->editions.end(), group.editions.begin(), group.editions.end());
    }
}

/// The groups of those releases that `takes` says have it.
template <typename Takes>
std::vector<OfferedAlbum> groups_of(const FoundReleases& found, Takes takes) {
    std::vector<OfferedAlbum> groups;
    for (const FoundRelease& release : found.releases) {
        if (release.group && takes(release)) add_once(groups, *release.group);
    }
    return groups;
}

FoundReleases search_releases(Ws2Session& session, const std::string& query) {
    FoundReleases all;
    for (std::size_t page = 0; page < k_most_pages; ++page) {
        FoundReleases found = parse_found_releases(
            session.ask(fmt::format("/release?query={}&limit={}&offset={}&fmt=json",
                                    percent_encoded(query), k_page_limit, all.received)));
        all.count = found.count;
        all.received += found.received;
        std::move(found.releases.begin(), found.releases.end(), std::back_inserter(all.releases));
        if (found.received == 0 || all.received >= all.count) break;
    }
    return all;
}

bool is_whole(const FoundReleases& found) {
    return found.received >= found.count;
}

/// The index has barcodes without zeros in front (metabrainz/mbsssss release/conf/schema.xml).
IdentifiedGroups groups_with_barcode(Ws2Session& session, const Identifier& barcode) {
    const auto found = search_releases(session, "barcode:" + lucene_phrase(barcode.value));
    IdentifiedGroups result;
    result.groups = groups_of(found, [&](const FoundRelease& release) {
        return release.barcode &&
               comparable({barcode.kind, *release.barcode}) == comparable(barcode);
    });
    result.is_whole = is_whole(found);
    return result;
}

std::string label_clauses(const std::vector<std::string>& labels) {
    std::string clauses;
    for (const std::string& label : labels)
        clauses += (clauses.empty() ? "label:" : " OR label:") + lucene_phrase(label);
    return clauses;
}

/// A label may be told otherwise than the index has it: then all with the number are gone through.
IdentifiedGroups groups_with_catno(Ws2Session& session, const Identifier& catno) {
    const std::string of_number = "catno:" + lucene_phrase(catno.value);
    const Identifier any_label{catno.kind, catno.value};
    IdentifiedGroups result;
    const auto take = [&](const FoundReleases& found) {
        result.groups = groups_of(
            found, [&](const FoundRelease& release) { return bears(release.label_info, catno); });
        result.is_whole = is_whole(found);
    };
    if (!catno.labels.empty()) {
        take(search_releases(session,
                             fmt::format("{} AND ({})", of_number, label_clauses(catno.labels))));
        if (!result.groups.empty()) return result;
    }
    const auto found = search_releases(session, of_number);
    take(found);
    if (result.groups.empty()) {
        result.of_other_labels = groups_of(found, [&](const FoundRelease& release) {
            return bears(release.label_info, any_label);
        });
    }
    return result;
}

/// What is not there is no error here.
template <typename Ask>
auto if_there(Ask ask) -> std::optional<std::invoke_result_t<Ask>> {
    try {
        return ask();
    } catch (const SourceError& error) {
        if (error.meaning != Meaning::not_found) throw;
        return std::nullopt;
    }
}

IdentifiedGroups groups_with_disc(Ws2Session& session, const Identifier& disc) {
    IdentifiedGroups result;
    std::size_t offset = 0;
    for (std::size_t page = 0; page < k_most_disc_pages; ++page) {
        const auto found = if_there([&] {
            return parse_found_releases(session.ask(fmt::format(
                "/discid/{}?inc=release-groups+artist-credits&cdstubs=no&limit={}&offset={}"
                "&fmt=json",
                percent_encoded(disc.value), k_disc_page_limit, offset)));
        });
        if (!found) return result;
        for (const OfferedAlbum& group : groups_of(*found, [](const auto&) { return true; }))
            add_once(result.groups, group);
        offset += found->received;
        if (found->received < k_disc_page_limit) return result;
    }
    result.is_whole = false;
    return result;
}

/// As MusicBrainz writes them (root/static/scripts/edit/URLCleanup.js).
std::string url_of(const Identifier& identifier) {
    const bool is_master = identifier.kind == IdentifierKind::discogs_master;
    return fmt::format("https://www.discogs.com/{}/{}", is_master ? "master" : "release",
                       identifier.value);
}

using Answers = std::map<std::string, RememberedUrls::Answer>;

/// Which groups the releases are in: one question of the index for all of them.
void add_places(Ws2Session& session, Answers& answers) {
    std::set<Mbid> releases;
    for (const auto& [url, answer] : answers)
        releases.insert(answer.linked.releases.begin(), answer.linked.releases.end());
    if (releases.size() < 2 || releases.size() > k_page_limit) return;
    std::vector<std::string> asked;
    for (const Mbid& release : releases)
        asked.push_back(release.to_string());
    const auto found = parse_found_releases(session.ask(fmt::format(
        "/release?query={}&limit={}&fmt=json",
        percent_encoded(fmt::format("reid:({})", fmt::join(asked, " OR "))), k_page_limit)));
    for (auto& [url, answer] : answers) {
        for (const Mbid& release : answer.linked.releases) {
            const auto place =
                std::find_if(found.releases.begin(), found.releases.end(),
                             [&](const FoundRelease& one) { return one.mbid == release; });
            if (place != found.releases.end() && place->group) answer.places.push_back(*place);
        }
    }
}

Answers ask_urls(Ws2Session& session, const std::vector<std::string>& urls) {
    std::string resources;
    Answers answers;
    for (const std::string& url : urls) {
        resources +=
            fmt::format("{}resource={}", resources.empty() ? "" : "&", percent_encoded(url));
        answers[url].linked.url = url;
    }
    const auto known = if_there([&] {
        return parse_linked_urls(session.ask(
            fmt::format("/url?{}&inc=release-rels+release-group-rels&fmt=json", resources)));
    });
    for (const LinkedUrl& linked : known.value_or(std::vector<LinkedUrl>{})) {
        const auto asked = answers.find(linked.url);
        if (asked != answers.end()) asked->second.linked = linked;
    }
    add_places(session, answers);
    return answers;
}

RememberedUrls::Answer answer_of(Ws2Session& session, RememberedUrls& remembered,
                                 const Identifier& identifier, std::span<const Identifier> next) {
    const std::string url = url_of(identifier);
    if (auto answer = remembered.take(url)) return std::move(*answer);
    std::vector<std::string> urls{url};
    for (const Identifier& one : next) {
        const std::string other = url_of(one);
        const bool is_new = std::find(urls.begin(), urls.end(), other) == urls.end();
        if (is_new && urls.size() < k_most_urls) urls.push_back(other);
    }
    Answers answers = ask_urls(session, urls);
    RememberedUrls::Answer own = std::move(answers.at(url));
    answers.erase(url);
    if (urls.size() > 1) remembered.remember(std::move(answers));
    return own;
}

IdentifiedGroups groups_at_discogs(Ws2Session& session, RememberedUrls& remembered,
                                   const Identifier& identifier, std::span<const Identifier> next) {
    const auto answer = answer_of(session, remembered, identifier, next);
    IdentifiedGroups result;
    result.groups = answer.linked.groups;
    for (const FoundRelease& place : answer.places)
        add_once(result.groups, *place.group);
    std::size_t lookups = 0;
    for (const Mbid& release : answer.linked.releases) {
        const bool is_placed =
            std::any_of(answer.places.begin(), answer.places.end(),
                        [&](const FoundRelease& place) { return place.mbid == release; });
        if (is_placed) continue;
        result.is_whole = lookups < k_most_lookups;
        if (lookups++ >= k_most_lookups) break;
        const auto found = if_there([&] {
            return parse_found_release(session.ask(fmt::format(
                "/release/{}?inc=release-groups+artist-credits&fmt=json", release.to_string())));
        });
        if (found && found->group) add_once(result.groups, *found->group);
    }
    return result;
}

}  // namespace

std::optional<RememberedUrls::Answer> RememberedUrls::take(const std::string& url) {
    const std::lock_guard lock{m_mutex};
    const auto found = m_answers.find(url);
    if (found == m_answers.end()) return std::nullopt;
    std::optional<Answer> answer{std::move(found->second)};
    m_answers.erase(found);
    return answer;
}

void RememberedUrls::remember(std::map<std::string, Answer> answers) {
    const std::lock_guard lock{m_mutex};
    m_answers = std::move(answers);
}

IdentifiedGroups groups_by_identifier(Ws2Session& session, RememberedUrls& remembered,
                                      const Identifier& identifier,
                                      std::span<const Identifier> next) {
    switch (identifier.kind) {
        case IdentifierKind::discogs_master:
        case IdentifierKind::discogs_release:
            return groups_at_discogs(session, remembered, identifier, next);
        case IdentifierKind::disc_id:
            return groups_with_disc(session, identifier);
        case IdentifierKind::barcode:
            return groups_with_barcode(session, identifier);
        case IdentifierKind::catno:
            return groups_with_catno(session, identifier);
    }
    return {};
}

}  // namespace pressings::source
