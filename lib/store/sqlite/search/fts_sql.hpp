#pragma once

#include <string_view>

/// Every statement on the words that FTS5 keeps, under its name.
namespace pressings::store::sqlite::fts {

inline constexpr std::string_view k_delete_document =
    "DELETE FROM search_documents WHERE album_id = ?";
inline constexpr std::string_view k_insert_document =
    "INSERT INTO search_documents (album_id, title_words, artist_words, releases) "
    "VALUES (?, ?, ?, ?)";
inline constexpr std::string_view k_insert_words =
    "INSERT INTO search_words (rowid, title, artist, catalog_number, barcode, label, release, "
    "track) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view k_count_documents = "SELECT count(*) FROM search_documents";
inline constexpr std::string_view k_count_all_documents =
    "SELECT count(*) FROM search_words_docsize";
inline constexpr std::string_view k_delete_words =
    "INSERT INTO search_words (search_words) VALUES ('delete-all')";
inline constexpr std::string_view k_delete_documents = "DELETE FROM search_documents";
inline constexpr std::string_view k_delete_outdated = "DELETE FROM search_outdated";

// ?2: which term each phrase is of; see score_function.hpp.
inline constexpr std::string_view k_search_hits =
    "SELECT d.album_id, "
    "search_score(search_words, ?2, d.title_words, d.artist_words, d.releases) AS score "
    "FROM search_words JOIN search_documents d ON d.id = search_words.rowid "
    "WHERE search_words MATCH ?1 ORDER BY score DESC, d.album_id LIMIT ?3";

}  // namespace pressings::store::sqlite::fts
