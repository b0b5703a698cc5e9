#include "sql/query.hpp"

#include "sql/damaged_value.hpp"

namespace pressings::sql {

std::optional<std::int64_t> Query::maybe_integer(int column) const {
    if (m_statement.is_null(column)) return std::nullopt;
    return m_statement.integer(column);
}

std::optional<std::string> Query::maybe_text(int column) const {
    if (m_statement.is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<Mbid> Query::maybe_mbid(int column) const {
    return m_statement.is_null(column) ? std::nullopt : Mbid::from_bytes(bytes(column));
}

Mbid Query::mbid(int column) const {
    const auto value = maybe_mbid(column);
    if (!value) throw DamagedValue("an MBID that is none");
    return *value;
}

std::optional<PartialDate> Query::maybe_date(int column) const {
    const auto value = maybe_text(column);
    return value ? PartialDate::parse(*value) : std::nullopt;
}

}  // namespace pressings::sql
