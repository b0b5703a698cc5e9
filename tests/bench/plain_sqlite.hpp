#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sqlite3.h>

/// As little as it takes to use SQLite's C API: what the limits are written in. Any error ends the
/// program.
namespace pressings::bench {

inline void check(sqlite3* database, int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

inline void execute(sqlite3* database, const char* sql) {
    check(database, sqlite3_exec(database, sql, nullptr, nullptr, nullptr));
}

/// With the durability of the tools: a log, and an fsync for each commit.
inline sqlite3* open_plain(const char* path) {
    sqlite3* database = nullptr;
    check(database, sqlite3_open(path, &database));
    sqlite3_busy_timeout(database, 60'000);
    execute(database,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;");
    return database;
}

class Statement {
  public:
    Statement(sqlite3* database, const char* sql) : m_database(database) {
        check(database, sqlite3_prepare_v2(database, sql, -1, &m_statement, nullptr));
    }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& text(int at, const std::string& value) {
        check(m_database, sqlite3_bind_text(m_statement, at, value.data(),
                                            static_cast<int>(value.size()), SQLITE_STATIC));
        return *this;
    }
    Statement& blob(int at, const std::string& value) {
        check(m_database, sqlite3_bind_blob(m_statement, at, value.data(),
                                            static_cast<int>(value.size()), SQLITE_STATIC));
        return *this;
    }
    Statement& integer(int at, std::int64_t value) {
        check(m_database, sqlite3_bind_int64(m_statement, at, value));
        return *this;
    }
    /// Runs to the end.
    void run() {
        while (step()) {
        }
        reset();
    }
    bool step() {
        const int code = sqlite3_step(m_statement);
        check(m_database, code);
        return code == SQLITE_ROW;
    }
    void reset() { sqlite3_reset(m_statement); }
    std::int64_t column(int at) { return sqlite3_column_int64(m_statement, at); }
    sqlite3_stmt* handle() { return m_statement; }

  private:
    sqlite3* m_database;
    sqlite3_stmt* m_statement = nullptr;
};

}  // namespace pressings::bench
