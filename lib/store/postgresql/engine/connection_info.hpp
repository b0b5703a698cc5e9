#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/access.hpp"

namespace pressings::store::postgresql {

/// Where a database is and how to connect to it, read from a URI or a string of libpq
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING).
class ConnectionInfo {
  public:
    /// UsageError, without the string, which may hold a password, if it is none of libpq's.
    explicit ConnectionInfo(const std::string& location);

    /// For messages, without a password: `the database "music" on localhost:5432 (role "ann")`.
    const std::string& name() const { return m_name; }

    /// What libpq is to connect with: what was given, and what our sessions need besides it. Locks
    /// are waited for `busy_timeout_ms`; to read alone, every transaction is READ ONLY.
    std::map<std::string, std::string> parameters(Millis busy_timeout_ms, Access access) const;

  private:
    /// As given, else as the environment or libpq have it; empty if nobody does.
    std::string value(const std::string& keyword) const;
    std::string make_name() const;

    std::map<std::string, std::string> m_given;
    std::map<std::string, std::string> m_defaults;
    std::string m_name;
};

}  // namespace pressings::store::postgresql
