#include "render/sqlite_file.hpp"

#include <map>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/output_kinds.hpp"
#include "sqlite/failed_write.hpp"

namespace pressings::render {

namespace {

std::string quoted(std::string_view name) {
    return fmt::format("\"{}\"", name);
}

std::string quoted_list(const std::vector<std::string_view>& names) {
    std::vector<std::string> quoted_names;
    for (const std::string_view name : names)
        quoted_names.push_back(quoted(name));
    return fmt::format("{}", fmt::join(quoted_names, ", "));
}

std::string_view sql_type(CellType type) {
    return type == CellType::integer || type == CellType::boolean ? "INTEGER" : "TEXT";
}

std::string column_sql(const RowTable& table, const CellColumn& column) {
    std::string sql = fmt::format("{} {}", quoted(column.name), sql_type(column.type));
    const bool is_key = table.key.size() == 1 && table.key.front() == column.name;
    if (is_key) sql += " PRIMARY KEY";
    const RowTable* const other = referred_to(table, column.name);
    if (other != nullptr)
        sql += fmt::format(" REFERENCES {}({})", other->name, quoted(column.name));
    return sql;
}

/// A key of several columns is an index beside a number of the row, which the full-text index goes
/// by: without one, VACUUM could number the rows anew.
std::string create_sql(const RowTable& table) {
    std::vector<std::string> parts;
    if (table.key.size() > 1) parts.emplace_back("id INTEGER PRIMARY KEY");
    for (const CellColumn& column : table.columns)
        parts.push_back(column_sql(table, column));
    if (table.key.size() > 1) parts.push_back(fmt::format("UNIQUE ({})", quoted_list(table.key)));
    return fmt::format("CREATE TABLE {} (\n  {}\n)", table.name, fmt::join(parts, ",\n  "));
}

std::string insert_sql(const RowTable& table) {
    std::vector<std::string_view> names;
    for (const CellColumn& column : table.columns)
        names.push_back(column.name);
    const std::vector<std::string_view> places(names.size(), "?");
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, quoted_list(names),
                       fmt::join(places, ", "));
}

/// The index of one table, by the number of its row; Datasette finds it by `content`.
void index_words(SQLite::Database& database, std::string_view table, std::string_view columns,
                 std::string_view row) {
    database.exec(
        fmt::format("CREATE VIRTUAL TABLE {0}_fts USING fts5({1}, content=\"{0}\", "
                    "content_rowid='{2}', tokenize='unicode61 remove_diacritics 2')",
                    table, columns, row));
    database.exec(fmt::format("INSERT INTO {0}_fts({0}_fts) VALUES ('rebuild')", table));
}

void index_rows(SQLite::Database& database) {
    database.exec("CREATE INDEX albums_by_mbid ON albums(mbid)");
    database.exec("CREATE INDEX releases_by_mbid ON releases(mbid)");
    database.exec("CREATE INDEX releases_by_album ON releases(album_id)");
    database.exec("CREATE INDEX release_labels_by_label ON release_labels(label_mbid)");
    database.exec("CREATE INDEX tracks_by_recording ON tracks(recording_mbid)");
    index_words(database, "albums", "title, artist", "album_id");
    index_words(database, "releases", "title, artist, labels, catalog_numbers, barcode",
                "release_id");
    index_words(database, "tracks", "title, artist", "id");
    database.exec("ANALYZE");
}

[[noreturn]] void throw_cannot_write(const std::string& path, const SQLite::Exception& error) {
    const auto hint = sqlite::size_limit_hint(error);
    throw Error(fmt::format("cannot write {}: {}; nothing was changed", escape_controls(path),
                            hint ? *hint : escape_controls(error.what())));
}

/// What SQLite refuses becomes an error of ours, about the file that was asked for.
template <typename Work>
void guarded(const std::string& path, const Work& work) {
    try {
        work();
    } catch (const SQLite::Exception& error) {
        throw_cannot_write(path, error);
    }
}

}  // namespace

/// The draft as a database, and the statements that fill it.
class SqliteFile::Tables {
  public:
    explicit Tables(const std::string& path)
        : m_database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX) {
        // A draft needs no way back: it is brought to the disk as a whole, or thrown away.
        m_database.exec("PRAGMA journal_mode = OFF");
        m_database.exec("PRAGMA synchronous = OFF");
        m_database.exec(fmt::format("PRAGMA application_id = {}", cli::k_tables_application_id));
        m_database.exec("BEGIN");
        for (const RowTable* table : row_tables()) {
            m_database.exec(create_sql(*table));
            m_inserts.emplace(table, SQLite::Statement{m_database, insert_sql(*table)});
        }
    }

    void insert(const RowTable& table, const std::vector<std::string>& cells) {
        SQLite::Statement& statement = m_inserts.at(&table);
        for (std::size_t i = 0; i < cells.size(); ++i)
            bind(statement, static_cast<int>(i) + 1, table.columns[i].type, cells[i]);
        statement.exec();
        statement.reset();
    }

    void finish() {
        index_rows(m_database);
        m_inserts.clear();
        m_database.exec("COMMIT");
    }

  private:
    /// Text in a column of numbers becomes a number by the column's affinity.
    static void bind(SQLite::Statement& statement, int place, CellType type,
                     const std::string& cell) {
        if (cell.empty()) {
            statement.bind(place);
        } else if (type == CellType::boolean) {
            statement.bind(place, cell == "true" ? 1 : 0);
        } else {
            statement.bindNoCopy(place, cell);
        }
    }

    SQLite::Database m_database;
    std::map<const RowTable*, SQLite::Statement> m_inserts;
};

SqliteFile::SqliteFile(const std::string& path)
    : m_path(cli::new_database(path, cli::k_tables_kind)), m_draft(m_path, Draft::Kind::file) {
    guarded(m_path, [&] { m_tables = std::make_unique<Tables>(m_draft.path()); });
}

SqliteFile::~SqliteFile() = default;

void SqliteFile::row(const RowTable& table, const std::vector<std::string>& cells) {
    guarded(m_path, [&] { m_tables->insert(table, cells); });
}

void SqliteFile::keep() {
    guarded(m_path, [&] { m_tables->finish(); });
    m_tables.reset();
    try {  // somebody may have opened the earlier one meanwhile
        cli::new_database(m_path, cli::k_tables_kind);
    } catch (const UsageError& error) {
        throw Error(fmt::format("{}; nothing was changed", error.what()));
    }
    m_draft.replace_target();
}

}  // namespace pressings::render
