#include "source/ws2/ws2_lists.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "source/fault_table.hpp"
#include "source/json/list_json.hpp"
#include "source/ws2/list_walk.hpp"
#include "source/ws2/ws2_groups.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_groups = 20'000;  // the busiest artist has some thousand
constexpr std::size_t k_page = 100;
constexpr std::size_t k_no_end = std::numeric_limits<std::size_t>::max();

/// Items of a part, and how many of the part before are listed again: what tied where two parts
/// meet is then in the middle of a page.
constexpr std::size_t k_part = 2'000;
constexpr std::size_t k_overlap = 50;
/// Releases of a series whose groups are looked up for a part.
constexpr std::size_t k_most_lookups = 100;

std::string question_of(EntityType entity, const Mbid& mbid, const TypeFilter& types) {
    if (entity == EntityType::label) {
        return fmt::format("/release?label={}&inc=release-groups+artist-credits", mbid.to_string());
    }
    return fmt::format("/release-group?artist={}&inc=artist-credits{}", mbid.to_string(),
                       type_filter(types.wanted));
}

/// Pages of groups for an artist, of releases for a label.
ListWalk walk_of(Ws2Session& session, EntityType entity, const Mbid& mbid,
                 const TypeFilter& types) {
    return {session, question_of(entity, mbid, types),
            entity == EntityType::label ? parse_listed_releases : parse_listed_groups};
}

[[noreturn]] void refuse_incomplete(EntityType entity, const Mbid& mbid, const ListWalk& walk) {
    throw answer_error("incomplete",
                       fmt::format("{} {}: the service gave {} of {} {}", to_string(entity),
                                   mbid.to_string(), walk.received(), walk.count(),
                                   entity == EntityType::label ? "releases" : "release groups"));
}

/// Of a special artist, such as Various Artists.
void refuse_endless(std::size_t count) {
    if (count <= k_most_groups) return;
    throw answer_error(
        "too_large",
        fmt::format("the artist has {} release groups, more than the {} that are taken at once; "
                    "name the albums, or only some types, or let album-import --watch take them "
                    "part by part",
                    count, k_most_groups));
}

void leave_taken(std::vector<Album>& albums, const TypeFilter& types) {
    std::erase_if(albums, [&](const Album& album) { return !is_taken(album, types); });
}

EntityFacts look_up(Ws2Session& session, EntityType entity, const Mbid& mbid) {
    return parse_entity(
        session.ask(fmt::format("/{}/{}?fmt=json", to_string(entity), mbid.to_string())));
}

/// A part of what is given in pages.
GroupList list_pages(Ws2Session& session, EntityType entity, const GroupListQuestion& question) {
    GroupList list;
    list.entity = entity;
    list.mbid = question.mbid;
    if (question.from == 0) {
        EntityFacts facts = look_up(session, entity, question.mbid);
        list.mbid = facts.mbid;
        list.name = std::move(facts.name);
    }
    const auto from = static_cast<std::size_t>(question.from);
    const std::size_t begin = from > k_overlap ? from - k_overlap : 0;
    const std::size_t end = begin + k_part;
    ListWalk walk = walk_of(session, entity, list.mbid, question.types);
    if (!walk.run_whole(begin, end)) refuse_incomplete(entity, list.mbid, walk);
    if (end < walk.count()) list.rest = static_cast<std::int64_t>(end);
    list.albums = std::move(walk.albums());
    leave_taken(list.albums, question.types);
    return list;
}

/// One that is gone by now is no part any more.
std::optional<Album> group_of_part(Ws2Session& session, const Mbid& release) {
    try {
        return parse_group_of_release(session.ask(fmt::format(
            "/release/{}?inc=release-groups+artist-credits&fmt=json", release.to_string())));
    } catch (const SourceError& error) {
        if (error.meaning != Meaning::not_found) throw;
        return std::nullopt;
    }
}

/// Of a series all parts come at once. A release among them is given as it is, unless its group's
/// type has to be known: then it is looked up, a hundred for a part of the list.
GroupList list_series(Ws2Session& session, const GroupListQuestion& question) {
    SeriesParts parts = parse_series(session.ask(fmt::format(
        "/series/{}?inc=release-group-rels+release-rels&fmt=json", question.mbid.to_string())));
    GroupList list;
    list.entity = EntityType::series;
    list.mbid = parts.series.mbid;
    list.name = std::move(parts.series.name);
    if (question.from == 0) list.albums = std::move(parts.groups);
    if (question.types.takes_all()) {
        list.releases = std::move(parts.releases);
        return list;
    }
    const std::size_t begin =
        std::min(static_cast<std::size_t>(question.from), parts.releases.size());
    const std::size_t end = std::min(begin + k_most_lookups, parts.releases.size());
    for (std::size_t i = begin; i < end; ++i) {
        if (auto group = group_of_part(session, parts.releases[i]))
            list.albums.push_back(std::move(*group));
    }
    if (end < parts.releases.size()) list.rest = static_cast<std::int64_t>(end);
    leave_taken(list.albums, question.types);
    return list;
}

GroupList list_entity(Ws2Session& session, EntityType entity, const GroupListQuestion& question) {
    return entity == EntityType::series ? list_series(session, question)
                                        : list_pages(session, entity, question);
}

}  // namespace

ArtistList::ArtistList(Ws2Session& session, const Mbid& artist, const TypeFilter& types)
    : m_artist(artist),
      m_types(types),
      m_walk(walk_of(session, EntityType::artist, artist, types)) {
    m_walk.check_count(refuse_endless);
    m_walk.run(0, k_page);
    m_first_page = m_walk.albums();
}

std::vector<Album> ArtistList::all() {
    const bool is_all =
        m_walk.received() >= m_walk.count() || m_walk.run_rest(0, m_walk.received(), k_no_end);
    if (!is_all) refuse_incomplete(EntityType::artist, m_artist, m_walk);
    leave_taken(m_walk.albums(), m_types);
    return std::move(m_walk.albums());
}

std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const TypeFilter& types) {
    return ArtistList{session, artist, types}.all();
}

GroupList list_groups(Ws2Session& session, const GroupListQuestion& question) {
    if (question.entity) return list_entity(session, *question.entity, question);
    for (const EntityType entity : {EntityType::artist, EntityType::label}) {
        try {
            return list_entity(session, entity, question);
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::not_found) throw;
        }
    }
    return list_entity(session, EntityType::series, question);
}

}  // namespace pressings::source
