#include "store/sql/search/documents.hpp"

#include <set>
#include <string>
#include <utility>

#include "store/sql/search/search_sql.hpp"

namespace pressings::store::sql {

namespace {

std::int64_t present_releases(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_present_releases);
    return row.bind(album_id).step() ? row.integer(0) : 0;
}

void append_ids(std::vector<std::int64_t>& ids, Query row, std::int64_t most) {
    row.bind(row_limit(most));
    while (row.step())
        ids.push_back(row.integer(0));
}

/// Of its first name, as people write it.
std::int64_t words_of_first(const SearchDocument& document, SearchField field) {
    const auto& readings = document.readings[static_cast<std::size_t>(field)];
    return readings.empty() ? 0 : static_cast<std::int64_t>(readings.front().size());
}

}  // namespace

void each_search_name(Connection& connection, std::int64_t album_id,
                      const std::function<bool(SearchName)>& visit) {
    std::set<std::pair<SearchField, std::string>> seen;
    Query row = connection.query(sql::k_search_names);
    row.bind(album_id);
    while (row.step()) {
        auto text = row.maybe_text(1);
        if (!text || text->empty()) continue;
        const auto field = static_cast<SearchField>(row.integer(0));
        if (field == SearchField::release && seen.contains({SearchField::title, *text})) continue;
        if (!seen.emplace(field, *text).second) continue;
        if (!visit({field, std::move(*text)})) return;
    }
}

SearchDocument load_document(Connection& connection, std::int64_t album_id) {
    SearchDocument document;
    document.album_id = album_id;
    each_search_name(connection, album_id, [&](const SearchName& name) {
        auto& readings = document.readings[static_cast<std::size_t>(name.field)];
        for (SearchWords& words : search_readings(name.field, name.text))
            readings.push_back(std::move(words));
        return true;
    });
    document.title_words = words_of_first(document, SearchField::title);
    document.artist_words = words_of_first(document, SearchField::artist);
    document.releases = present_releases(connection, album_id);
    return document;
}

std::vector<std::int64_t> unindexed_albums(Connection& connection, std::int64_t most) {
    std::vector<std::int64_t> ids;
    append_ids(ids, connection.query(sql::k_outdated_albums), most);
    append_ids(ids, connection.query(sql::k_new_albums), most);
    return ids;
}

std::int64_t index_some(Connection& connection, SearchIndex& index, std::int64_t most) {
    std::vector<std::int64_t> ids;
    append_ids(ids, connection.query(sql::k_new_albums), most);
    // What is new goes in first, and in order: the last of the index tells what is not in it.
    const bool is_new = !ids.empty();
    if (!is_new) append_ids(ids, connection.query(sql::k_outdated_albums), most);
    for (const std::int64_t id : ids) {
        if (!is_new) index.remove(id);
        index.add(load_document(connection, id));
        connection.query(sql::k_not_outdated).bind(id).write();
    }
    if (!is_new && !ids.empty()) index.sweep();
    return static_cast<std::int64_t>(ids.size());
}

void mark_outdated(Connection& connection, std::int64_t album_id) {
    connection.query(sql::k_mark_outdated).bind(album_id).write();
}

void mark_label_outdated(Connection& connection, std::int64_t label_id) {
    connection.query(sql::k_mark_label_outdated).bind(label_id).write();
}

}  // namespace pressings::store::sql
