#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "store/store_error.hpp"

namespace pressings::store::postgresql {

/// What the server answered, or libpq found, in place of a result. Leaves the engine as StoreError.
class ServerError : public std::runtime_error {
  public:
    enum class Connection { kept, lost };

    /// `sqlstate` is empty if the error is none of the server's.
    ServerError(std::string sqlstate, const std::string& message, Connection connection,
                std::string table = "");

    const std::string& sqlstate() const { return m_sqlstate; }
    /// Of the class (two characters) or of exactly this state (five).
    bool is(std::string_view state_or_class) const;
    bool connection_is_lost() const { return m_connection == Connection::lost; }
    /// That has the constraint which was violated; else empty.
    const std::string& table() const { return m_table; }

  private:
    std::string m_sqlstate;
    Connection m_connection;
    std::string m_table;
};

/// The connection was lost while a transaction was being committed: it is not known whether it was
/// done. (StoreError otherwise promises that nothing was.)
class CommitUnknown : public StoreError {
  public:
    using StoreError::StoreError;
};

/// The connection was lost, and nothing of what was going on was done.
class ConnectionLost : public StoreError {
  public:
    using StoreError::StoreError;
};

/// Whether the tables or the values' types forbid what was to be written (SQLSTATE 22 and 23:
/// https://www.postgresql.org/docs/15/errcodes-appendix.html).
bool is_refusal(const ServerError& error);

/// Whether another transaction came in between: it has a row that is wanted, made one that was
/// looked for in vain, or waits for what this one has. What was to be done may be done when it is
/// tried again.
bool is_race(const ServerError& error);

/// As an error of the store that says what it means, and the way out. `database` is its name for
/// people: see ConnectionInfo::name.
[[noreturn]] void throw_store_error(const ServerError& error, const std::string& database);

}  // namespace pressings::store::postgresql
