#include "store/sqlite/upkeep/sqlite_copy_end.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/upkeep/new_catalogue.hpp"

namespace pressings::store::sqlite {

namespace {

using sql::CopiedTable;

constexpr std::string_view k_last_given = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
constexpr std::string_view k_give_above = "UPDATE sqlite_sequence SET seq = ?2 WHERE name = ?1";
constexpr std::string_view k_gives_own =
    "SELECT instr(sql, 'AUTOINCREMENT') FROM sqlite_schema WHERE name = ?1";
constexpr std::string_view k_first_given =
    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";

class SqliteCopyEnd final : public sql::CopyEnd {
  public:
    SqliteCopyEnd(const std::string& path, const StoreOptions& options, Access access)
        : m_connection(path, options.busy_timeout_ms, access) {}

    Connection& connection() override { return m_connection; }
    std::string name() const override { return escape_controls(m_connection.path()); }
    std::string identity() override { return m_connection.path(); }

    std::int64_t last_id(const CopiedTable& table) override {
        const std::string_view text = keep(fmt::format("SELECT max(id) FROM {}", table.name));
        return std::max(m_connection.integer(text), last_given(table));
    }

    /// Where the ids of a table are not to come again, SQLite keeps the last one.
    void give_ids_above(const CopiedTable& table, std::int64_t id) override {
        const std::string name{table.name};
        Query own = m_connection.query(k_gives_own);
        if (id == 0 || !own.bind(name).step() || own.integer(0) == 0) return;
        if (m_connection.query(k_give_above).bind(name, id).run() == 0)
            m_connection.query(k_first_given).bind(name, id).run();
    }

    bool is_unfinished() override { return is_unfinished_copy(m_connection); }
    void set_unfinished(bool is_unfinished) override {
        m_connection.execute(fmt::format("PRAGMA user_version = {}",
                                         is_unfinished ? -k_schema_version : k_schema_version));
    }
    void empty(std::span<const CopiedTable> tables) override {
        for (auto table = tables.rbegin(); table != tables.rend(); ++table)
            m_connection.execute(fmt::format("DELETE FROM {}", table->name));
    }

  private:
    std::int64_t last_given(const CopiedTable& table) {
        Query row = m_connection.query(k_last_given);
        return row.bind(std::string{table.name}).step() ? row.integer(0) : 0;
    }

    Connection m_connection;
};

}  // namespace

std::unique_ptr<sql::CopyEnd> open_copy_source(const std::string& path,
                                               const StoreOptions& options) {
    auto end = std::make_unique<SqliteCopyEnd>(path, options, Access::read);
    require_schema(end->connection());
    return end;
}

std::unique_ptr<sql::CopyEnd> open_copy_target(const std::string& path,
                                               const StoreOptions& options) {
    require_catalogue_file(path);
    auto end = std::make_unique<SqliteCopyEnd>(path, options, Access::write);
    if (!guarded(end->connection(), [&] { return end->is_unfinished(); }))
        prepare_schema(end->connection());
    end->connection().note_log();
    return end;
}

}  // namespace pressings::store::sqlite
