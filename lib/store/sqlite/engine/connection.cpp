#include "store/sqlite/engine/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/disk_space.hpp"
#include "base/text.hpp"
#include "sql/damaged_value.hpp"
#include "sqlite/failed_write.hpp"
#include "store/sqlite/engine/catalogue_functions.hpp"
#include "store/sqlite/engine/open_database.hpp"

namespace pressings::store::sqlite {

namespace {

/// What each of SQLite's errors means, and the way out.
struct Explanation {
    int code;
    const char* text;
};

constexpr Explanation k_explanations[] = {
    {SQLITE_IOERR_SHMSIZE,
     "the disk is full, or fails, where its shared memory (-shm) lies; make room and run again, "
     "nothing is lost"},
    {SQLITE_IOERR_SHMMAP,
     "memory ran out where its shared memory (-shm) is mapped, or its file system cannot do that"},
    {SQLITE_IOERR_NOMEM, "memory ran out"},
    {SQLITE_NOTADB, "it is no SQLite database; name another file with --db"},
    {SQLITE_CORRUPT,
     "it is damaged, or the disk cannot read it (then the system's log says so); restore a backup, "
     "or save what can be read with `sqlite3 FILE .recover`"},
    {SQLITE_FULL, "the disk is full; make room and run again, nothing is lost"},
    {SQLITE_READONLY, "it cannot be written; look at the rights of the file and its folder"},
    {SQLITE_CANTOPEN, "it cannot be opened; look at the rights of the file and its folder"},
    {SQLITE_PERM, "it cannot be opened; look at the rights of the file and its folder"},
    {SQLITE_IOERR, "reading or writing the disk failed; look at the system's log"},
    {SQLITE_NOMEM, "memory ran out"},
    {SQLITE_PROTOCOL, "its locks do not work; the database must be on a local file system"},
};

/// By the extended code if that is known better, else by its primary code.
std::optional<std::string> explain(const SQLite::Exception& error) {
    if (auto hint = pressings::sqlite::size_limit_hint(error)) return hint;
    const int extended_code = error.getExtendedErrorCode();
    for (const int code : {extended_code, extended_code & 0xFF}) {
        for (const Explanation& explanation : k_explanations) {
            if (explanation.code == code) return explanation.text;
        }
    }
    return std::nullopt;
}

/// SQLite takes whatever log lies beside a database for the log of it.
std::string log_hint(const std::string& path) {
    struct stat status {};
    const std::string log = path + "-wal";
    if (::stat(log.c_str(), &status) != 0 || status.st_size == 0) return "";
    return fmt::format(
        "; or the log {} is of another database, beside which this one was put or copied: then "
        "move "
        "the log away and run `release-worker check`",
        escape_controls(log));
}

}  // namespace

void throw_store_error(const SQLite::Exception& error, const std::string& path) {
    const int code = error.getErrorCode() & 0xFF;
    const std::string name = escape_controls(path);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        throw StoreBusy(fmt::format(
            "the database {} is locked by another program; try again when it is done", name));
    }
    if (const auto meaning = explain(error)) {
        const bool is_damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
        throw StoreError(fmt::format("the database {}: {} (SQLite: {})", name,
                                     *meaning + (is_damaged ? log_hint(path) : ""),
                                     escape_controls(error.what())));
    }
    throw StoreError(
        fmt::format("the database {} failed: {}", name, escape_controls(error.what())));
}

Connection::Connection(const std::string& path, Millis busy_timeout_ms, Access access)
    : m_path(path),
      m_busy_timeout_ms(busy_timeout_ms),
      m_lock(path),
      m_files(path, m_lock.identity()),
      m_database(open(access)),
      m_statements(*m_database) {
    guarded(*this, [&] { configure(access); });
}

std::unique_ptr<SQLite::Database> Connection::open(Access access) {
    // Before SQLite makes a log beside it, and again afterwards: it has opened the same file.
    require_in_place();
    auto database = access == Access::write ? open_to_write(m_path, m_busy_timeout_ms)
                                            : open_to_read(m_path, m_busy_timeout_ms, m_lock);
    require_in_place();
    int moved = 0;
    sqlite3_file_control(database->getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved == 0) return database;
    throw StoreError(fmt::format("the database {} was replaced while it was opened; try again",
                                 escape_controls(m_path)));
}

Connection::~Connection() {
    try {
        if (m_wrote) empty_log();
    } catch (...) {
        // The log is as good as the database: the next writer will move it.
    }
}

