#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace pressings::store::sqlite {

/// Adds search_score(search_words, TERM_OF_PHRASE, TITLE_WORDS, ARTIST_WORDS, RELEASES) to the
/// connection: `search_score` of the domain for a row that FTS5 has found. TERM_OF_PHRASE is a blob
/// with a byte for each phrase of the expression. SQLite::Exception if SQLite has no FTS5.
void add_score_function(SQLite::Database& database);

}  // namespace pressings::store::sqlite
