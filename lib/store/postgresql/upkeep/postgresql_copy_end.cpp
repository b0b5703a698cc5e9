#include "store/postgresql/upkeep/postgresql_copy_end.hpp"

#include <vector>

#include <fmt/format.h>

#include "store/postgresql/engine/schema.hpp"

namespace pressings::store::postgresql {

namespace {

using sql::CopiedTable;

constexpr const char* k_identity =
    "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || "
    "(SELECT oid FROM pg_database WHERE datname = current_database())";

std::string names_of(std::span<const CopiedTable> tables) {
    std::vector<std::string_view> names;
    for (const CopiedTable& table : tables)
        names.push_back(table.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

class PostgresqlCopyEnd final : public sql::CopyEnd {
  public:
    PostgresqlCopyEnd(const std::string& location, const StoreOptions& options, Clock& clock)
        : m_connection(location, options, clock) {}

    Connection& connection() override { return m_connection; }
    std::string name() const override { return m_connection.name(); }
    std::string identity() override {
        return sql::guarded(m_connection, [&] {
            return std::string{m_connection.session().execute(k_identity).value(0, 0)};
        });
    }

    std::int64_t last_id(const CopiedTable& table) override {
        const std::string sql = fmt::format(
            "SELECT greatest((SELECT max(id) FROM {0}), "
            "pg_sequence_last_value(pg_get_serial_sequence('{0}', 'id')))",
            table.name);
        return m_connection.session().execute(sql).integer(0, 0);
    }
    void give_ids_above(const CopiedTable& table, std::int64_t id) override {
        if (id == 0) return;
        m_connection.execute(
            fmt::format("SELECT setval(pg_get_serial_sequence('{}', 'id'), {})", table.name, id));
    }

    bool is_unfinished() override { return is_unfinished_copy(m_connection); }
    void set_unfinished(bool is_unfinished) override {
        m_connection.execute(fmt::format("UPDATE catalogue SET schema_version = {}",
                                         is_unfinished ? -k_schema_version : k_schema_version));
    }
    void empty(std::span<const CopiedTable> tables) override {
        m_connection.execute(
            fmt::format("TRUNCATE {}, total_changes, release_count_changes, work_changes, "
                        "search_documents, search_outdated",
                        names_of(tables)));
    }
    /// Plans are made by what is known of the rows, which would come minutes later by itself.
    void look_at_rows() override {
        for (const CopiedTable& table : sql::copied_tables())
            m_connection.session().execute_soon(fmt::format("ANALYZE pressings.{}", table.name));
    }

  private:
    Connection m_connection;
};

}  // namespace

std::unique_ptr<sql::CopyEnd> open_copy_source(const std::string& location,
                                               const StoreOptions& options, Clock& clock) {
    auto end = std::make_unique<PostgresqlCopyEnd>(location, options, clock);
    require_schema(end->connection());
    return end;
}

std::unique_ptr<sql::CopyEnd> open_copy_target(const std::string& location,
                                               const StoreOptions& options, Clock& clock) {
    auto end = std::make_unique<PostgresqlCopyEnd>(location, options, clock);
    if (!sql::guarded(end->connection(), [&] { return end->is_unfinished(); }))
        prepare_schema(end->connection());
    return end;
}

}  // namespace pressings::store::postgresql
