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

/// MBIDs as the index has them, each a word.
std::string words_of(const std::vector<Mbid>& credited) {
    std::string words;
    for (const Mbid& artist : credited)
        words += mbid_word(artist) + ' ';
    return words;
}

}  // namespace

void GroupIndex::add_words(std::int64_t document, const GroupNames& names) {
    bound(m_database.statement(sql::k_add_names), document, names.titles, names.artists,
          words_of(names.credited))
        .exec();
}

void GroupIndex::add(std::int64_t document, const GroupNames& names, Artists artists) {
    add_words(document, names);
    each_wordless(names.titles, [&](const std::string& title) {
        bound(m_database.statement(sql::k_add_wordless), title, document).exec();
    });
    const char* const sql =
        artists == Artists::staged ? sql::k_add_new_group_artist : sql::k_put_group_artist;
    for (const Mbid& artist : names.credited)
        bound(m_database.statement(sql), artist, document).exec();
}

void GroupIndex::drop(std::int64_t document, const GroupNames& names) {
    bound(m_database.statement(sql::k_drop_names), document, names.titles, names.artists,
          words_of(names.credited))
        .exec();
    each_wordless(names.titles, [&](const std::string& title) {
        bound(m_database.statement(sql::k_drop_wordless), title, document).exec();
    });
    for (const Mbid& artist : names.credited)
        bound(m_database.statement(sql::k_drop_group_artist), artist, document).exec();
}

void GroupIndex::sort() {
    m_database.execute(sql::k_sort_group_artists);
    m_database.execute(sql::k_merge_names);
}

void GroupIndex::rebuild(Unpacker& unpacker, DocumentParser& parser) {
    auto& documents = m_database.statement(sql::k_group_documents);
    while (documents.executeStep()) {
        const std::string json = unpacker.unpack(bytes_of(documents.getColumn(1)));
        add_words(documents.getColumn(0).getInt64(), parser.names_in(json));
    }
    documents.reset();
    m_database.execute(sql::k_merge_names);
}

}  // namespace pressings::mirror
