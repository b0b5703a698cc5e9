#include "store/postgresql/engine/schema.hpp"

#include <string>

#include <fmt/format.h>

#include "store/sql/upkeep/copy_end.hpp"

namespace pressings::store::postgresql {

namespace {

/// "PRES": of the lock under which the tables are made.
constexpr std::int64_t k_lock = 0x50524553;

/// One in which tables are made by nobody else; rolled back unless committed.
class LoneTransaction {
  public:
    explicit LoneTransaction(Connection& connection) : m_connection(connection) {
        connection.begin_alone(k_lock);
    }
    ~LoneTransaction() {
        if (m_is_open) m_connection.roll_back();
    }
    LoneTransaction(const LoneTransaction&) = delete;
    LoneTransaction& operator=(const LoneTransaction&) = delete;

    void commit() {
        m_connection.commit();
        m_is_open = false;
    }

  private:
    Connection& m_connection;
    bool m_is_open = true;
};

constexpr std::string_view k_has_version =
    "SELECT (to_regclass('pressings.catalogue') IS NOT NULL)::int";
constexpr std::string_view k_version = "SELECT schema_version FROM pressings.catalogue";
constexpr std::string_view k_has_schema =
    "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'pressings'";
constexpr std::string_view k_count_others =
    "SELECT (SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
    " ON n.oid = c.relnamespace WHERE n.nspname = 'pressings') "
    "+ (SELECT count(*) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n "
    " ON n.oid = p.pronamespace WHERE n.nspname = 'pressings')";
constexpr std::string_view k_has_unicode =
    "SELECT count(*) FROM pg_catalog.pg_collation WHERE collname = 'und-x-icu'";

void require_version(Connection& connection) {
    const std::int64_t version = connection.integer(k_version);
    if (version < 0) sql::refuse_unfinished_copy(connection.name());
    if (version > k_schema_version) {
        throw StoreError(fmt::format(
            "{}: its catalogue is from a newer version of Pressings (schema {}, this one knows up "
            "to {}); update the tools",
            connection.name(), version, k_schema_version));
    }
    if (version < k_schema_version) {
        throw StoreError(fmt::format(
            "{}: its catalogue is from an older version of Pressings (schema {}, this one knows "
            "{}); use the tools that made it, or make a new catalogue with album-import",
            connection.name(), version, k_schema_version));
    }
}

/// Whether the tables are there already; StoreError if those there are not ours, or of another
/// version.
bool has_tables(Connection& connection) {
    if (connection.integer(k_has_version) != 0) {
        require_version(connection);
        return true;
    }
    if (connection.integer(k_count_others) == 0) return false;
    throw StoreError(fmt::format(
        "{}: its schema \"pressings\" is not a catalogue of Pressings; name another database with "
        "--db",
        connection.name()));
}

void require_unicode(Connection& connection) {
    if (connection.integer(k_has_unicode) != 0) return;
    throw StoreError(fmt::format(
        "{}: the server was built without ICU, by which names are compared whatever their "
        "script; use a server that was built --with-icu, as those of distributions are",
        connection.name()));
}

void make_tables(Connection& connection) {
    // Who may not make a schema may be given one.
    if (connection.integer(k_has_schema) == 0) connection.execute("CREATE SCHEMA pressings");
    std::string sql = "SET LOCAL search_path = pressings;\n";
    for (const std::string_view subject : schema_subjects())
        sql += subject;
    sql += fmt::format("INSERT INTO catalogue (schema_version) VALUES ({})", k_schema_version);
    connection.execute(connection.in_words_of_server(std::move(sql)));
}

}  // namespace

void prepare_schema(Connection& connection) {
    sql::guarded_verb(connection, [&] {
        if (has_tables(connection)) return;
        require_unicode(connection);
        LoneTransaction transaction{connection};
        // Another process may have been first.
        if (!has_tables(connection)) make_tables(connection);
        transaction.commit();
    });
}

bool has_schema(Connection& connection) {
    return sql::guarded(connection, [&] { return has_tables(connection); });
}

bool is_unfinished_copy(Connection& connection) {
    return connection.integer(k_has_version) != 0 &&
           connection.integer(k_version) == -k_schema_version;
}

void require_schema(Connection& connection) {
    sql::guarded(connection, [&] {
        if (has_tables(connection)) return;
        throw StoreError(fmt::format("{} has no catalogue yet; `album-import` makes one in it",
                                     connection.name()));
    });
}

}  // namespace pressings::store::postgresql
