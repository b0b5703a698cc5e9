#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/time.hpp"
#include "sqlite/query.hpp"
#include "store/access.hpp"
#include "store/sqlite/file/file_lock.hpp"
#include "store/sqlite/file/log_keeper.hpp"
#include "store/sqlite/file/named_files.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

using pressings::sqlite::Query;

/// One connection to a database file in WAL mode, its prepared statements, and the lock that lets
/// one of our processes write (or checkpoint) at a time.
///
/// SQLite before 3.51.3 can corrupt a WAL database when one connection commits while another
/// resets the log (https://sqlite.org/wal.html, "The WAL-Reset Bug"). So nothing here checkpoints
/// by itself; checkpoints run under the same lock as our write transactions.
class Connection {
  public:
    /// Opens the file, to write or to read alone. `path` leads to it without symbolic links.
    /// StoreError if it is not there, cannot be opened, is no database, or has a second name.
    Connection(const std::string& path, Millis busy_timeout_ms, Access access = Access::write);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The statement for this SQL, prepared once. `sql` must live as long as the connection.
    Query query(std::string_view sql) { return m_statements.query(sql); }
    /// Runs SQL of one or more statements that give no rows.
    void execute(const std::string& sql);
    std::int64_t integer(std::string_view sql) { return m_statements.integer(sql); }
    pressings::sqlite::Statements& statements() { return m_statements; }

    const std::string& path() const { return m_path; }
    SQLite::Database& database() { return *m_database; }
    FileLock& lock_file() { return m_lock; }
    Millis busy_timeout_ms() const { return m_busy_timeout_ms; }
    std::int64_t last_insert_id() const { return m_statements.last_insert_id(); }
    int changes() const { return m_database->getChanges(); }

    /// Bytes in the write-ahead log now.
    std::int64_t log_bytes() const;
    /// Bounds the log as `keeper` says; in place of the usual one.
    void keep_log(const LogKeeper& keeper);

    /// Notes the log that is open now, for require_in_place.
    void note_log() { m_files.note_log(); }
    /// StoreError if the database or its log is not under its name any more: see NamedFiles. Every
    /// write transaction asks it at its begin and at its end, and every view at its begin.
    void require_in_place() const { m_files.require_in_place(); }

    /// Takes the lock under which our processes write; StoreBusy past the time-out.
    void lock_writers();
    void unlock_writers();

  private:
    friend class WriteTransaction;
    std::unique_ptr<SQLite::Database> open(Access access);
    void configure(Access access);
    void keep_log_short();
    void empty_log();

    std::string m_path;
    Millis m_busy_timeout_ms;
    FileLock m_lock;  ///< before the database, which it must outlive: see OpenFile
    NamedFiles m_files;
    std::unique_ptr<SQLite::Database> m_database;
    pressings::sqlite::Statements m_statements;
    bool m_wrote = false;
    int m_log_pages = 0;  ///< in the log after our latest commit
    LogKeeper m_log_keeper;
};

/// One write transaction, begun IMMEDIATE under the writers' lock; rolled back unless committed.
class WriteTransaction {
  public:
    explicit WriteTransaction(Connection& connection);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    void commit();

  private:
    Connection& m_connection;
    bool m_open = false;
};

/// One consistent view of the database for several reads; within another it is the same view.
class ReadTransaction {
  public:
    explicit ReadTransaction(Connection& connection);
    ~ReadTransaction();
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

  private:
    Connection& m_connection;
    bool m_outermost;
};

/// What SQLite's error means to a user, as the exception of this room.
[[noreturn]] void throw_store_error(const SQLite::Exception& error, const std::string& path);

/// Runs `work`; errors of SQLite leave it as errors of the store.
template <typename Work>
auto guarded(const Connection& connection, Work&& work) {
    try {
        return work();
    } catch (const SQLite::Exception& error) {
        throw_store_error(error, connection.path());
    }
}

}  // namespace pressings::store::sqlite
