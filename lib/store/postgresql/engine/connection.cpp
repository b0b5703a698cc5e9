#include "store/postgresql/engine/connection.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sql/damaged_value.hpp"
#include "store/postgresql/engine/dialect.hpp"

namespace pressings::store::postgresql {

namespace {

/// All who write lock the same row.
constexpr char k_begin[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED; "
    "SELECT pg_current_xact_id() FROM writers FOR UPDATE";

/// What watches over a database: its size, and who keeps old rows from being cleared away.
constexpr char k_health[] =
    "SELECT pg_database_size(current_database()), "
    "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()), "
    "(SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start))::bigint, 0) "
    "FROM pg_stat_activity WHERE datname = current_database())";

}  // namespace

Connection::Connection(const std::string& location, Millis busy_timeout_ms, Access access,
                       Clock& clock)
    : m_session(location, busy_timeout_ms, access, clock) {}

Connection::~Connection() = default;

std::string Connection::next_name(char kind) {
    return fmt::format("{}{}", kind, ++m_names);
}

pressings::sql::Statement& Connection::statement(std::string_view sql) {
    auto& statement = m_prepared[sql.data()];
    if (!statement) {
        statement = std::make_unique<PreparedStatement>(m_session, translated(sql), next_name('p'),
                                                        m_last_insert_id);
    }
    return *statement;
}

pressings::sql::Statement& Connection::streamed(std::string_view sql) {
    auto& statement = m_streamed[sql.data()];
    if (!statement) {
        statement = std::make_unique<StreamedStatement>(m_session, translated(sql), next_name('c'));
    }
    return *statement;
}

void Connection::execute(const std::string& sql) {
    guarded(*this, [&] { m_session.execute(sql); });
}

void Connection::begin() {
    try {
        const Result locked = m_session.begin(k_begin, Session::Transaction::write);
        if (locked.rows() > 0) return m_session.note_transaction_id(locked.value(0, 0));
        m_session.roll_back();
        throw pressings::sql::DamagedValue("the row of its table writers is missing");
    } catch (const pressings::sql::DamagedValue&) {
        rethrow();
    } catch (const ServerError& error) {
        if (!error.is("55P03")) rethrow();
        throw StoreBusy(
            fmt::format("{} is locked: another program kept writing to it for {}; try again",
                        name(), format_duration(m_session.busy_timeout_ms())));
    }
}

void Connection::begin_alone(std::int64_t key) {
    guarded(*this, [&] {
        m_session.begin(fmt::format("BEGIN ISOLATION LEVEL READ COMMITTED; "
                                    "SELECT pg_advisory_xact_lock({})",
                                    key),
                        Session::Transaction::write);
    });
}

// What was put off fails here as the server's own error: it may be a refusal.
void Connection::commit() {
    m_session.settle();
    guarded(*this, [&] { m_session.commit(); });
}

bool Connection::begin_view() {
    if (m_session.transaction() != Session::Transaction::none) return false;
    guarded(*this, [&] {
        m_session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                        Session::Transaction::view);
    });
    return true;
}

// The server takes the innermost of several savepoints of one name.
void Connection::begin_part() {
    m_session.settle();
    guarded(*this, [&] { m_session.execute("SAVEPOINT part"); });
}

void Connection::keep_part() {
    m_session.settle();
    guarded(*this, [&] { m_session.execute("RELEASE SAVEPOINT part"); });
}

void Connection::undo_part() noexcept {
    m_session.undo("part");
}

bool Connection::is_refusal(const std::exception& error) const {
    const auto* of_server = dynamic_cast<const ServerError*>(&error);
    return of_server != nullptr && postgresql::is_refusal(*of_server);
}

bool Connection::may_run_again() const {
    try {
        throw;
    } catch (const ServerError& error) {
        return error.connection_is_lost();
    } catch (const ConnectionLost&) {
        return true;
    } catch (...) {
        return false;
    }
}

void Connection::throw_as_ours() const {
    try {
        throw;
    } catch (const ServerError& error) {
        throw_store_error(error, name());
    } catch (const pressings::sql::DamagedValue& error) {
        throw StoreError(fmt::format("{} is damaged: {}; restore a backup", name(),
                                     escape_controls(error.what())));
    }
}

std::vector<Gauge> Connection::health() const {
    return guarded(*this, [&] {
        const Result row = m_session.execute(k_health);
        return std::vector<Gauge>{
            {"database_bytes", "Size of the database.", row.integer(0, 0)},
            {"sessions", "Connections to the database.", row.integer(0, 1)},
            {"oldest_transaction_seconds", "Age of the oldest transaction of the database.",
             row.integer(0, 2)},
        };
    });
}

}  // namespace pressings::store::postgresql
