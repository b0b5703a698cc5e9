#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace pressings::store::postgresql {

/// Names and values of a session's settings, in which no character means anything to the server or
/// to libpq.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// Where a database is and how to connect to it, read from a URI or a string of libpq
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING).
class ConnectionInfo {
  public:
    /// UsageError, without the string, which may hold a password, if it is none of libpq's.
    explicit ConnectionInfo(const std::string& location);

    /// For messages, without a password: `the database "music" on localhost:5432 (role "ann")`.
    const std::string& name() const { return m_name; }

    /// What libpq is to connect with: what was given, and what our sessions need besides it. A
    /// server that answers no more is waited for `patience_ms`.
    std::map<std::string, std::string> parameters(Millis patience_ms,
                                                  const Settings& settings) const;

  private:
    /// As given, else as the environment or libpq have it; empty if nobody does.
    std::string value(const std::string& keyword) const;
    std::string make_name() const;

    std::map<std::string, std::string> m_given;
    std::map<std::string, std::string> m_defaults;
    std::string m_name;
};

}  // namespace pressings::store::postgresql
