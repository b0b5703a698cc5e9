#include "mirror/file/group_index.hpp"

#include <string>
#include <string_view>

#include "mirror/file/mirror_sql.hpp"
#include "mirror/file/name_query.hpp"

namespace pressings::mirror {

namespace {

/// Calls `visit(title)` for each title that the words may not find.
template <typename Visit>
void each_wordless(std::string_view titles, Visit visit) {
    while (!titles.empty()) {
        const auto end = titles.find('\n');
        const std::string title{titles.substr(0, end)};
        if (is_wordless(title)) visit(title);
        titles.remove_prefix(end + 1);
    }
}

}  // namespace

void GroupIndex::add_words(std::int64_t document, const GroupNames& names) {
    m_database.query(sql::k_add_names)
        .bind(document, names.titles, names.artists, mbid_words(names.credited))
        .run();
}

void GroupIndex::add(std::int64_t document, const GroupNames& names, Artists artists) {
    add_words(document, names);
    each_wordless(names.titles, [&](const std::string& title) {
        m_database.query(sql::k_add_wordless).bind(title, document).run();
    });
    const char* const sql =
        artists == Artists::staged ? sql::k_add_new_group_artist : sql::k_put_group_artist;
    for (const Mbid& artist : names.credited)
        m_database.query(sql).bind(artist, document).run();
}

void GroupIndex::drop(std::int64_t document, const GroupNames& names) {
    m_database.query(sql::k_drop_names)
        .bind(document, names.titles, names.artists, mbid_words(names.credited))
        .run();
    each_wordless(names.titles, [&](const std::string& title) {
        m_database.query(sql::k_drop_wordless).bind(title, document).run();
    });
    for (const Mbid& artist : names.credited)
        m_database.query(sql::k_drop_group_artist).bind(artist, document).run();
}

void GroupIndex::sort() {
    m_database.execute(sql::k_sort_group_artists);
    m_database.execute(sql::k_merge_names);
}

void GroupIndex::rebuild(Unpacker& unpacker, DocumentParser& parser) {
    Query documents = m_database.query(sql::k_group_documents);
    while (documents.step()) {
        const std::string json = unpacker.unpack(documents.bytes(1));
        add_words(documents.integer(0), parser.names_in(json));
    }
    m_database.execute(sql::k_merge_names);
}

}  // namespace pressings::mirror
