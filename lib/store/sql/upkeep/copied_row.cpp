#include "store/sql/upkeep/copied_row.hpp"

#include <cstring>
#include <string_view>

namespace pressings::store::sql {

namespace {

using pressings::sql::Statement;

// Before each value that there is stands a byte, and its value or its length.
constexpr char k_null = 0;
constexpr char k_value = 1;

void put_number(std::string& bytes, std::int64_t number) {
    char raw[sizeof number];
    std::memcpy(raw, &number, sizeof number);
    bytes += k_value;
    bytes.append(raw, sizeof raw);
}

void put_text(std::string& bytes, std::string_view text) {
    put_number(bytes, static_cast<std::int64_t>(text.size()));
    bytes += text;
}

void put_value(std::string& bytes, const Statement& from, int column, ColumnKind kind) {
    if (from.is_null(column)) {
        bytes += k_null;
    } else if (kind == ColumnKind::integer) {
        put_number(bytes, from.integer(column));
    } else if (kind == ColumnKind::text) {
        put_text(bytes, from.text(column));
    } else {
        const auto value = from.bytes(column);
        put_text(bytes, {reinterpret_cast<const char*>(value.data()), value.size()});
    }
}

/// Reads what was put, from front to back.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    bool next_is_null() { return take(1).front() == k_null; }
    std::int64_t number() {
        std::int64_t number = 0;
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
        return number;
    }
    std::string_view text() { return take(static_cast<std::size_t>(number())); }

  private:
    std::string_view take(std::size_t size) {
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    std::string_view m_rest;
};

void bind_value(Statement& to, int index, ColumnKind kind, Reader& values) {
    if (values.next_is_null()) return to.bind_null(index);
    if (kind == ColumnKind::integer) return to.bind_integer(index, values.number());
    const std::string_view value = values.text();
    if (kind == ColumnKind::text) return to.bind_text(index, value, Statement::Lifetime::until_run);
    to.bind_bytes(index, {reinterpret_cast<const std::uint8_t*>(value.data()), value.size()},
                  Statement::Lifetime::until_run);
}

}  // namespace

void CopiedRow::read(const Statement& from, std::span<const CopiedColumn> columns) {
    m_bytes.clear();
    int at = 0;
    for (const CopiedColumn& column : columns)
        put_value(m_bytes, from, at++, column.kind);
}

void CopiedRow::bind(Statement& to, int first, std::span<const CopiedColumn> columns) const {
    Reader values{m_bytes};
    for (const CopiedColumn& column : columns)
        bind_value(to, first++, column.kind, values);
}

/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), of 64 bits.
std::uint64_t CopiedRow::hash() const {
    constexpr std::uint64_t k_offset = 0xcbf29ce484222325;
    constexpr std::uint64_t k_prime = 0x100000001b3;
    std::uint64_t hash = k_offset;
    for (const char byte : m_bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * k_prime;
    return hash;
}

}  // namespace pressings::store::sql
