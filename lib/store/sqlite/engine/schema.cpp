#include "store/sqlite/engine/schema.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/text.hpp"
#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::sqlite {

namespace {

/// "PrMb", in that of a mirror.
constexpr std::int64_t k_mirror_application_id = 0x50724D62;

struct Version {
    std::int64_t application = 0;
    std::int64_t schema = 0;
    bool empty = false;
};

Version read_version(Connection& connection) {
    Version version;
    version.application = connection.integer("PRAGMA application_id");
    version.schema = connection.integer("PRAGMA user_version");
    if (version.application != k_application_id) {
        version.empty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
    }
    return version;
}

/// Whether the file has a schema already; StoreError if that is not one of ours, or of another
/// time.
bool has_schema(const Version& version, const std::string& path) {
    if (version.application != k_application_id) {
        if (version.empty && version.application == 0 && version.schema == 0) return false;
        if (version.application == k_mirror_application_id) {
            throw UsageError(fmt::format(
                "--db {}: that is a mirror of MusicBrainz, not a catalogue; import from it with "
                "`release-worker run --source mirror:FILE`",
                escape_controls(path)));
        }
        throw StoreError(fmt::format(
            "{} is a SQLite database, but not a catalogue of Pressings; name another with --db",
            escape_controls(path)));
    }
    if (version.schema < 0) sql::refuse_unfinished_copy(escape_controls(path));
    if (version.schema > k_schema_version) {
        throw StoreError(fmt::format(
            "{} is from a newer version of Pressings (schema {}, this one knows up to {}); "
            "update the tools",
            escape_controls(path), version.schema, k_schema_version));
    }
    if (version.schema < k_oldest_schema_version) {
        throw StoreError(fmt::format(
            "{} is from before the first release of Pressings (schema {}, the oldest known is {}); "
            "make a new catalogue with album-import",
            escape_controls(path), version.schema, k_oldest_schema_version));
    }
    return true;
}

std::string journal_mode(Connection& connection) {
    Query mode = connection.query("PRAGMA journal_mode");
    return mode.step() ? mode.text(0) : "";
}

/// The journal mode stays in the file; it cannot be changed inside a transaction. Whoever has the
/// file open at that moment makes the change fail at once, whatever the busy timeout.
void use_write_ahead_log(Connection& connection) {
    constexpr std::chrono::milliseconds k_pause{5};
    const Millis deadline = system_clock().steady_ms() + connection.busy_timeout_ms();
    while (true) {
        connection.lock_writers();
        const int result = connection.database().tryExec("PRAGMA journal_mode = WAL");
        connection.unlock_writers();
        if (result == SQLite::OK) return;
        const bool busy = result == SQLITE_BUSY || result == SQLITE_LOCKED;
        if (!busy || system_clock().steady_ms() >= deadline) {
            throw SQLite::Exception(connection.database().getHandle(), result);
        }
        std::this_thread::sleep_for(k_pause);
    }
}

}  // namespace

void make_schema(SQLite::Database& database) {
    for (const std::string_view subject : schema_subjects())
        database.exec(std::string{subject});
    database.exec(fmt::format("PRAGMA application_id = {}", k_application_id));
    database.exec(fmt::format("PRAGMA user_version = {}", k_schema_version));
}

void prepare_schema(Connection& connection) {
    guarded(connection, [&] {
        const Version found = read_version(connection);
        const bool is_made = has_schema(found, connection.path());
        // A transaction writes half as many as of SQLite's 4 KB, each with two system calls.
        if (found.empty) connection.database().exec("PRAGMA page_size = 8192");
        // A new catalogue, or a backup that was put back, has no log yet.
        if (!is_made || journal_mode(connection) != "wal") use_write_ahead_log(connection);
        read_version(connection);  // the first read opens the log and its index
        if (is_made) return;
        WriteTransaction transaction{connection};
        // Another process may have been first.
        if (has_schema(read_version(connection), connection.path())) return;
        make_schema(connection.database());
        transaction.commit();
    });
}

bool is_unfinished_copy(Connection& connection) {
    const Version found = read_version(connection);
    return found.application == k_application_id && found.schema == -k_schema_version;
}

void require_schema(Connection& connection) {
    guarded(connection, [&] {
        if (has_schema(read_version(connection), connection.path())) return;
        throw StoreError(
            fmt::format("{} is empty, and no catalogue yet; `album-import` makes one of it",
                        escape_controls(connection.path())));
    });
}

}  // namespace pressings::store::sqlite
