#include "store/seen_albums.hpp"

#include <fmt/format.h>

#include "sqlite/statements.hpp"
#include "store/store_error.hpp"

namespace pressings::store {

namespace {

constexpr const char* k_make = "CREATE TABLE seen (identity TEXT PRIMARY KEY) WITHOUT ROWID";
constexpr std::string_view k_see = "INSERT INTO seen (identity) VALUES (?) ON CONFLICT DO NOTHING";

}  // namespace

/// SQLite makes a database without a name in a file of its own, as soon as it has outgrown its
/// cache (https://www.sqlite.org/inmemorydb.html#temp_db).
class SeenAlbums::Table {
  public:
    Table() { m_file.exec(k_make); }

    bool see(std::string_view identity) {
        return m_statements.query(k_see).bind(identity).run() == 1;
    }

  private:
    SQLite::Database m_file{"", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    sqlite::Statements m_statements{m_file};
};

SeenAlbums::SeenAlbums() = default;
SeenAlbums::~SeenAlbums() = default;

bool SeenAlbums::see(std::string_view identity) {
    try {
        if (!m_table) m_table = std::make_unique<Table>();
        return m_table->see(identity);
    } catch (const SQLite::Exception& error) {
        throw StoreError(fmt::format(
            "cannot note in a temporary file which albums were there before: {}; see TMPDIR",
            error.what()));
    }
}

}  // namespace pressings::store
