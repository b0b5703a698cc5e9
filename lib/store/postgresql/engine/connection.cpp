#include "store/postgresql/engine/connection.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sql/damaged_value.hpp"
#include "store/postgresql/engine/dialect.hpp"

namespace pressings::store::postgresql {

namespace {

// The weaker of these locks costs nothing while nobody waits for the stronger one
// (https://www.postgresql.org/docs/15/explicit-locking.html). Rows are waited for half as long as
// the server waits before it looks whether two wait for each other, and fails one of them.
constexpr Millis k_row_wait_ms = 500;
constexpr char k_begin_write[] = "ISOLATION LEVEL READ COMMITTED";
constexpr char k_take_writers[] =
    "LOCK TABLE writers IN {} MODE; SET LOCAL lock_timeout = {}; SELECT pg_current_xact_id()";

constexpr std::string_view k_begin_ahead = "BEGIN ISOLATION LEVEL READ COMMITTED";
constexpr std::string_view k_mark =
    "SELECT pg_current_xact_id(), set_config('lock_timeout', ?1, true)";
constexpr std::string_view k_share_writers = "LOCK TABLE writers IN ROW EXCLUSIVE MODE";

// If the server dies before this is on its disk, it is done again.
constexpr char k_fold_counts[] =
    "BEGIN; SET LOCAL synchronous_commit = off; SELECT pressings.fold_counts(); COMMIT";

/// What a verb was about to do may only be done alone.
struct MustBeAlone : std::exception {
    const char* what() const noexcept override { return "must be done alone"; }
};

/// What watches over a database: its size, and who keeps old rows from being cleared away.
constexpr char k_health[] =
    "SELECT pg_database_size(current_database()), "
    "(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()), "
    "(SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start))::bigint, 0) "
    "FROM pg_stat_activity WHERE datname = current_database())";

}  // namespace

Connection::Connection(const std::string& location, const StoreOptions& options, Clock& clock)
    : m_session(location, options, clock) {}

Connection::~Connection() = default;

std::string Connection::next_name(char kind) {
    return fmt::format("{}{}", kind, ++m_names);
}

/// Without SKIP LOCKED those who take jobs wait for each other, and take others then.
std::string Connection::in_words_of_server(std::string sql) const {
    constexpr std::string_view k_skip = " SKIP LOCKED";
    if (m_session.features().skip_locked) return sql;
    for (auto at = sql.find(k_skip); at != std::string::npos; at = sql.find(k_skip, at))
        sql.erase(at, k_skip.size());
    return sql;
}

pressings::sql::Statement& Connection::statement(std::string_view sql) {
    return prepared(sql);
}

PreparedStatement& Connection::prepared(std::string_view sql) {
    auto& statement = m_prepared[sql.data()];
    if (!statement) {
        statement = std::make_unique<PreparedStatement>(
            m_session, in_words_of_server(translated(sql)), next_name('p'), m_last_insert_id);
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

void Connection::begin(sql::Writers writers) {
    m_writers = writers;
    if (writers == sql::Writers::together && m_session.features().lasting_sessions)
        return begin_together();
    try {
        const char* const mode = writers == sql::Writers::alone ? "EXCLUSIVE" : "ROW EXCLUSIVE";
        const Millis wait_ms = std::min(k_row_wait_ms, m_session.busy_timeout_ms());
        const Result begun = m_session.begin(
            k_begin_write, fmt::format(k_take_writers, mode, std::max<Millis>(wait_ms, 1)),
            Session::Transaction::write);
        m_session.note_transaction_id(begun.value(0, 0));
    } catch (const ServerError& error) {
        if (!error.is("55P03")) rethrow();
        throw StoreBusy(
            fmt::format("{} is locked: another program kept writing to it for {}; try again",
                        name(), format_duration(m_session.busy_timeout_ms())));
    }
}

/// Nothing of it is waited for: who has to wait for the table too long learns of that with the
/// first answer, and begins anew, alone.
void Connection::begin_together() {
    m_session.begin_ahead();
    try {
        const Millis wait_ms = std::min(k_row_wait_ms, m_session.busy_timeout_ms());
        prepared(k_begin_ahead).write();
        PreparedStatement& mark = prepared(k_mark);
        mark.bind_text(1, std::to_string(std::max<Millis>(wait_ms, 1)),
                       pressings::sql::Statement::Lifetime::copy);
        mark.ask_for([this](const Result& mark_of_server) {
            m_session.note_transaction_id(mark_of_server.value(0, 0));
        });
        prepared(k_share_writers).write();
    } catch (...) {
        m_session.roll_back();
        throw;
    }
}

void Connection::check_alone() const {
    if (m_writers == sql::Writers::together) throw MustBeAlone{};
}

void Connection::begin_alone(std::int64_t key) {
    m_writers = sql::Writers::alone;
    // Without it, who comes second meets what the first has made, and tries again.
    const std::string lock = m_session.features().advisory_locks
                                 ? fmt::format("SELECT pg_advisory_xact_lock({})", key)
                                 : "";
    guarded(*this, [&] { m_session.begin(k_begin_write, lock, Session::Transaction::write); });
}

void Connection::commit() {
    try {
        m_session.commit();
    } catch (const ServerError& error) {
        // Of what was put off: who wrote it knows what to do.
        if (postgresql::is_refusal(error) || is_race(error)) throw;
        rethrow();
    }
    fold_counts_now_and_then();
}

/// By one transaction in a hundred, whoever's it is; more seldom where it takes long, as it does
/// while a snapshot is held and rows that are gone cannot be cleared away.
void Connection::fold_counts_now_and_then() {
    constexpr int k_one_in = 100;
    constexpr Millis k_rest = 50;
    const Millis begun = m_session.clock().steady_ms();
    if (begun < m_folds_again_at_ms || !m_session.is_one_in(k_one_in)) return;
    m_session.execute_soon(k_fold_counts);
    const Millis ended = m_session.clock().steady_ms();
    m_folds_again_at_ms = ended + k_rest * (ended - begun);
}

bool Connection::begin_view() {
    if (m_session.transaction() != Session::Transaction::none) return false;
    guarded(*this, [&] {
        m_session.begin("ISOLATION LEVEL REPEATABLE READ, READ ONLY", "",
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
    return of_server != nullptr && postgresql::is_refusal(*of_server) && !is_race(*of_server);
}

bool Connection::may_run_again(const Tries& tries) const {
    constexpr int k_least_tries = 5;
    const bool may_try =
        tries.count < k_least_tries || tries.lasted_ms < m_session.busy_timeout_ms();
    try {
        throw;
    } catch (const ServerError& error) {
        return may_try && (error.connection_is_lost() || is_race(error));
    } catch (const ConnectionLost&) {
        return may_try;
    } catch (const MustBeAlone&) {
        return may_try;
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
