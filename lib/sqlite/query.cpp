#include "store/sqlite/engine/query.hpp"

#include "store/store_error.hpp"

namespace pressings::store::sqlite {

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
    const auto value = m_statement.getColumn(column);
    if (value.isNull()) return std::nullopt;
    return Mbid::from_bytes({static_cast<const std::uint8_t*>(value.getBlob()),
                             static_cast<std::size_t>(value.getBytes())});
}

Mbid Query::mbid(int column) const {
    const auto value = maybe_mbid(column);
    if (!value) throw StoreError("the database holds an MBID that is none; run its check");
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
    m_statement.bind(index, value.data(), static_cast<int>(value.size()));
}

}  // namespace pressings::store::sqlite
