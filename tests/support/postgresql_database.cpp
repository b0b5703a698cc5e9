#include "support/postgresql_database.hpp"

#include <stdexcept>

#include <libpq-fe.h>
#include <unistd.h>

#include "support/postgresql_server.hpp"

namespace pressings::test {

namespace {

std::string new_name() {
    static int made = 0;
    return "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
}

std::string run_on_server(const std::string& sql) {
    return PlainSession{test_server_uri("postgres")}.run(sql);
}

}  // namespace

std::string test_server_folder() {
    if (const auto folder = shared_server(PRESSINGS_POSTGRESQL_FOLDER)) return *folder;
    static const PostgresqlServer own;
    return own.folder();
}

std::string test_server_uri(const std::string& database, const std::string& role) {
    return postgresql_uri(test_server_folder(), database, role);
}

PlainSession::PlainSession(const std::string& uri) : m_connection(::PQconnectdb(uri.c_str())) {
    if (::PQstatus(m_connection) == CONNECTION_OK) return;
    const std::string why = ::PQerrorMessage(m_connection);
    ::PQfinish(m_connection);
    throw std::runtime_error(why);
}

PlainSession::~PlainSession() {
    ::PQfinish(m_connection);
}

std::string PlainSession::run(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result{::PQexec(m_connection, sql.c_str()),
                                                                ::PQclear};
    const ExecStatusType status = ::PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        throw std::runtime_error(sql + ": " + ::PQerrorMessage(m_connection));
    return ::PQntuples(result.get()) > 0 ? ::PQgetvalue(result.get(), 0, 0) : "";
}

PostgresqlDatabase::PostgresqlDatabase(const std::string& original) : m_name(new_name()) {
    run_on_server("CREATE DATABASE " + m_name + " TEMPLATE " + original);
}

PostgresqlDatabase::~PostgresqlDatabase() {
    try {
        run_on_server("DROP DATABASE IF EXISTS " + m_name + " WITH (FORCE)");
    } catch (const std::exception&) {  // it goes with the server
    }
}

std::string PostgresqlDatabase::uri(const std::string& role) const {
    return test_server_uri(m_name, role);
}

}  // namespace pressings::test
