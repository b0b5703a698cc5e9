#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sql/statement.hpp"
#include "store/postgresql/engine/result.hpp"
#include "store/postgresql/engine/session.hpp"

namespace pressings::store::postgresql {

/// What both kinds of statements have: the values that are bound, and the row that is read now.
/// Numbers and texts go to the server as text, bytes as they are; all comes back as text.
class RowStatement : public pressings::sql::Statement {
  public:
    /// `sql` in PostgreSQL's words, with parameters $1, $2 …
    RowStatement(Session& session, std::string sql);

    void bind_null(int index) override { slot(index).is_null = true; }
    void bind_integer(int index, std::int64_t value) override;
    /// ServerError (a refusal) if there is a NUL byte in it, which PostgreSQL's text cannot hold.
    void bind_text(int index, std::string_view value, Lifetime lifetime) override;
    void bind_bytes(int index, std::span<const std::uint8_t> value, Lifetime lifetime) override;

    void reset() override;
    void clear() override;

    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    double number(int column) const override;
    std::string_view text(int column) const override;
    std::span<const std::uint8_t> bytes(int column) const override;
    int columns() const override { return m_result.columns(); }

  protected:
    Session& session() { return m_session; }
    const std::string& sql() const { return m_sql; }

    /// The rows to be read from now on, the first one of which is next().
    void show(Result result);
    bool has_result() const { return m_result.is_there(); }
    const Result& result() const { return m_result; }
    /// Goes on to the next row; false if there is none.
    bool next();

    /// What was bound, for PQsendQueryParams and its like; good until something is bound.
    struct Values {
        int count = 0;
        const char* const* values = nullptr;
        const int* lengths = nullptr;
        const int* formats = nullptr;
    };
    Values values();
    struct Slot {
        std::string value;
        bool is_null = true;
        bool is_binary = false;
    };
    const std::vector<Slot>& slots() const { return m_slots; }

  private:
    Slot& slot(int index);
    void bind(int index, std::string_view value, bool is_binary);

    Session& m_session;
    std::string m_sql;
    int m_parameters;  ///< that the statement has
    std::vector<Slot> m_slots;
    std::vector<const char*> m_values;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
    Result m_result;
    int m_row = -1;
    mutable std::vector<std::string> m_decoded;  ///< bytes of the row, by column
};

}  // namespace pressings::store::postgresql
