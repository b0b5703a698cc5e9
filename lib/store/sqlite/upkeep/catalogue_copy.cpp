#include "store/sqlite/upkeep/catalogue_copy.hpp"

#include <cerrno>
#include <memory>

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_uri.hpp"
#include "base/text.hpp"
#include "store/sqlite/engine/connection.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/upkeep/check_parts.hpp"

namespace pressings::store::sqlite {

namespace {

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
    throw UsageError(
        fmt::format("restore: {} {}; nothing was changed", escape_controls(file), why));
}

void require_readable(const std::string& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) refuse(file, "cannot be read: " + errno_text(errno));
    if (!S_ISREG(status.st_mode)) refuse(file, "is no plain file");
    if (::access(file.c_str(), R_OK) != 0) refuse(file, "cannot be read: " + errno_text(errno));
    if (status.st_size == 0) refuse(file, "is empty: a copy that was broken off");
}

bool has_log(const std::string& file) {
    struct stat status {};
    return ::stat((file + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

/// With its log if it has one, which is left as it is; else as a file that nobody changes, so that
/// it can lie where nothing may be written.
std::unique_ptr<SQLite::Database> open_source(const std::string& file, Millis busy_timeout_ms) {
    if (!has_log(file)) {
        return std::make_unique<SQLite::Database>(
            immutable_uri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX);
    }
    auto source = std::make_unique<SQLite::Database>(
        file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, static_cast<int>(busy_timeout_ms));
    sqlite3_db_config(source->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return source;
}

void require_catalogue(SQLite::Database& source, const std::string& file) {
    const auto number = [&](const char* pragma) { return source.execAndGet(pragma).getInt64(); };
    if (number("PRAGMA application_id") != k_application_id) {
        refuse(file, "is a SQLite database, but not a catalogue of Pressings");
    }
    const auto version = number("PRAGMA user_version");
    if (version < 0) refuse(file, "is a copy that `release-catalog copy` did not finish");
    if (version > k_schema_version) {
        refuse(file, fmt::format("is from a newer version of Pressings (schema {}, this one knows "
                                 "up to {}); update the tools",
                                 version, k_schema_version));
    }
    if (version < k_oldest_schema_version) {
        refuse(file, fmt::format("is from before the first release of Pressings (schema {}, the "
                                 "oldest known is {})",
                                 version, k_oldest_schema_version));
    }
}

void copy_pages(SQLite::Database& source, const Draft& draft, const StopSignals& stop) {
    constexpr int k_pages_at_once = 500;
    SQLite::Database copy{draft.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
    copy.exec("PRAGMA synchronous = OFF");  // the draft is brought to the disk as a whole
    {
        SQLite::Backup backup{copy, source};
        int result = SQLITE_OK;
        while (result == SQLITE_OK) {
            stop.check();
            result = backup.executeStep(k_pages_at_once);
        }
        if (result != SQLITE_DONE) throw SQLite::Exception("another program writes to it", result);
    }
    // A log would lie beside the name of the draft; the first who writes makes one.
    copy.exec("PRAGMA journal_mode = DELETE");
}

CopiedCatalogue verify(const std::string& file, const Draft& draft, Millis busy_timeout_ms) {
    Connection copy{draft.path(), busy_timeout_ms, Access::read};
    return guarded(copy, [&]() -> CopiedCatalogue {
        CheckResult report;
        check_contents(copy, report);
        if (!report.faults.empty()) {
            refuse(file, fmt::format(
                             "is damaged ({}{}); `release-worker check --db FILE` tells more",
                             report.faults.front().what, report.faults.size() > 1 ? ", ..." : ""));
        }
        return {copy.integer("SELECT count(*) FROM albums"),
                copy.integer("SELECT count(*) FROM releases WHERE removed_at IS NULL")};
    });
}

}  // namespace

CopiedCatalogue copy_catalogue(const std::string& file, const Draft& draft, const StopSignals& stop,
                               Millis busy_timeout_ms) {
    require_readable(file);
    try {
        const auto source = open_source(file, busy_timeout_ms);
        require_catalogue(*source, file);
        copy_pages(*source, draft, stop);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xFF;
        if (code == SQLITE_FULL || code == SQLITE_IOERR) throw_store_error(error, draft.path());
        refuse(file, fmt::format("is no whole SQLite database (SQLite: {})",
                                 escape_controls(error.what())));
    }
    stop.check();
    try {
        const CopiedCatalogue copied = verify(file, draft, busy_timeout_ms);
        stop.check();
        return copied;
    } catch (const StoreError&) {
        refuse(file, "is damaged: it cannot be read to its end");
    }
}

}  // namespace pressings::store::sqlite
