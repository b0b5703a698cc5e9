#include "sqlite/statements.hpp"

#include <sqlite3.h>

namespace pressings::sqlite {

/// Written to SQLite's own interface: SQLiteCpp binds no text that is not a std::string, and each
/// of its columns shares the ownership of the statement.
class PreparedStatement final : public sql::Statement {
  public:
    PreparedStatement(sqlite3* database, std::string_view text) : m_database(database) {
        require(sqlite3_prepare_v3(database, text.data(), static_cast<int>(text.size()),
                                   SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr) == SQLITE_OK);
    }
    ~PreparedStatement() override { sqlite3_finalize(m_statement); }
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;

    void bind_null(int index) override {
        require(sqlite3_bind_null(m_statement, index) == SQLITE_OK);
    }
    void bind_integer(int index, std::int64_t value) override {
        require(sqlite3_bind_int64(m_statement, index, value) == SQLITE_OK);
    }
    void bind_text(int index, std::string_view value, Lifetime lifetime) override {
        require(sqlite3_bind_text64(m_statement, index, value.data() == nullptr ? "" : value.data(),
                                    value.size(), keeper(lifetime), SQLITE_UTF8) == SQLITE_OK);
    }
    void bind_bytes(int index, std::span<const std::uint8_t> value, Lifetime lifetime) override {
        require(sqlite3_bind_blob64(m_statement, index, bytes_of(value), value.size(),
                                    keeper(lifetime)) == SQLITE_OK);
    }

    bool step() override {
        const int result = sqlite3_step(m_statement);
        require(result == SQLITE_ROW || result == SQLITE_DONE);
        return result == SQLITE_ROW;
    }
    int run() override {
        while (step()) {
        }
        return sqlite3_changes(m_database);
    }
    void reset() override { sqlite3_reset(m_statement); }
    void clear() override {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }

    bool is_null(int column) const override {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override {
        return sqlite3_column_int64(m_statement, column);
    }
    double number(int column) const override { return sqlite3_column_double(m_statement, column); }
    std::string_view text(int column) const override {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
        return {text == nullptr ? "" : text, size(column)};
    }
    std::span<const std::uint8_t> bytes(int column) const override {
        const auto* bytes =
            static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
        return {bytes, size(column)};
    }
    int columns() const override { return sqlite3_column_count(m_statement); }

  private:
    void require(bool is_done) const {
        if (!is_done) throw SQLite::Exception(m_database, sqlite3_errcode(m_database));
    }
    static sqlite3_destructor_type keeper(Lifetime lifetime) {
        return lifetime == Lifetime::copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    }
    /// No null pointer, which would be NULL.
    static const void* bytes_of(std::span<const std::uint8_t> value) {
        return value.empty() ? static_cast<const void*>("") : value.data();
    }
    std::size_t size(int column) const {
        return static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    }

    sqlite3* m_database;
    sqlite3_stmt* m_statement = nullptr;
};

Statements::Statements(SQLite::Database& database) : m_database(database) {}
Statements::~Statements() = default;

sql::Statement& Statements::statement(std::string_view sql) {
    auto& statement = m_prepared[sql.data()];
    if (!statement) statement = std::make_unique<PreparedStatement>(m_database.getHandle(), sql);
    return *statement;
}

std::int64_t Statements::integer(std::string_view sql) {
    Query reading = query(sql);
    return reading.step() ? reading.integer(0) : 0;
}

}  // namespace pressings::sqlite
