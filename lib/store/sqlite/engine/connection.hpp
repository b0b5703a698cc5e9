#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/time.hpp"
#include "sqlite/statements.hpp"
#include "store/access.hpp"
#include "store/sql/connection.hpp"
#include "store/sqlite/file/file_lock.hpp"
#include "store/sqlite/file/log_keeper.hpp"
#include "store/sqlite/file/named_files.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

using pressings::sql::Query;
using sql::guarded;
using sql::ReadTransaction;
using sql::Writers;
using sql::WriteTransaction;

/// One connection to a database file in WAL mode, its prepared statements, and the lock that lets
/// one of our processes write (or checkpoint) at a time.
///
/// SQLite before 3.51.3 can corrupt a WAL database when one connection commits while another
/// resets the log (https://sqlite.org/wal.html, "The WAL-Reset Bug"). So nothing here checkpoints
/// by itself; checkpoints run under the same lock as our write transactions.
class Connection final : public sql::Connection {
  public:
    /// Opens the file, to write or to read alone. `path` leads to it without symbolic links.
    /// StoreError if it is not there, cannot be opened, is no database, or has a second name.
    Connection(const std::string& path, Millis busy_timeout_ms, Access access = Access::write);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    pressings::sql::Statement& statement(std::string_view sql) override {
        return m_statements.statement(sql);
    }
    std::int64_t last_insert_id() const override { return m_statements.last_insert_id(); }
    void add_text_functions() override;

    /// (SQLite lets nobody write together.)
    void begin(Writers writers) override;
    void commit() override;
    void roll_back() noexcept override;
    bool begin_view() override;
    void end_view() noexcept override;
    void begin_part() override;
    void keep_part() override;
    void undo_part() noexcept override;

    bool is_refusal(const std::exception& error) const override;
    std::vector<Gauge> health() const override;

    /// Runs SQL of one or more statements that give no rows.
    void execute(const std::string& sql);
    pressings::sqlite::Statements& statements() { return m_statements; }

    const std::string& path() const { return m_path; }
    SQLite::Database& database() { return *m_database; }
    FileLock& lock_file() { return m_lock; }
    Millis busy_timeout_ms() const { return m_busy_timeout_ms; }

    /// Bytes in the write-ahead log now.
    std::int64_t log_bytes() const;
    /// Bounds the log as `keeper` says; in place of the usual one.
    void keep_log(const LogKeeper& keeper);

    /// Notes the log that is open now, for require_in_place.
    void note_log() { m_files.note_log(); }
    /// StoreError if the database or its log is not under its name any more: see NamedFiles. Every
    /// write transaction asks it at its begin and at its end, and every view at its begin.
    void require_in_place() const override { m_files.require_in_place(); }

    /// Takes the lock under which our processes write; StoreBusy past the time-out.
    void lock_writers();
    void unlock_writers();

  private:
    void throw_as_ours() const override;
    std::unique_ptr<SQLite::Database> open(Access access);
    bool is_in_transaction() const;
    void configure(Access access);
    void keep_log_short();
    void empty_log();

    std::string m_path;
    Millis m_busy_timeout_ms;
    FileLock m_lock;  ///< before the database, which it must outlive: see OpenFile
    NamedFiles m_files;
    std::unique_ptr<SQLite::Database> m_database;
    pressings::sqlite::Statements m_statements;
    bool m_has_functions = false;
    bool m_wrote = false;
    int m_log_pages = 0;  ///< in the log after our latest commit
    LogKeeper m_log_keeper;
};

/// What SQLite's error means to a user, as the exception of this room.
[[noreturn]] void throw_store_error(const SQLite::Exception& error, const std::string& path);

}  // namespace pressings::store::sqlite
