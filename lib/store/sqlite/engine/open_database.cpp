#include "store/sqlite/engine/open_database.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_uri.hpp"
#include "base/text.hpp"
#include "store/sqlite/engine/connection.hpp"

namespace pressings::store::sqlite {

namespace {

/// SQLite's count of its memory takes a lock for each allocation. It can be left out until the
/// first database is opened.
void leave_memory_uncounted() {
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(result);
}

/// `name` is `path`, or a URI of it.
std::unique_ptr<SQLite::Database> open(const std::string& path, const std::string& name, int flags,
                                       Millis busy_timeout_ms) {
    leave_memory_uncounted();
    try {
        auto database = std::make_unique<SQLite::Database>(name, flags | SQLite::OPEN_NOMUTEX,
                                                           static_cast<int>(busy_timeout_ms));
        sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        // Reads the file: nothing else is made beside one that is no database.
        database->exec("PRAGMA schema_version");
        return database;
    } catch (const SQLite::Exception& error) {
        throw_store_error(error, path);
    }
}

std::optional<off_t> size_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return status.st_size;
}

bool has_log_and_index(const std::string& path) {
    return size_of(path + "-wal") && size_of(path + "-shm");
}

bool may_write_beside(const std::string& path) {
    const auto folder = std::filesystem::path{path}.parent_path();
    return ::faccessat(AT_FDCWD, folder.empty() ? "." : folder.c_str(), W_OK, AT_EACCESS) == 0;
}

/// Whether the file is of the kind that has a log, as it says itself
/// (https://sqlite.org/fileformat2.html#file_format_version_numbers).
bool wants_log(const FileLock& lock) {
    constexpr off_t k_read_version_at = 19;
    unsigned char version = 0;
    return ::pread(lock.descriptor(), &version, 1, k_read_version_at) == 1 && version == 2;
}

[[noreturn]] void refuse_unmoved_log(const std::string& path) {
    throw StoreError(fmt::format(
        "the database {0} has commits in its log ({0}-wal) that only somebody who may write the "
        "file and its folder can read; let them run `release-worker status` once, or read a copy "
        "made with `release-worker backup`",
        escape_controls(path)));
}

/// Nobody moves a log into the file from here on. Moving one is brief.
void share_still_file(const std::string& path, FileLock& lock, Millis timeout_ms) {
    constexpr std::chrono::milliseconds k_pause{5};
    const Millis deadline = system_clock().steady_ms() + timeout_ms;
    while (!lock.try_share(k_still_byte)) {
        if (system_clock().steady_ms() >= deadline) {
            throw StoreBusy(
                fmt::format("the database {} is locked: its log is being moved into it; try again",
                            escape_controls(path)));
        }
        std::this_thread::sleep_for(k_pause);
    }
}

}  // namespace

std::unique_ptr<SQLite::Database> open_to_write(const std::string& path, Millis busy_timeout_ms) {
    return open(path, path, SQLite::OPEN_READWRITE, busy_timeout_ms);
}

std::unique_ptr<SQLite::Database> open_to_read(const std::string& path, Millis busy_timeout_ms,
                                               FileLock& lock) {
    if (lock.is_writable() && may_write_beside(path)) return open_to_write(path, busy_timeout_ms);
    if (!wants_log(lock) || has_log_and_index(path)) {
        return open(path, path, SQLite::OPEN_READONLY, busy_timeout_ms);
    }
    share_still_file(path, lock, busy_timeout_ms);
    if (has_log_and_index(path)) {  // a writer has come meanwhile
        lock.unlock(k_still_byte);
        return open(path, path, SQLite::OPEN_READONLY, busy_timeout_ms);
    }
    if (size_of(path + "-wal").value_or(0) > 0) refuse_unmoved_log(path);
    return open(path, immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI,
                busy_timeout_ms);
}

}  // namespace pressings::store::sqlite
