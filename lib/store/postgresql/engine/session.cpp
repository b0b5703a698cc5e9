#include "store/postgresql/engine/session.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <poll.h>

#include "base/text.hpp"
#include "store/postgresql/engine/libpq.hpp"

namespace pressings::store::postgresql {

namespace {

/// The server speaks only when it is asked, unless it has something to say of the connection.
bool has_input(int socket) {
    pollfd file{socket, POLLIN, 0};
    return ::poll(&file, 1, 0) > 0;
}

Settings settings_of(const StoreOptions& options, const Features& features) {
    constexpr Millis k_least = 1;  // 0 would be for ever
    // Our statements are short ones, which compiling, and sharing among processes, only delay.
    Settings settings{{"search_path", "pressings"},
                      {"bytea_output", "hex"},
                      {"jit", "off"},
                      {"max_parallel_workers_per_gather", "0"}};
    settings.emplace_back("lock_timeout",
                          fmt::format("{}ms", std::max(options.busy_timeout_ms, k_least)));
    if (options.access == Access::write) {
        // What was planned while a table was empty is kept when it has grown.
        settings.emplace_back("enable_seqscan", "off");
    } else if (!features.lasting_sessions) {
        settings.emplace_back("transaction_read_only", "on");
    }
    return settings;
}

ServerError lost_before() {
    return {"", "the connection was lost before", ServerError::Connection::lost};
}

}  // namespace

void FinishConnection::operator()(pg_conn* connection) const {
    libpq().finish(connection);
}

Session::Session(const std::string& location, const StoreOptions& options, Clock& clock)
    : m_info(location),
      m_features(Features::behind(options.pooler)),
      m_busy_timeout_ms(options.busy_timeout_ms),
      m_access(options.access),
      m_settings(settings_of(options, m_features)),
      m_clock(clock) {
    connect(Patience::server_is_there);
}

Session::~Session() = default;

bool Session::is_one_in(int many) const {
    std::uint64_t number = 0;
    const char* const end = m_transaction_id.data() + m_transaction_id.size();
    std::from_chars(m_transaction_id.data(), end, number);
    return number % static_cast<unsigned>(many) == 0;
}

Session::Repeat Session::repeat_of(std::string_view sql) {
    return sql.starts_with("SELECT ") ? Repeat::harmless : Repeat::harmful;
}

pg_conn* Session::connection() const {
    if (!m_connection) throw lost_before();
    return m_connection.get();
}

/// Asked before anything is begun, so that a server that was restarted since is no error.
bool Session::is_alive() {
    while (m_connection && has_input(libpq().socket(m_connection.get()))) {
        if (libpq().consume_input(m_connection.get()) == 0) drop();
    }
    return is_open();
}

void Session::make_ready() {
    if (m_transaction != Transaction::none) return;
    if (!is_alive()) connect(Patience::server_may_come_back);
    // The clocks of two machines may part by a second in some hours.
    constexpr Millis k_good_for_ms = 10 * 60'000;
    if (m_clock.steady_ms() - m_looked_at_ms <= k_good_for_ms) return;
    try {
        look_at_server();
    } catch (const ServerError& error) {
        if (!error.connection_is_lost()) throw;
        connect(Patience::server_may_come_back);
    }
}

void Session::set(const std::string& name, const std::string& value) {
    if (m_features.lasting_sessions) execute(fmt::format("SET {} = '{}'", name, value));
    m_settings.emplace_back(name, value);
}

/// Where sessions do not last, what was set for one lasts as long as its transaction.
std::string Session::begin_with_settings(std::string_view characteristics) const {
    std::string sql = fmt::format("BEGIN {}; ", characteristics);
    if (m_features.lasting_sessions) return sql;
    for (const auto& [name, value] : m_settings)
        sql += fmt::format("SET LOCAL {} = '{}'; ", name, value);
    return sql;
}

/// What runs outside a transaction has one of its own if it needs settings.
Result Session::run_alone(const std::function<Result()>& send) {
    if (m_features.lasting_sessions || m_transaction != Transaction::none) return send();
    try {
        this->send(begin_with_settings(""));
        Result result = send();
        this->send("COMMIT");
        return result;
    } catch (...) {
        roll_back();
        throw;
    }
}

Result Session::perform(Repeat repeat, const std::function<Result()>& send) {
    return with_connection(repeat, [&] { return run_alone(send); });
}

Result Session::with_connection(Repeat repeat, const std::function<Result()>& send) {
    constexpr int k_most_repeats = 2;
    for (int repeats = 0;; ++repeats) {
        settle();
        make_ready();
        try {
            return send();
        } catch (const ServerError& error) {
            if (!error.connection_is_lost() || m_transaction != Transaction::none) throw;
            if (repeat == Repeat::harmful) throw_unknown(error);
            if (repeats == k_most_repeats) throw;
        }
    }
}

Result Session::answer(int was_sent) {
    Result answered;
    Result failed;
    while (was_sent != 0) {
        Result next{libpq().next_result(m_connection.get())};
        if (!next.is_there()) break;
        (next.is_error() && !failed.is_there() ? failed : answered) = std::move(next);
    }
    if (was_sent == 0 || failed.is_there() || !is_open()) fail(failed);
    return answered;
}

/// The first error tells most: what follows the server's last word is that it has gone.
void Session::fail(const Result& failed) {
    std::string message{failed.error_field(PG_DIAG_MESSAGE_PRIMARY)};
    if (message.empty()) message = libpq().error_message(m_connection.get());
    const std::string_view state = failed.error_field(PG_DIAG_SQLSTATE);
    // A pooler may stay when the session behind it has ended.
    const bool is_lost = !is_open() || state.starts_with("57P0") || state.starts_with("08");
    if (is_lost) drop();
    throw ServerError{std::string{state}, message,
                      is_lost ? ServerError::Connection::lost : ServerError::Connection::kept,
                      std::string{failed.error_field(PG_DIAG_TABLE_NAME)}};
}

void Session::throw_unknown(const ServerError& error) const {
    throw CommitUnknown(
        fmt::format("{}: the connection to the server was lost while it wrote, and it is not known "
                    "whether that was done; run again, which does nothing twice ({})",
                    m_info.name(), escape_controls(error.what())));
}

void Session::put_off(const std::function<int()>& send, Take take) {
    // Their answers must fit where they wait to be read, or both sides wait for ever.
    constexpr std::size_t k_most = 200;
    if (m_put_off.size() == k_most) settle();
    if (m_put_off.empty()) libpq().enter_pipeline(connection());
    m_put_off.push_back(std::move(take));
    if (send() == 0) fail({});
}

void Session::hold(WaitingRows& rows) {
    const auto before =
        std::find_if(m_waiting_rows.begin(), m_waiting_rows.end(),
                     [&](const WaitingRows* other) { return other->place() > rows.place(); });
    m_waiting_rows.insert(before, &rows);
}

void Session::send_waiting_rows() {
    for (WaitingRows* rows : std::exchange(m_waiting_rows, {}))
        rows->send();
}

/// In a pipeline each statement's answers end with none, and all of them with that of the sync.
void Session::settle() {
    send_waiting_rows();
    if (m_put_off.empty()) return;
    Result answered;
    Result failed;
    libpq().sync_pipeline(connection());
    while (is_open()) {
        Result next{libpq().next_result(m_connection.get())};
        if (next.is_end_of_pipeline() || (!next.is_there() && m_put_off.empty())) break;
        if (next.is_there()) {
            (next.is_error() && !failed.is_there() ? failed : answered) = std::move(next);
            continue;
        }
        if (m_put_off.front() && !failed.is_there()) m_put_off.front()(std::move(answered));
        m_put_off.pop_front();
    }
    m_put_off.clear();
    const bool is_whole = is_open() && libpq().exit_pipeline(m_connection.get()) == 1;
    if (failed.is_there() || !is_whole) fail(failed);
}

/// For a transaction that is taken back, whatever came of them.
void Session::forget_put_off() noexcept {
    forget_waiting_rows();
    try {
        settle();
    } catch (...) {
    }
}

void Session::forget_waiting_rows() noexcept {
    for (WaitingRows* rows : m_waiting_rows)
        rows->forget();
    m_waiting_rows.clear();
}

Result Session::send(const std::string& sql) {
    settle();
    return answer(libpq().send_query(connection(), sql.c_str()));
}

Result Session::execute(const std::string& sql) {
    if (m_is_connecting) return send(sql);
    return perform(repeat_of(sql), [&] { return send(sql); });
}

void Session::execute_soon(const std::string& sql) noexcept {
    try {
        if (!m_connection) return;
        if (libpq().transaction_status(m_connection.get()) == PQTRANS_INERROR) {
            m_for_later.push_back(sql);
        } else {
            send(sql);
        }
    } catch (...) {  // a lock that stays is let go of with the connection
        drop();
    }
}

Result Session::begin(std::string_view characteristics, std::string_view sql, Transaction kind) {
    try {
        const std::string whole = begin_with_settings(characteristics).append(sql);
        Result result = with_connection(Repeat::harmless, [&] { return send(whole); });
        m_transaction = kind;
        return result;
    } catch (...) {
        roll_back();
        throw;
    }
}

/// "committed", "aborted" or "in progress", as of pg_xact_status; empty if it is too long ago.
std::string Session::status_of_transaction() {
    const Result row = send(fmt::format("SELECT pg_xact_status('{}'::xid8)", m_transaction_id));
    return std::string{row.value(0, 0)};
}

/// The session that was lost may still be at it.
void Session::require_committed(const ServerError& lost) {
    constexpr Millis k_pause_ms = 50;
    const Millis deadline = system_clock().steady_ms() + m_busy_timeout_ms;
    const std::int64_t server_was_started = m_server.started_at_us;
    if (m_transaction_id.empty()) throw_unknown(lost);
    std::string status = "in progress";
    try {
        while (status == "in progress" && system_clock().steady_ms() < deadline) {
            connect(Patience::server_may_come_back);
            if (m_server.started_at_us != server_was_started) break;
            status = status_of_transaction();
            if (status == "in progress") ::poll(nullptr, 0, static_cast<int>(k_pause_ms));
        }
    } catch (const std::exception&) {
        throw_unknown(lost);
    }
    // A server that crashed gives the numbers out again that it had not written down. Verbs that
    // are run again do nothing twice.
    if (m_server.started_at_us != server_was_started) throw lost;
    if (status == "committed") return;
    if (status == "aborted") throw lost;
    throw_unknown(lost);
}

void Session::begin_ahead() {
    m_transaction_id.clear();
    make_ready();
    m_transaction = Transaction::write;
}

void Session::commit() {
    send_waiting_rows();
    if (m_put_off.empty() && !is_alive()) throw lost_before();
    Result done;
    try {
        put_off(
            [&] {
                return libpq().send_query_params(connection(), "COMMIT", 0, nullptr, nullptr,
                                                 nullptr, nullptr, 0);
            },
            [&](Result result) { done = std::move(result); });
        settle();
    } catch (const ServerError& error) {
        if (!error.connection_is_lost()) throw;
        end_transaction();
        return require_committed(error);
    }
    end_transaction();
    // So the server answers when a statement of the transaction has failed before.
    if (done.tag() == "COMMIT") return;
    throw ServerError{"25P02", "the transaction had failed, and was rolled back",
                      ServerError::Connection::kept};
}

void Session::roll_back() noexcept {
    forget_put_off();
    try {
        if (m_connection && libpq().transaction_status(m_connection.get()) != PQTRANS_IDLE) {
            send("ROLLBACK");
        }
    } catch (...) {
        drop();
    }
    end_transaction();
}

void Session::undo(const std::string& savepoint) noexcept {
    ++m_cursor_epoch;
    forget_put_off();
    try {
        if (!m_connection) return;
        send(fmt::format("ROLLBACK TO SAVEPOINT {0}; RELEASE SAVEPOINT {0}", savepoint));
    } catch (...) {  // what should have been taken back must not be committed
        drop();
    }
}

void Session::drop() noexcept {
    m_connection.reset();
    forget_waiting_rows();
    m_put_off.clear();
    ++m_cursor_epoch;
}

void Session::end_transaction() noexcept {
    m_transaction = Transaction::none;
    ++m_cursor_epoch;
    for (const std::string& sql : std::exchange(m_for_later, {}))
        execute_soon(sql);
}

}  // namespace pressings::store::postgresql
