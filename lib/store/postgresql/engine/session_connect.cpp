// The part of Session that connects, and looks at what it has connected to.
#include <algorithm>
#include <new>
#include <regex>

#include <fmt/format.h>
#include <poll.h>

#include "base/text.hpp"
#include "store/postgresql/engine/libpq.hpp"
#include "store/postgresql/engine/session.hpp"

namespace pressings::store::postgresql {

namespace {

constexpr int k_oldest_version = 14'00'00;

/// Of the clocks and the start, in the units of ServerMoment.
constexpr char k_look_at_server[] =
    "SELECT (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint, "
    "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// Wakes early when a signal comes.
void sleep(Millis duration_ms) {
    ::poll(nullptr, 0, static_cast<int>(duration_ms));
}

/// In libpq's verbose form the SQLSTATE stands between the severity and the message, in whatever
/// language those are; without an answer of the server there is none.
std::string state_in(const std::string& verbose_message) {
    static const std::regex pattern{":  ([0-9A-Z]{5}): "};
    std::smatch found;
    return std::regex_search(verbose_message, found, pattern) ? found[1].str() : "08001";
}

/// Whether to wait, and try again, may help.
bool may_pass(const ServerError& error, bool server_may_come_back) {
    if (error.is("57P03") || error.is("53300")) return true;
    return server_may_come_back && (error.is("08") || error.is("57P") || error.sqlstate().empty());
}

pg_conn* start(const std::map<std::string, std::string>& parameters) {
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const auto& [keyword, value] : parameters) {
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    pg_conn* connection = libpq().connectdb_params(keywords.data(), values.data(), 0);
    if (connection == nullptr) throw std::bad_alloc{};
    libpq().set_notice_processor(
        connection, [](void*, const char*) {}, nullptr);
    return connection;
}

}  // namespace

bool Session::is_open() const {
    return m_connection && libpq().status(m_connection.get()) == CONNECTION_OK;
}

/// How long a server that does not answer is waited for.
Millis Session::patience_ms() const {
    constexpr Millis k_least_ms = 10'000;
    return std::max(m_busy_timeout_ms, k_least_ms);
}

void Session::connect(Patience patience) {
    constexpr Millis k_longest_pause_ms = 1'000;
    const Millis deadline = system_clock().steady_ms() + patience_ms();
    for (Millis pause_ms = 20;; pause_ms = std::min(2 * pause_ms, k_longest_pause_ms)) {
        try {
            return open();
        } catch (const ServerError& error) {
            drop();
            const bool is_late = system_clock().steady_ms() + pause_ms > deadline;
            if (is_late || !may_pass(error, patience == Patience::server_may_come_back))
                throw_store_error(error, m_info.name());
        }
        sleep(pause_ms);
    }
}

void Session::open() {
    m_is_connecting = true;
    try {
        open_connection();
        require_usable();
        // Asked for with the connection, the server would pass for one that cannot be written to,
        // and be refused by target_session_attrs=read-write.
        if (m_access == Access::read && m_features.lasting_sessions)
            send("SET default_transaction_read_only = on");
        look_at_server();
        if (m_generation++ > 0 && m_restore) m_restore();
    } catch (...) {
        m_is_connecting = false;
        drop();
        throw;
    }
    m_is_connecting = false;
}

void Session::open_connection() {
    const Millis begun = system_clock().steady_ms();
    const Settings at_start = m_features.lasting_sessions ? m_settings : Settings{};
    m_connection.reset(start(m_info.parameters(patience_ms(), at_start)));
    if (is_open()) return;
    const std::string message = libpq().error_message(m_connection.get());
    if (libpq().connection_needs_password(m_connection.get()) != 0)
        throw ServerError{"28P01", message, ServerError::Connection::lost};
    // Who does not answer in a second has no reason to tell.
    constexpr Millis k_answers_within_ms = 1'000;
    if (system_clock().steady_ms() - begun > k_answers_within_ms)
        throw ServerError{"08001", message, ServerError::Connection::lost};
    ask_again(message);
}

/// libpq tells why a connection was refused in words, which may be of any language. Asked again it
/// gives the SQLSTATE as well.
void Session::ask_again(const std::string& message) {
    const Libpq& pq = libpq();
    pq.set_error_verbosity(m_connection.get(), PQERRORS_VERBOSE);
    pq.reset(m_connection.get());
    pq.set_error_verbosity(m_connection.get(), PQERRORS_DEFAULT);
    if (is_open()) return;
    throw ServerError{state_in(pq.error_message(m_connection.get())), message,
                      ServerError::Connection::lost};
}

void Session::require_usable() const {
    const int version = libpq().server_version(m_connection.get());
    if (version < k_oldest_version) {
        throw StoreError(
            fmt::format("{}: the server is PostgreSQL {}.{}; a catalogue needs PostgreSQL 14 or "
                        "later",
                        m_info.name(), version / 1'00'00, version % 1'00'00));
    }
    const char* encoding = libpq().parameter_status(m_connection.get(), "server_encoding");
    if (encoding != nullptr && std::string_view{encoding} == "UTF8") return;
    throw StoreError(fmt::format(
        "{}: its encoding is {}, in which not every name can be written; make a database for the "
        "catalogue with `createdb --encoding=UTF8 --template=template0`",
        m_info.name(), encoding == nullptr ? "unknown" : escape_controls(encoding)));
}

void Session::look_at_server() {
    const Millis asked_at = m_clock.steady_ms();
    const Result moment = send(k_look_at_server);
    m_looked_at_ms = m_clock.steady_ms();
    m_server.started_at_us = moment.integer(0, 0);
    m_server.ahead_of_steady_ms = moment.integer(0, 1) - (asked_at + m_looked_at_ms) / 2;
}

}  // namespace pressings::store::postgresql
