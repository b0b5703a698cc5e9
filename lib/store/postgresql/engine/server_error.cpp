#include "store/postgresql/engine/server_error.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::store::postgresql {

namespace {

/// What a state, or a class of them, means to a user, and the way out.
struct Explanation {
    std::string_view state;
    const char* text;
};

/// Looked through in this order.
constexpr Explanation k_explanations[] = {
    {"08P01",
     "what is in between does not take what a session asks for; give --db-pooler transaction if it "
     "is a connection pooler in transaction mode; one in session mode needs "
     "ignore_startup_parameters = options"},
    {"08001",
     "the server cannot be reached; see that it runs, and that the host and port are right"},
    {"28P01", "the password was refused; give the right one with PGPASSWORD or in ~/.pgpass"},
    {"28", "the role is not let in; see that it exists, and that pg_hba.conf lets it in from here"},
    {"3D000", "there is no database of this name on the server; make it with `createdb`"},
    {"3F000", "its tables are not there; `album-import` makes them with the first album"},
    {"42P01", "its tables are not there; `album-import` makes them with the first album"},
    {"42501",
     "the role has no right to do this; have the owner of the tables grant it, as roles.sql does: "
     "see pressings-postgresql(7)"},
    {"53100", "the server's disk is full; make room there and run again, nothing is lost"},
    {"53200", "the server's memory ran out; run again, nothing is lost"},
    {"53300", "the server has too many connections; close some, or raise max_connections"},
    {"25006",
     "it can only be read here, as on a standby; name the primary server, or all of them with "
     "target_session_attrs=read-write"},
    {"57P03", "the server is starting up or shutting down; try again when it is ready"},
    {"42P05",
     "a connection pooler in transaction mode is in the way; give --db-pooler transaction"},
    {"26000",
     "a connection pooler in transaction mode is in the way; give --db-pooler transaction"},
    {"XX001", "it is damaged; restore a backup"},
    {"XX002", "an index of it is damaged; have the owner run REINDEX"},
    {"58", "the server cannot read or write its disk; look at its log"},
    {"XX", "the server failed; look at its log"},
};

/// Into these no row goes that was not looked for before: one that is there all the same is new.
constexpr std::string_view k_looked_for_first[] = {
    "albums", "album_keys", "artist_credits", "artists", "jobs", "labels", "releases", "watches"};

constexpr std::string_view k_busy[] = {"55P03", "57014", "40001", "40P01"};

bool is_busy(const ServerError& error) {
    for (const std::string_view state : k_busy) {
        if (error.is(state)) return true;
    }
    return false;
}

const char* explain(const ServerError& error) {
    for (const Explanation& explanation : k_explanations) {
        if (error.is(explanation.state)) return explanation.text;
    }
    return error.connection_is_lost() ? "the connection to the server was lost, nothing of what "
                                        "was going on was done; run again"
                                      : nullptr;
}

/// libpq ends its lines, and begins hints with a tab.
std::string on_one_line(std::string_view message) {
    std::string line;
    for (const char sign : trim(message)) {
        const bool is_space = sign == '\n' || sign == '\t' || sign == ' ';
        if (!is_space || line.back() != ' ') line += is_space ? ' ' : sign;
    }
    return line;
}

/// The server's own words, which may be in its language.
std::string quoted(const ServerError& error) {
    const std::string words = escape_controls(error.what());
    if (error.sqlstate().empty() || error.is("08")) return words;
    return fmt::format("PostgreSQL: {}, SQLSTATE {}", words, error.sqlstate());
}

}  // namespace

ServerError::ServerError(std::string sqlstate, const std::string& message, Connection connection,
                         std::string table)
    : std::runtime_error(on_one_line(message)),
      m_sqlstate(std::move(sqlstate)),
      m_connection(connection),
      m_table(std::move(table)) {}

bool ServerError::is(std::string_view state_or_class) const {
    return m_sqlstate.starts_with(state_or_class);
}

bool is_refusal(const ServerError& error) {
    return error.is("22") || error.is("23");
}

bool is_race(const ServerError& error) {
    constexpr std::string_view k_races[] = {
        "40001", "40P01", "55P03",
        "42P06", "42P07",  // the schema or a table is there, which was not
    };
    if (std::any_of(std::begin(k_races), std::end(k_races),
                    [&](std::string_view state) { return error.is(state); }))
        return true;
    const auto& tables = k_looked_for_first;
    // What is referred to was there: it has gone since, maybe with a server that crashed.
    if (error.is("23503")) return true;
    return error.is("23505") &&
           (error.table().starts_with("pg_") ||
            std::find(std::begin(tables), std::end(tables), error.table()) != std::end(tables));
}

void throw_store_error(const ServerError& error, const std::string& database) {
    if (is_busy(error)) {
        throw StoreBusy(
            fmt::format("{} is locked by another program; try again when it is done ({})", database,
                        quoted(error)));
    }
    const char* const meaning = explain(error);
    const std::string text =
        fmt::format("{}: {} ({})", database, meaning == nullptr ? "" : meaning, quoted(error));
    if (error.connection_is_lost() && meaning != nullptr) throw ConnectionLost(text);
    if (meaning != nullptr) throw StoreError(text);
    throw StoreError(fmt::format("{} failed: {}", database, quoted(error)));
}

}  // namespace pressings::store::postgresql
