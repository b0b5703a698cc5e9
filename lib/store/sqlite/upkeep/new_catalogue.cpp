#include "store/sqlite/upkeep/new_catalogue.hpp"

#include <cerrno>
#include <filesystem>
#include <optional>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/draft.hpp"
#include "base/text.hpp"
#include "store/sqlite/engine/connection.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

namespace {

/// Bytes of what is there, or nothing. What cannot be looked at is left to who opens it.
std::optional<off_t> size_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) return status.st_size;
    return errno == ENOENT ? std::nullopt : std::optional<off_t>{1};
}

/// A log comes after its database: where there is one, and no database even then, it is of another.
void refuse_foreign_log(const std::string& path) {
    for (const char* ending : {"-wal", "-journal"}) {
        if (size_of(path + ending).value_or(0) == 0 || size_of(path)) continue;
        throw StoreError(fmt::format(
            "there is a log {0}{1} but no database {0}: it is of one that was removed or "
            "moved, and would damage a new one; put that database back, or move the "
            "log away",
            escape_controls(path), ending));
    }
}

/// A folder that a group writes to, and whose files are the group's, is shared: so is what is made
/// in it, whatever the umask. What SQLite makes beside it has the same rights.
void share_as_folder(const Draft& draft) {
    struct stat folder {};
    struct stat made {};
    const std::string path = std::filesystem::path{draft.path()}.parent_path().string();
    if (::stat(path.empty() ? "." : path.c_str(), &folder) != 0) return;
    constexpr mode_t k_shared = S_ISGID | S_IWGRP;
    if ((folder.st_mode & k_shared) != k_shared) return;
    if (::fstat(draft.descriptor(), &made) != 0) return;
    constexpr mode_t k_group_writes = S_IRGRP | S_IWGRP;
    ::fchmod(draft.descriptor(), made.st_mode | k_group_writes);
}

void make_whole(const Draft& draft, const std::string& path) {
    try {
        SQLite::Database database{draft.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
        // A transaction writes half as many pages as of SQLite's 4 KB, each with two system calls.
        database.exec("PRAGMA page_size = 8192");
        database.exec("PRAGMA journal_mode = OFF");
        database.exec("BEGIN");
        make_schema(database);
        database.exec("COMMIT");
    } catch (const SQLite::Exception& error) {
        throw_store_error(error, path);
    }
}

}  // namespace

void require_catalogue_file(const std::string& path) {
    const auto size = size_of(path);
    if (size && *size > 0) return;
    if (size) {
        throw StoreError(fmt::format(
            "the database {} is empty: what is left of a copy that was broken off, or of "
            "a disk that was full; put a backup in its place, or remove it to begin a new "
            "catalogue",
            escape_controls(path)));
    }
    try {
        Draft draft{path, Draft::Kind::file};
        share_as_folder(draft);
        make_whole(draft, path);
        refuse_foreign_log(path);
        draft.publish_if_new(path);
    } catch (const StoreError&) {
        throw;
    } catch (const Error& error) {
        throw StoreError(error.what());
    }
}

}  // namespace pressings::store::sqlite
