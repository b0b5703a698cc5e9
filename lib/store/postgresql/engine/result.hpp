#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct pg_result;

namespace pressings::store::postgresql {

struct ClearResult {
    void operator()(pg_result* result) const;
};

/// What the server answered: rows whose values are text, or the tag of what was done.
class Result {
  public:
    Result() = default;
    explicit Result(pg_result* result) : m_result(result) {}

    bool is_there() const { return m_result != nullptr; }
    bool is_error() const;
    /// Of a pipeline: nothing comes behind it.
    bool is_end_of_pipeline() const;
    /// Of an error: a field of libpq's (PG_DIAG_SQLSTATE …); empty if it has none.
    std::string_view error_field(int code) const;
    int rows() const;
    int columns() const;
    std::string_view column_name(int column) const;
    /// The type of a column, by its number in pg_type.
    unsigned type(int column) const;
    bool is_null(int row, int column) const;
    /// Empty of NULL.
    std::string_view value(int row, int column) const;
    /// Of a value that is a whole number, or begins with one; 0 of NULL.
    std::int64_t integer(int row, int column) const;
    /// "COMMIT", "INSERT 0 1" …
    std::string_view tag() const;
    /// How many rows were changed, or read; 0 of what does neither.
    int affected() const;

  private:
    std::unique_ptr<pg_result, ClearResult> m_result;
};

}  // namespace pressings::store::postgresql
