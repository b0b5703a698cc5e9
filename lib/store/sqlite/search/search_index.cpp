#include "store/sqlite/search/search_index.hpp"

#include <array>
#include <set>
#include <string>
#include <utility>

#include "store/sqlite/search/search_expression.hpp"
#include "store/sqlite/search/search_sql.hpp"

namespace pressings::store::sqlite {

namespace {

using pressings::sqlite::Statements;

constexpr std::size_t k_columns = k_search_fields.size();

/// What goes into the index of an album.
struct Document {
    std::array<std::string, k_columns> words;
    std::array<std::size_t, k_columns> words_of_first_name{};
};

void add_name(Document& document, const SearchName& name) {
    const auto column = static_cast<std::size_t>(name.field);
    std::string& text = document.words[column];
    const auto readings = search_readings(name.field, name.text);
    if (text.empty() && !readings.empty()) {
        document.words_of_first_name[column] = readings.front().size();
    }
    for (const SearchWords& words : readings) {
        if (!text.empty()) text.append(" ").append(k_between_names).append(" ");
        append_words(text, words);
    }
}

std::int64_t present_releases(Connection& connection, std::int64_t album_id) {
    Query row = connection.query(sql::k_present_releases);
    return row.bind(album_id).step() ? row.integer(0) : 0;
}

void append_ids(std::vector<std::int64_t>& ids, Query row, std::int64_t most) {
    row.bind(most);
    while (row.step())
        ids.push_back(row.integer(0));
}

/// Documents that were replaced stay until they are more than the others.
void sweep(Connection& connection) {
    constexpr std::int64_t k_allowed = 10'000;
    const auto named = connection.integer(sql::k_count_documents);
    if (connection.integer(sql::k_count_all_documents) <= 2 * named + k_allowed) return;
    for (const auto statement :
         {sql::k_delete_words, sql::k_delete_documents, sql::k_delete_outdated}) {
        connection.query(statement).run();
    }
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

void add_document(Connection& catalogue, Statements& index, std::int64_t album_id) {
    Document document;
    each_search_name(catalogue, album_id, [&](const SearchName& name) {
        add_name(document, name);
        return true;
    });
    const auto count = [&](SearchField field) {
        return static_cast<std::int64_t>(
            document.words_of_first_name[static_cast<std::size_t>(field)]);
    };
    index.query(sql::k_insert_document)
        .bind(album_id, count(SearchField::title), count(SearchField::artist),
              present_releases(catalogue, album_id))
        .run();
    const auto& [title, artist, catalog_number, barcode, label, release, track] = document.words;
    index.query(sql::k_insert_words)
        .bind(index.last_insert_id(), title, artist, catalog_number, barcode, label, release, track)
        .run();
}

std::vector<std::int64_t> unindexed_albums(Connection& connection, std::int64_t most) {
    std::vector<std::int64_t> ids;
    append_ids(ids, connection.query(sql::k_outdated_albums), most);
    append_ids(ids, connection.query(sql::k_new_albums), most);
    return ids;
}

std::int64_t index_some(Connection& connection, std::int64_t most) {
    std::vector<std::int64_t> ids;
    append_ids(ids, connection.query(sql::k_new_albums), most);
    // What is new goes in first, and in order: the last of the index tells what is not in it.
    const bool is_new = !ids.empty();
    if (!is_new) append_ids(ids, connection.query(sql::k_outdated_albums), most);
    for (const std::int64_t id : ids) {
        if (!is_new) connection.query(sql::k_delete_document).bind(id).run();
        add_document(connection, connection.statements(), id);
        connection.query(sql::k_not_outdated).bind(id).run();
    }
    if (!is_new && !ids.empty()) sweep(connection);
    return static_cast<std::int64_t>(ids.size());
}

void mark_outdated(Connection& connection, std::int64_t album_id) {
    connection.query(sql::k_mark_outdated).bind(album_id).run();
}

void mark_label_outdated(Connection& connection, std::int64_t label_id) {
    connection.query(sql::k_mark_label_outdated).bind(label_id).run();
}

}  // namespace pressings::store::sqlite
