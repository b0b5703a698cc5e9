#pragma once

#include <cstdint>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "sqlite/statements.hpp"

/// SQLite as the mirror uses it. Inside this room only.
namespace pressings::mirror {

using pressings::sql::Query;

/// One connection with its prepared statements. Errors are SQLite::Exception; see `guarded`.
class Database {
  public:
    enum class Purpose {
        read,   ///< a mirror that is never changed, but replaced as a file: nothing is locked
        write,  ///< one that is being made
    };
    Database(const std::string& path, Purpose purpose);

    /// The statement for this SQL, prepared once; `sql` must live as long as this.
    Query query(const char* sql) { return m_statements.query(sql); }
    void execute(const char* sql) { m_database.exec(sql); }
    std::int64_t integer(const char* sql) { return m_statements.integer(sql); }
    std::int64_t last_id() const { return m_database.getLastInsertRowid(); }
    const std::string& path() const { return m_path; }

  private:
    std::string m_path;
    SQLite::Database m_database;
    sqlite::Statements m_statements{m_database};
};

/// What an error of SQLite means to a user, as Error.
[[noreturn]] void throw_mirror_error(const SQLite::Exception& error, const std::string& path);

/// Runs `work`; errors of SQLite leave it as Error.
template <typename Work>
auto guarded(const std::string& path, Work&& work) {
    try {
        return work();
    } catch (const SQLite::Exception& error) {
        throw_mirror_error(error, path);
    }
}

}  // namespace pressings::mirror