void Connection::configure(Access access) {
    sqlite3* handle = m_database->getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // The schema has none: what is there was put there by others (`check` names it).
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    m_database->exec("PRAGMA wal_autocheckpoint = 0");
    if (access == Access::read) m_database->exec("PRAGMA query_only = ON");
    const auto on_commit = [](void* pages, sqlite3*, const char*, int in_log) {
        *static_cast<int*>(pages) = in_log;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(handle, on_commit, &m_log_pages);
    keep_log(m_log_keeper);
    m_database->exec("PRAGMA synchronous = FULL");
    m_database->exec("PRAGMA foreign_keys = ON");
    m_database->exec("PRAGMA trusted_schema = OFF");
    m_database->exec("PRAGMA cache_size = -16000");
    m_database->exec("PRAGMA temp_store = FILE");
}

void Connection::execute(const std::string& sql) {
    guarded(*this, [&] { m_database->exec(sql); });
}

std::int64_t Connection::log_bytes() const {
    struct stat status {};
    return ::stat((m_path + "-wal").c_str(), &status) == 0 ? status.st_size : 0;
}

void Connection::keep_log(const LogKeeper& keeper) {
    // What a reader made it grow beyond that is given back when the log begins anew.
    constexpr std::int64_t k_page_bytes = 8192;
    m_log_keeper = keeper;
    m_database->exec(
        fmt::format("PRAGMA journal_size_limit = {}", 2 * k_page_bytes * keeper.pages()));
}

void Connection::keep_log_short() {
    if (!m_lock.try_lock(k_still_byte)) return;  // somebody reads the file as it is
    // Whoever waits for the lock has as much patience as we, and is not to lose it.
    m_log_keeper.after_commit(m_database->getHandle(), m_log_pages, m_busy_timeout_ms / 2);
    m_database->setBusyTimeout(static_cast<int>(m_busy_timeout_ms));
    m_lock.unlock(k_still_byte);
}

void Connection::empty_log() {
    require_in_place();
    if (!m_lock.try_lock(k_writers_byte)) return;
    if (m_lock.try_lock(k_still_byte)) {
        m_log_keeper.at_the_end(m_database->getHandle(), m_log_pages);
        m_lock.unlock(k_still_byte);
    }
    m_lock.unlock(k_writers_byte);
}

void Connection::lock_writers() {
    if (m_lock.lock(k_writers_byte, m_busy_timeout_ms)) return;
    throw StoreBusy(fmt::format(
        "the database {} is locked: another process kept writing to it for {}; try again",
        escape_controls(m_path), format_duration(m_busy_timeout_ms)));
}

void Connection::unlock_writers() {
    m_lock.unlock(k_writers_byte);
}

bool Connection::is_in_transaction() const {
    return sqlite3_get_autocommit(m_database->getHandle()) == 0;
}

void Connection::begin(Writers) {
    lock_writers();
    try {
        require_in_place();
        guarded(*this, [&] { query("BEGIN IMMEDIATE").run(); });
    } catch (...) {
        unlock_writers();
        throw;
    }
}

void Connection::commit() {
    guarded(*this, [&] { query("COMMIT").run(); });
    m_wrote = true;
    // What went to a file that nobody will open is not to be told of as done.
    require_in_place();
    keep_log_short();
    unlock_writers();
}

void Connection::roll_back() noexcept {
    // SQLite may have done so itself.
    if (is_in_transaction()) m_database->tryExec("ROLLBACK");
    unlock_writers();
}

bool Connection::begin_view() {
    if (is_in_transaction()) return false;
    require_in_place();
    guarded(*this, [&] { query("BEGIN").run(); });
    return true;
}

void Connection::end_view() noexcept {
    m_database->tryExec("ROLLBACK");
}

void Connection::begin_part() {
    query("SAVEPOINT part").run();
}

void Connection::keep_part() {
    query("RELEASE part").run();
}

void Connection::undo_part() noexcept {
    // If SQLite has rolled the whole transaction back, there is none left, and nothing to do.
    m_database->tryExec("ROLLBACK TO part; RELEASE part");
}

bool Connection::is_refusal(const std::exception& error) const {
    const auto* of_sqlite = dynamic_cast<const SQLite::Exception*>(&error);
    return of_sqlite != nullptr && (of_sqlite->getErrorCode() & 0xFF) == SQLITE_CONSTRAINT;
}

void Connection::throw_as_ours() const {
    try {
        throw;
    } catch (const SQLite::Exception& error) {
        throw_store_error(error, m_path);
    } catch (const pressings::sql::DamagedValue& value) {
        throw_store_error(SQLite::Exception{value.what(), SQLITE_CORRUPT}, m_path);
    }
}

void Connection::add_text_functions() {
    if (!m_has_functions) add_catalogue_functions(m_database->getHandle());
    m_has_functions = true;
}

std::vector<Gauge> Connection::health() const {
    const DiskSpace disk = disk_space(m_path);
    return {{"wal_bytes", "Size of the write-ahead log.", log_bytes()},
            {"disk_bytes", "Size of the file system that the database is on.", disk.bytes},
            {"disk_free_bytes", "What is free of it.", disk.free_bytes}};
}

}  // namespace pressings::store::sqlite
