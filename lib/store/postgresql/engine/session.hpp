#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "store/postgresql/engine/connection_info.hpp"
#include "store/postgresql/engine/features.hpp"
#include "store/postgresql/engine/result.hpp"
#include "store/postgresql/engine/server_error.hpp"
#include "store/store_options.hpp"

struct pg_conn;

namespace pressings::store::postgresql {

struct FinishConnection {
    void operator()(pg_conn* connection) const;
};

/// The server as a session found it when it connected.
struct ServerMoment {
    std::int64_t started_at_us = 0;  ///< when it was started, microseconds since 1970
    Millis ahead_of_steady_ms = 0;   ///< its clock, less Clock::steady_ms() here
};

/// Rows that were written, and wait to be sent with others.
class WaitingRows {
  public:
    virtual ~WaitingRows() = default;
    /// Rows are sent in this order: those of a table after those that they refer to.
    virtual std::size_t place() const = 0;
    /// Puts them off to the session.
    virtual void send() = 0;
    virtual void forget() noexcept = 0;
};

/// A session on the server, which is taken up again when it was lost outside of a transaction.
/// Errors are ServerError; those of connecting are StoreError.
class Session {
  public:
    /// Connects. Locks are waited for as long as `options` say; to read alone, every transaction is
    /// READ ONLY. `clock` must outlive the session.
    Session(const std::string& location, const StoreOptions& options, Clock& clock);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const ConnectionInfo& info() const { return m_info; }
    const Features& features() const { return m_features; }
    Millis busy_timeout_ms() const { return m_busy_timeout_ms; }
    Clock& clock() const { return m_clock; }
    const ServerMoment& server() const { return m_server; }
    /// Another number for each connection that was made: what was prepared is gone with the last.
    std::uint64_t generation() const { return m_generation; }
    /// Is called when the session was taken up again, and may run statements.
    void on_reconnect(std::function<void()> restore) { m_restore = std::move(restore); }

    /// One more setting that holds for all that is done from now on.
    void set(const std::string& name, const std::string& value);

    // Transactions. Nothing here nests.
    enum class Transaction { none, view, write };
    Transaction transaction() const { return m_transaction; }
    /// Begins one of these characteristics, as of SQL's BEGIN, and runs SQL in it; on a connection
    /// that is made anew if need be. The result of the last statement. When it fails there is no
    /// transaction.
    Result begin(std::string_view characteristics, std::string_view sql, Transaction kind);
    /// Begins a write transaction on a connection that is made anew if need be. Nothing is sent:
    /// what is put off next must be SQL that begins one.
    void begin_ahead();
    /// With the answers to what was put off, whose errors are thrown as they are. If the connection
    /// is lost meanwhile, the server is asked whether it was done, as soon as it answers again.
    /// CommitUnknown if it does not, or cannot tell.
    void commit();
    /// The number by which it can be asked: of the transaction that was begun last.
    void note_transaction_id(std::string_view id) { m_transaction_id = id; }
    /// Whether the transaction that was begun last is one of so many, as the server counts them.
    bool is_one_in(int many) const;
    /// Ends it without a trace, whatever its state is.
    void roll_back() noexcept;
    /// Grows whenever cursors that are open may have gone.
    std::uint64_t cursor_epoch() const { return m_cursor_epoch; }

    /// Runs SQL of one or more statements without parameters; the result of the last one. Outside a
    /// transaction CommitUnknown if the connection was lost meanwhile.
    Result execute(const std::string& sql);
    /// The same for what must not fail: later, if the transaction has failed. What goes wrong is
    /// dropped.
    void execute_soon(const std::string& sql) noexcept;
    /// Takes back the innermost savepoint of this name.
    void undo(const std::string& savepoint) noexcept;

    /// Runs a statement: `send` gives it to connection() by libpq's PQsend functions, and returns
    /// the answer(). Outside a transaction the session is taken up first, and again if the
    /// connection is lost meanwhile and doing it twice does no harm; else CommitUnknown.
    enum class Repeat { harmless, harmful };
    Result perform(Repeat repeat, const std::function<Result()>& send);
    using Take = std::function<void(Result)>;
    /// Sends a statement of a write transaction without waiting for its answer: that is read before
    /// the next one which is waited for, given to `take`, and with it the first error is thrown.
    /// `send` is one of libpq's PQsend functions.
    void put_off(const std::function<int()>& send, Take take = {});
    bool can_put_off() const { return m_transaction == Transaction::write; }
    /// Has the rows sent before anything that comes after them. Until then they are in here once.
    void hold(WaitingRows& rows);
    /// Has the rows sent that wait.
    void send_waiting_rows();
    /// Reads the answers to what was put off.
    void settle();
    /// Whether there is anything to read them of, or to send.
    bool is_settled() const { return m_put_off.empty() && m_waiting_rows.empty(); }
    /// Whether it does no harm to run a statement twice.
    static Repeat repeat_of(std::string_view sql);
    /// ServerError if the connection was lost inside this transaction.
    pg_conn* connection() const;
    /// The answer to what was sent: `was_sent` is what the PQsend function gave.
    Result answer(int was_sent);

  private:
    enum class Patience { server_is_there, server_may_come_back };

    // session_connect.cpp
    Millis patience_ms() const;
    void connect(Patience patience);
    void open();
    void open_connection();
    void ask_again(const std::string& message);
    bool is_open() const;
    void require_usable() const;
    void look_at_server();
    // session.cpp
    void make_ready();
    Result with_connection(Repeat repeat, const std::function<Result()>& send);
    Result run_alone(const std::function<Result()>& send);
    std::string begin_with_settings(std::string_view characteristics) const;
    bool is_alive();
    Result send(const std::string& sql);
    [[noreturn]] void fail(const Result& failed);
    void forget_put_off() noexcept;
    void forget_waiting_rows() noexcept;
    [[noreturn]] void throw_unknown(const ServerError& error) const;
    void require_committed(const ServerError& lost);
    std::string status_of_transaction();
    void drop() noexcept;
    void end_transaction() noexcept;

    ConnectionInfo m_info;
    Features m_features;
    Millis m_busy_timeout_ms;
    Access m_access;
    Settings m_settings;
    Clock& m_clock;
    std::unique_ptr<pg_conn, FinishConnection> m_connection;
    ServerMoment m_server;
    Millis m_looked_at_ms = 0;
    std::uint64_t m_generation = 0;
    std::uint64_t m_cursor_epoch = 0;
    Transaction m_transaction = Transaction::none;
    std::string m_transaction_id;
    std::vector<WaitingRows*> m_waiting_rows;
    std::deque<Take> m_put_off;  ///< statements whose answers were not read yet
    bool m_is_connecting = false;
    std::function<void()> m_restore;
    std::vector<std::string> m_for_later;
};

}  // namespace pressings::store::postgresql
