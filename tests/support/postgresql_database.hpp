#pragma once

#include <memory>
#include <string>

struct pg_conn;

namespace pressings::test {

/// A plain session on a server, beside the one that is tested. Errors are std::runtime_error.
class PlainSession {
  public:
    explicit PlainSession(const std::string& uri);
    ~PlainSession();
    PlainSession(const PlainSession&) = delete;
    PlainSession& operator=(const PlainSession&) = delete;

    /// Runs SQL of one or more statements: the first value of the last; empty if there is none.
    std::string run(const std::string& sql);

  private:
    pg_conn* m_connection;
};

/// A fresh database on the server that the tests share, or if none is running, on one that is made
/// for this process; gone with the object. PostgresqlMissing if PostgreSQL is not installed.
class PostgresqlDatabase {
  public:
    /// A copy of the database `original`.
    explicit PostgresqlDatabase(const std::string& original = "template1");
    ~PostgresqlDatabase();
    PostgresqlDatabase(const PostgresqlDatabase&) = delete;
    PostgresqlDatabase& operator=(const PostgresqlDatabase&) = delete;

    const std::string& name() const { return m_name; }
    std::string uri(const std::string& role = "pressings") const;
    /// Runs SQL in it, in a session of its own: see PlainSession::run.
    std::string run(const std::string& sql) const { return PlainSession{uri()}.run(sql); }

  private:
    std::string m_name;
};

/// Where the socket of that server lies.
std::string test_server_folder();
/// Of a database of that server.
std::string test_server_uri(const std::string& database, const std::string& role = "pressings");

}  // namespace pressings::test
