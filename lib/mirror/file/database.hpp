#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>

#include "domain/mbid.hpp"
#include "mirror/file/packing.hpp"

/// SQLite as the mirror uses it. Inside this room only.
namespace pressings::mirror {

/// One connection with its prepared statements. Errors are SQLite::Exception; see `guarded`.
class Database {
  public:
    enum class Purpose {
        read,   ///< a mirror that is never changed, but replaced as a file: nothing is locked
        write,  ///< one that is being made
    };
    Database(const std::string& path, Purpose purpose);
    ~Database();

    /// The statement for this SQL, prepared once and reset; `sql` must live as long as this.
    SQLite::Statement& statement(const char* sql);
    void execute(const char* sql) { m_database.exec(sql); }
    std::int64_t integer(const char* sql);
    std::int64_t last_id() const { return m_database.getLastInsertRowid(); }
    const std::string& path() const { return m_path; }

  private:
    std::string m_path;
    SQLite::Database m_database;
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> m_statements;
};

void bind(SQLite::Statement& statement, int index, const Mbid& mbid);
void bind(SQLite::Statement& statement, int index, Bytes bytes);
void bind(SQLite::Statement& statement, int index, const std::string& text);
void bind(SQLite::Statement& statement, int index, std::int64_t number);
template <typename Value>
void bind(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
    value ? bind(statement, index, *value) : statement.bind(index);
}

/// Binds the values in order; what is text or bytes must live until the statement has run.
template <typename... Values>
SQLite::Statement& bound(SQLite::Statement& statement, const Values&... values) {
    int index = 0;
    (bind(statement, ++index, values), ...);
    return statement;
}

Bytes bytes_of(const SQLite::Column& column);
std::optional<std::int64_t> maybe_integer(const SQLite::Column& column);
std::optional<std::string> maybe_text(const SQLite::Column& column);

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
