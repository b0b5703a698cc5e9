#include "store/postgresql/engine/row_statement.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pressings::store::postgresql {

namespace {

// Of pg_type; they never change.
constexpr unsigned k_bool = 16;
constexpr unsigned k_bytea = 17;

bool is_digit(char sign) {
    return sign >= '0' && sign <= '9';
}

/// The greatest number of a parameter that is not inside quotes.
int count_parameters(std::string_view sql) {
    int most = 0;
    char quoted_by = '\0';
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (quoted_by != '\0') {
            if (sql[at] == quoted_by) quoted_by = '\0';
        } else if (sql[at] == '\'' || sql[at] == '"') {
            quoted_by = sql[at];
        } else if (sql[at] == '$' && at + 1 < sql.size() && is_digit(sql[at + 1])) {
            int number = 0;
            std::from_chars(sql.data() + at + 1, sql.data() + sql.size(), number);
            most = std::max(most, number);
        }
    }
    return most;
}

int nibble(char sign) {
    return is_digit(sign) ? sign - '0' : sign - 'a' + 10;
}

/// "\x0aff", as the server writes bytes, read into `bytes`.
void decode(std::string_view text, std::string& bytes) {
    bytes.clear();
    for (std::size_t at = 2; at + 1 < text.size(); at += 2)
        bytes += static_cast<char>(nibble(text[at]) * 16 + nibble(text[at + 1]));
}

}  // namespace

RowStatement::RowStatement(Session& session, std::string sql)
    : m_session(session), m_sql(std::move(sql)), m_parameters(count_parameters(m_sql)) {
    m_slots.resize(static_cast<std::size_t>(m_parameters));
}

RowStatement::Slot& RowStatement::slot(int index) {
    const auto place = static_cast<std::size_t>(index - 1);
    if (place >= m_slots.size()) m_slots.resize(place + 1);
    return m_slots[place];
}

void RowStatement::bind(int index, std::string_view value, bool is_binary) {
    Slot& slot = this->slot(index);
    slot.value.assign(value);
    slot.is_null = false;
    slot.is_binary = is_binary;
}

void RowStatement::bind_integer(int index, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    bind(index, {digits, static_cast<std::size_t>(end - digits)}, false);
}

void RowStatement::bind_text(int index, std::string_view value, Lifetime) {
    if (value.find('\0') != std::string_view::npos) {
        throw ServerError{"22021", "a text has a NUL byte, which PostgreSQL cannot keep",
                          ServerError::Connection::kept};
    }
    bind(index, value, false);
}

void RowStatement::bind_bytes(int index, std::span<const std::uint8_t> value, Lifetime) {
    bind(index, {reinterpret_cast<const char*>(value.data()), value.size()}, true);
}

void RowStatement::reset() {
    m_result = Result{};
    m_row = -1;
}

void RowStatement::clear() {
    reset();
    for (Slot& slot : m_slots)
        slot.is_null = true;
}

void RowStatement::show(Result result) {
    m_result = std::move(result);
    m_row = -1;
}

bool RowStatement::next() {
    if (m_row + 1 >= m_result.rows()) return false;
    ++m_row;
    return true;
}

RowStatement::Values RowStatement::values() {
    m_values.clear();
    m_lengths.clear();
    m_formats.clear();
    for (const Slot& slot : m_slots) {
        m_values.push_back(slot.is_null ? nullptr : slot.value.c_str());
        m_lengths.push_back(static_cast<int>(slot.value.size()));
        m_formats.push_back(slot.is_binary && !slot.is_null ? 1 : 0);
    }
    return {m_parameters, m_values.data(), m_lengths.data(), m_formats.data()};
}

bool RowStatement::is_null(int column) const {
    return m_result.is_null(m_row, column);
}

std::int64_t RowStatement::integer(int column) const {
    if (m_result.type(column) == k_bool) return m_result.value(m_row, column) == "t" ? 1 : 0;
    return m_result.integer(m_row, column);
}

double RowStatement::number(int column) const {
    const std::string_view digits = m_result.value(m_row, column);
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string_view RowStatement::text(int column) const {
    if (m_result.type(column) != k_bytea) return m_result.value(m_row, column);
    const auto decoded = bytes(column);
    return {reinterpret_cast<const char*>(decoded.data()), decoded.size()};
}

std::span<const std::uint8_t> RowStatement::bytes(int column) const {
    std::string_view value = m_result.value(m_row, column);
    if (m_result.type(column) == k_bytea) {
        const auto place = static_cast<std::size_t>(column);
        if (m_decoded.size() <= place) m_decoded.resize(place + 1);
        decode(value, m_decoded[place]);
        value = m_decoded[place];
    }
    return {reinterpret_cast<const std::uint8_t*>(value.data()), value.size()};
}

}  // namespace pressings::store::postgresql
