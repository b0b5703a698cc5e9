#include "sqlite/query.hpp"

#include <sqlite3.h>

namespace pressings::sqlite {

Query::~Query() {
    m_statement.tryReset();
    m_statement.clearBindings();
}

void Query::again() {
    m_statement.reset();
}

std::int64_t Query::integer(int column) const {
    return m_statement.getColumn(column).getInt64();
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
    const auto value = m_statement.getColumn(column);
    if (value.isNull()) return std::nullopt;
    return value.getInt64();
}

std::string Query::text(int column) const {
    return m_statement.getColumn(column).getString();
}

std::optional<std::string> Query::maybe_text(int column) const {
    const auto value = m_statement.getColumn(column);
    if (value.isNull()) return std::nullopt;
    return value.getString();
}

std::optional<Mbid> Query::maybe_mbid(int column) const {
    return m_statement.isColumnNull(column) ? std::nullopt : Mbid::from_bytes(bytes(column));
}

std::span<const std::uint8_t> Query::bytes(int column) const {
    const auto value = m_statement.getColumn(column);
    return {static_cast<const std::uint8_t*>(value.getBlob()),
            static_cast<std::size_t>(value.getBytes())};
}

double Query::number(int column) const {
    return m_statement.getColumn(column).getDouble();
}

Mbid Query::mbid(int column) const {
    const auto value = maybe_mbid(column);
    if (!value) throw SQLite::Exception("an MBID that is none", SQLITE_CORRUPT);
    return *value;
}

std::optional<PartialDate> Query::maybe_date(int column) const {
    const auto value = maybe_text(column);
    return value ? PartialDate::parse(*value) : std::nullopt;
}

void Query::bind_one(int index, std::string_view value) {
    m_statement.bind(index, std::string{value});
}

void Query::bind_one(int index, const Mbid& value) {
    m_statement.bind(index, value.bytes().data(), static_cast<int>(Mbid::k_size));
}

void Query::bind_one(int index, const PartialDate& value) {
    m_statement.bind(index, value.to_string());
}

void Query::bind_one(int index, std::span<const std::uint8_t> value) {
    m_statement.bindNoCopy(index, value.data(), static_cast<int>(value.size()));
}

Query Statements::query(std::string_view sql) {
    auto& statement = m_prepared[sql.data()];
    if (!statement) statement = std::make_unique<SQLite::Statement>(m_database, std::string{sql});
    return Query{*statement};
}

std::int64_t Statements::integer(std::string_view sql) {
    Query reading = query(sql);
    return reading.step() ? reading.integer(0) : 0;
}

}  // namespace pressings::sqlite
