#include "store/sqlite/upkeep/old_database.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"
#include "store/sqlite/engine/connection.hpp"
#include "store/sqlite/file/worker_lock.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// Which belong to the content of a database: a log that is not in it yet, a journal of what has to
/// be undone.
constexpr const char* k_contents[] = {"-wal", "-journal"};

std::optional<struct stat> status_of(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

[[noreturn]] void throw_cannot(const std::string& path, const char* what, int error) {
    throw StoreError(fmt::format("cannot {} {}: {}; nothing was changed", what,
                                 escape_controls(path), errno_text(error)));
}

[[noreturn]] void throw_in_use(const std::string& path, const char* by) {
    throw StoreBusy(fmt::format("the database {} is in use: {}; end it, then run again",
                                escape_controls(path), by));
}

}  // namespace

OldDatabase::OldDatabase(std::string path) : m_path(std::move(path)) {
    const auto status = status_of(m_path);
    if (!status) return;
    if (!S_ISREG(status->st_mode)) {
        throw StoreError(fmt::format("{} is no plain file", escape_controls(m_path)));
    }
    m_lock.emplace(m_path);
}

void OldDatabase::exclude_others() {
    if (!m_lock) return;
    if (m_lock->is_any_held_elsewhere(worker_byte(0))) throw_in_use(m_path, "a worker is at work");
    if (!m_lock->try_lock(k_writers_byte)) throw_in_use(m_path, "a tool is writing to it");
    if (!m_lock->try_lock(k_still_byte)) throw_in_use(m_path, "a tool is reading it");
}

std::optional<std::string> OldDatabase::damage() {
    if (!m_lock) return std::nullopt;
    if (status_of(m_path)->st_size == 0) return "it is empty";
    try {
        SQLite::Database database{m_path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
        sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
        m_is_sound = found == "ok";
        if (m_is_sound) return std::nullopt;
        return found.substr(found.rfind('\n') + 1);  // behind a line that names the database
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xFF;
        if (code == SQLITE_BUSY) throw_in_use(m_path, "another program has it open");
        return error.what();
    }
}

void OldDatabase::move_log_into_it() {
    try {
        SQLite::Database database{m_path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
        // Not by journal_mode = DELETE, which would write a journal: killed meanwhile, it would
        // leave one, and a database with a log knows no journals.
        const bool is_busy = database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0;
        if (is_busy) throw_in_use(m_path, "another program has it open");
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xFF;
        if (code == SQLITE_BUSY) throw_in_use(m_path, "another program has it open");
        throw_store_error(error, m_path);
    }
}

void OldDatabase::exclude_all_programs() {
    // https://sqlite.org/src/file/src/os.h: PENDING_BYTE, RESERVED_BYTE, and 510 bytes that readers
    // share. Who has a database with a log open holds one of these all the time.
    constexpr off_t k_sqlites_first = 0x40000000;
    constexpr off_t k_sqlites_count = 512;
    if (!m_lock) return;
    struct flock request {};
    request.l_type = F_WRLCK;
    request.l_whence = SEEK_SET;
    request.l_start = k_sqlites_first;
    request.l_len = k_sqlites_count;
    if (::fcntl(m_lock->descriptor(), F_OFD_SETLK, &request) == 0) return;
    if (errno == EAGAIN || errno == EACCES) throw_in_use(m_path, "another program has it open");
    throw_cannot(m_path, "lock", errno);
}

bool OldDatabase::has_side_file(const char* ending) const {
    const auto status = status_of(m_path + ending);
    return status && status->st_size > 0;
}

bool OldDatabase::has_side_files() const {
    return std::any_of(std::begin(k_contents), std::end(k_contents),
                       [this](const char* ending) { return has_side_file(ending); });
}

std::string OldDatabase::free_name(Millis now_ms) const {
    std::string time = format_time(now_ms);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    const std::string first = m_path + ".before-restore-" + time;
    const auto is_taken = [](const std::string& name) {
        return status_of(name) || status_of(name + "-wal") || status_of(name + "-journal");
    };
    std::string name = first;
    for (int count = 2; is_taken(name); ++count)
        name = fmt::format("{}-{}", first, count);
    return name;
}

void OldDatabase::move_side_files(const std::string& to) const {
    for (const char* ending : k_contents) {
        if (!has_side_file(ending)) continue;
        if (!rename_to_new(m_path + ending, to + ending))
            throw_cannot(m_path + ending, "set aside", errno);
    }
}

/// What is left without a content, and the index of the log, which is made anew from it.
void OldDatabase::remove_empty_side_files() const {
    for (const char* ending : {"-wal", "-journal", "-shm"}) {
        const std::string path = m_path + ending;
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw_cannot(path, "remove", errno);
    }
}

/// A second name for the old one, its log to that name, the new one over the first name.
void OldDatabase::link_and_replace(const std::string& from, const std::string& aside) const {
    if (::link(m_path.c_str(), aside.c_str()) != 0) throw_cannot(m_path, "set aside", errno);
    move_side_files(aside);
    remove_empty_side_files();
    sync_folder_of(m_path);
    if (std::rename(from.c_str(), m_path.c_str()) != 0) throw_cannot(m_path, "replace", errno);
    sync_folder_of(m_path);
}

std::optional<std::string> OldDatabase::give_place_to(Draft& draft, Millis now_ms) {
    const std::string aside = free_name(now_ms);
    if (!m_lock) {
        const bool had_log = has_side_file("-wal");
        move_side_files(aside);
        remove_empty_side_files();
        draft.publish_as(m_path);
        return had_log ? std::optional{aside + "-wal"} : std::nullopt;
    }
    if (has_side_files()) {
        link_and_replace(draft.path(), aside);
        return aside;
    }
    remove_empty_side_files();
    // The copy takes the name under which the old one is going to be, and the two are exchanged: so
    // each of the names has a whole database at each moment.
    draft.publish_as(aside);
    if (exchange_names(aside, m_path)) {
        sync_folder_of(m_path);
        return aside;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        const int error = errno;
        ::unlink(aside.c_str());
        throw_cannot(m_path, "replace", error);
    }
    const std::string other = free_name(now_ms);
    link_and_replace(aside, other);
    return other;
}

}  // namespace pressings::store::sqlite
