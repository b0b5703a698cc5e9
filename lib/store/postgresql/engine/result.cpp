#include "store/postgresql/engine/result.hpp"

#include <charconv>

#include "store/postgresql/engine/libpq.hpp"

namespace pressings::store::postgresql {

namespace {

template <typename Number>
Number number_in(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    libpq().clear(result);
}

bool Result::is_end_of_pipeline() const {
    return is_there() && libpq().result_status(m_result.get()) == PGRES_PIPELINE_SYNC;
}

bool Result::is_error() const {
    const ExecStatusType status = libpq().result_status(m_result.get());
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

std::string_view Result::error_field(int code) const {
    const char* field = m_result ? libpq().result_error_field(m_result.get(), code) : nullptr;
    return field == nullptr ? "" : field;
}

int Result::rows() const {
    return m_result ? libpq().ntuples(m_result.get()) : 0;
}

int Result::columns() const {
    return m_result ? libpq().nfields(m_result.get()) : 0;
}

std::string_view Result::column_name(int column) const {
    const char* name = libpq().fname(m_result.get(), column);
    return name == nullptr ? "" : name;
}

unsigned Result::type(int column) const {
    return libpq().ftype(m_result.get(), column);
}

bool Result::is_null(int row, int column) const {
    return libpq().is_null(m_result.get(), row, column) != 0;
}

std::string_view Result::value(int row, int column) const {
    return {libpq().value(m_result.get(), row, column),
            static_cast<std::size_t>(libpq().length(m_result.get(), row, column))};
}

std::int64_t Result::integer(int row, int column) const {
    return number_in<std::int64_t>(value(row, column));
}

std::string_view Result::tag() const {
    return m_result ? libpq().cmd_status(m_result.get()) : "";
}

int Result::affected() const {
    return m_result ? number_in<int>(libpq().cmd_tuples(m_result.get())) : 0;
}

}  // namespace pressings::store::postgresql
