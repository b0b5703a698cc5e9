#include "store/sql/search/search_reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/reader_sql.hpp"
#include "store/sql/search/documents.hpp"
#include "store/sql/search/search_sql.hpp"

namespace pressings::store::sql {

namespace {

using Ids = std::vector<std::int64_t>;  ///< sorted

bool is_in(const Ids& ids, std::int64_t id) {
    return std::binary_search(ids.begin(), ids.end(), id);
}

void append_ids(Ids& ids, Connection& connection, std::string_view statement, const Mbid& mbid) {
    Query row = connection.query(statement);
    row.bind(mbid);
    while (row.step())
        ids.push_back(row.integer(0));
}

/// Albums that are it, or have it; sorted.
Ids albums_with(Connection& connection, const Mbid& mbid) {
    Ids ids;
    if (const auto album = find_album(connection, mbid)) ids.push_back(*album);
    for (const auto statement : {sql::k_album_of_release, sql::k_albums_of_artist,
                                 sql::k_albums_of_label, sql::k_albums_of_recording}) {
        if (ids.empty()) append_ids(ids, connection, statement, mbid);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// Albums that have all of them.
std::optional<Ids> albums_with_all(Connection& connection, const std::vector<Mbid>& mbids) {
    std::optional<Ids> all;
    for (const Mbid& mbid : mbids) {
        Ids ids = albums_with(connection, mbid);
        if (all) {
            Ids both;
            std::set_intersection(all->begin(), all->end(), ids.begin(), ids.end(),
                                  std::back_inserter(both));
            ids = std::move(both);
        }
        all = std::move(ids);
    }
    return all;
}

std::vector<FoundAlbum> find_by_words(Connection& connection, SearchIndex& index,
                                      const SearchQuery& query, std::int64_t limit) {
    Ids unindexed = unindexed_albums(connection, 0);
    if (unindexed.empty()) return index.hits(query, limit);
    std::sort(unindexed.begin(), unindexed.end());
    const auto void_ones = static_cast<std::int64_t>(unindexed.size());
    auto found = index.hits(query, limit > 0 ? limit + void_ones : 0);
    std::erase_if(found, [&](const FoundAlbum& album) { return is_in(unindexed, album.album_id); });
    const auto passing = index.passing();
    for (const std::int64_t id : unindexed)
        passing->add(load_document(connection, id));
    const auto others = passing->hits(query, limit);
    found.insert(found.end(), others.begin(), others.end());
    std::sort(found.begin(), found.end(), is_better);
    return found;
}

}  // namespace

bool is_better(const FoundAlbum& a, const FoundAlbum& b) {
    return a.score != b.score ? a.score > b.score : a.album_id < b.album_id;
}

std::vector<FoundAlbum> find_albums(Connection& connection, SearchIndex& index,
                                    const SearchQuery& query, std::int64_t limit) {
    const auto named = albums_with_all(connection, query.mbids);
    std::vector<FoundAlbum> found;
    if (query.terms.empty()) {
        for (const std::int64_t id : named.value_or(Ids{}))
            found.push_back({id, 0});
    } else {
        found = find_by_words(connection, index, query, named ? 0 : limit);
        if (named)
            std::erase_if(found,
                          [&](const FoundAlbum& album) { return !is_in(*named, album.album_id); });
    }
    const auto most = static_cast<std::size_t>(limit);
    if (limit > 0 && found.size() > most) found.resize(most);
    return found;
}

std::vector<SearchName> matching_names(Connection& connection, std::int64_t album_id,
                                       const SearchQuery& query) {
    std::vector<std::optional<SearchName>> found(query.terms.size());
    std::size_t left = query.terms.size();
    each_search_name(connection, album_id, [&](const SearchName& name) {
        const auto readings = search_readings(name.field, name.text);
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] || !query.terms[i].occurs_in(name.field, readings)) continue;
            found[i] = name;
            --left;
        }
        return left > 0;
    });
    std::vector<SearchName> matches;
    for (auto& match : found) {
        const bool is_new =
            match && std::find(matches.begin(), matches.end(), *match) == matches.end();
        if (is_new) matches.push_back(std::move(*match));
    }
    return matches;
}

}  // namespace pressings::store::sql
