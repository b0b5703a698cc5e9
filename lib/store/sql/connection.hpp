#pragma once

#include <cstdint>
#include <exception>
#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/time.hpp"
#include "sql/query.hpp"
#include "store/job_inspector.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sql {

using pressings::sql::Query;

/// Who may write while a transaction does.
enum class Writers {
    alone,     ///< nobody else
    together,  ///< others that say so too; an engine may let them wait all the same
};

/// One connection to a database that has the tables of schema/, whatever the engine: what the sides
/// of the store run their statements on. Belongs to one thread.
///
/// A statement is text that SQLite understands, with parameters numbered ?1, ?2 …; an engine of
/// another dialect translates it, or has one of its own in its place.
class Connection {
  public:
    virtual ~Connection() = default;

    /// The statement for this SQL, prepared once. `sql` must live as long as the connection.
    virtual pressings::sql::Statement& statement(std::string_view sql) = 0;
    /// The same for a list that may be long: its rows are read bit by bit, inside a view.
    virtual pressings::sql::Statement& streamed(std::string_view sql) { return statement(sql); }
    /// The id of the row that the last INSERT of this connection made.
    virtual std::int64_t last_insert_id() const = 0;

    Query query(std::string_view sql) { return Query{statement(sql)}; }
    /// The first column of the first row; 0 if there is no row.
    std::int64_t integer(std::string_view sql);

    /// From now on statements may use fold(), plain_barcode() and plain_catalog_number(), each of
    /// one text, NULL for NULL: see base/text.hpp and domain/plain_number.hpp.
    virtual void add_text_functions() {}

    // Transactions: see the guards below.
    /// Until its end only those write who may. StoreBusy if another one writes past the time-out.
    virtual void begin(Writers writers) = 0;
    /// What comes next is right only if nobody else writes. Where others may, it throws what
    /// may_run_again() knows: the verb runs again, alone.
    void require_alone();
    /// How often that was required: what was read before the last time may be other now.
    std::uint64_t times_alone() const { return m_times_alone; }
    virtual void commit() = 0;
    virtual void roll_back() noexcept = 0;
    /// false: there is a transaction already, whose view it is.
    virtual bool begin_view() = 0;
    virtual void end_view() noexcept = 0;
    virtual void begin_part() = 0;
    virtual void keep_part() = 0;
    virtual void undo_part() noexcept = 0;

    /// Whether an error is that the schema forbids what was to be written.
    virtual bool is_refusal(const std::exception& error) const = 0;
    /// What was tried to do something, so far.
    struct Tries {
        int count = 0;
        Millis lasted_ms = 0;
    };
    /// Whether the exception that is being handled says that nothing was done, and that it may be
    /// done if it is tried again at once.
    virtual bool may_run_again(const Tries&) const { return false; }
    /// Throws the exception that is being handled, as one of the store if it is the engine's.
    [[noreturn]] void rethrow() const {
        throw_as_ours();
        throw;
    }

    /// StoreError if what was opened is not the database of its name any more.
    virtual void require_in_place() const {}
    virtual std::vector<Gauge> health() const = 0;

  protected:
    virtual void check_alone() const {}
    /// The same; for another's it may also do nothing.
    virtual void throw_as_ours() const = 0;

  private:
    std::uint64_t m_times_alone = 0;
};

/// One write transaction; rolled back unless committed.
class WriteTransaction {
  public:
    explicit WriteTransaction(Connection& connection, Writers writers = Writers::alone)
        : m_connection(connection) {
        connection.begin(writers);
    }
    ~WriteTransaction() {
        if (m_open) m_connection.roll_back();
    }
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    void commit();

  private:
    Connection& m_connection;
    bool m_open = true;
};

/// One consistent view of the database for several reads; within another it is the same view.
class ReadTransaction {
  public:
    explicit ReadTransaction(Connection& connection)
        : m_connection(connection), m_outermost(connection.begin_view()) {}
    ~ReadTransaction() {
        if (m_outermost) m_connection.end_view();
    }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

  private:
    Connection& m_connection;
    bool m_outermost;
};

/// A part of a transaction that is taken back alone, unless it is kept. They nest.
class Savepoint {
  public:
    explicit Savepoint(Connection& connection) : m_connection(connection) {
        connection.begin_part();
    }
    ~Savepoint() {
        if (m_open) m_connection.undo_part();
    }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep();

  private:
    Connection& m_connection;
    bool m_open = true;
};

/// What LIMIT takes for `limit`, of which 0 is "all".
constexpr std::int64_t row_limit(std::int64_t limit) {
    return limit > 0 ? limit : std::numeric_limits<std::int64_t>::max();
}

/// Runs `work`; errors of the engine leave it as errors of the store.
template <typename Work>
auto guarded(const Connection& connection, Work&& work) {
    try {
        return work();
    } catch (...) {
        connection.rethrow();
    }
}

/// The same for a verb that begins and commits its own transaction, and leaves no trace elsewhere
/// when it fails: a server that was restarted meanwhile is no error. If it takes a Writers, it may
/// write together with others until they get into each other's way.
template <typename Work>
auto guarded_verb(const Connection& connection, Work&& work) {
    const Millis begun = system_clock().steady_ms();
    for (int count = 1;; ++count) {
        try {
            if constexpr (std::is_invocable_v<Work, Writers>) {
                return work(count == 1 ? Writers::together : Writers::alone);
            } else {
                return work();
            }
        } catch (...) {
            const Connection::Tries tries{count, system_clock().steady_ms() - begun};
            if (!connection.may_run_again(tries)) connection.rethrow();
        }
    }
}

}  // namespace pressings::store::sql
