#include "mirror/file/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "base/file_uri.hpp"
#include "base/size_limit.hpp"
#include "base/text.hpp"

namespace pressings::mirror {

namespace {

/// SQLite's count of its memory takes a lock for each allocation. It can be left out until the
/// first database is opened.
void leave_memory_uncounted() {
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(result);
}

SQLite::Database open(const std::string& path, Database::Purpose purpose) {
    leave_memory_uncounted();
    if (purpose == Database::Purpose::read) {
        return {immutable_uri(path),
                SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX};
    }
    return {path,
            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX};
}

const char* explain(int code) {
    switch (code & 0xFF) {
        case SQLITE_NOTADB:
            return "it is no SQLite database; name another file with --mirror";
        case SQLITE_CORRUPT:
            return "it is damaged; load it again";
        case SQLITE_FULL:
            return "the disk is full; make room and run again";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return "it cannot be opened; look at the rights of the file and its folder";
        case SQLITE_IOERR:
            return "reading or writing the disk failed; is it full? Look at the system's log";
        case SQLITE_NOMEM:
            return "memory ran out";
        default:
            return "SQLite failed";
    }
}

}  // namespace

void throw_mirror_error(const SQLite::Exception& error, const std::string& path) {
    const bool is_failed_write = error.getExtendedErrorCode() == SQLITE_IOERR_WRITE ||
                                 error.getExtendedErrorCode() == SQLITE_IOERR_TRUNCATE;
    const auto hint = is_failed_write ? size_limit_hint() : std::nullopt;
    if (hint) throw Error(fmt::format("the mirror {}: {}", escape_controls(path), *hint));
    throw Error(fmt::format("the mirror {}: {} (SQLite: {})", escape_controls(path),
                            explain(error.getErrorCode()), escape_controls(error.what())));
}

Database::Database(const std::string& path, Purpose purpose)
    : m_path(path), m_database(open(path, purpose)) {
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    m_database.exec("PRAGMA trusted_schema = OFF");
    m_database.exec("PRAGMA temp_store = FILE");
    m_database.exec("PRAGMA cache_size = -4000");
}

Database::~Database() {
    m_statements.clear();
}

SQLite::Statement& Database::statement(const char* sql) {
    auto& statement = m_statements[sql];
    if (!statement) {
        statement = std::make_unique<SQLite::Statement>(m_database, sql);
    } else {
        statement->tryReset();
    }
    return *statement;
}

std::int64_t Database::integer(const char* sql) {
    SQLite::Statement& reading = statement(sql);
    const std::int64_t value = reading.executeStep() ? reading.getColumn(0).getInt64() : 0;
    reading.reset();
    return value;
}

void bind(SQLite::Statement& statement, int index, const Mbid& mbid) {
    statement.bind(index, mbid.bytes().data(), static_cast<int>(Mbid::k_size));
}

void bind(SQLite::Statement& statement, int index, Bytes bytes) {
    statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

void bind(SQLite::Statement& statement, int index, const std::string& text) {
    statement.bindNoCopy(index, text);
}

void bind(SQLite::Statement& statement, int index, std::int64_t number) {
    statement.bind(index, number);
}

Bytes bytes_of(const SQLite::Column& column) {
    return {static_cast<const std::uint8_t*>(column.getBlob()),
            static_cast<std::size_t>(column.getBytes())};
}

std::optional<std::int64_t> maybe_integer(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional{column.getInt64()};
}

std::optional<std::string> maybe_text(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional{column.getString()};
}

}  // namespace pressings::mirror
