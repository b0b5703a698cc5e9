#include "store/postgresql/engine/batched_write.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pressings::store::postgresql {

namespace {

std::vector<std::string_view> split(std::string_view list, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = list.find(separator);
        parts.push_back(list.substr(0, end));
        if (end == std::string_view::npos) return parts;
        list.remove_prefix(end + separator.size());
    }
}

std::string parameters(std::size_t count) {
    std::string text;
    for (std::size_t number = 1; number <= count; ++number)
        text += fmt::format("{}${}", number == 1 ? "" : ", ", number);
    return text;
}

/// With the columns of the rows that are sent, in place of parameters.
std::string of_rows(std::string_view sql) {
    std::string text;
    for (const char sign : sql)
        text += sign == '$' ? std::string{"v.p"} : std::string{sign};
    return text;
}

/// "column = $2".
struct Equation {
    std::string_view column;
    std::size_t parameter = 0;  ///< counted from 1; 0: what stands there is none
};

/// Nothing if there is a parameter anywhere else.
std::optional<Equation> read_equation(std::string_view text) {
    constexpr std::string_view k_is = " = ";
    const std::size_t is = text.find(k_is);
    const std::size_t parameter = text.find('$');
    if (is == std::string_view::npos) return std::nullopt;
    Equation equation{text.substr(0, is)};
    if (parameter == std::string_view::npos) return equation;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + std::min(parameter + 1, text.size()), end,
                                      equation.parameter);
    if (parameter != is + k_is.size() || read.ptr != end) return std::nullopt;
    return equation;
}

}  // namespace

std::optional<BatchedWrite> BatchedWrite::of(std::string_view sql) {
    return sql.starts_with("UPDATE ") ? of_update(sql) : of_insert(sql);
}

std::optional<BatchedWrite> BatchedWrite::of_insert(std::string_view sql) {
    constexpr std::string_view k_insert = "INSERT INTO ";
    constexpr std::string_view k_values = ") VALUES (";
    if (!sql.starts_with(k_insert)) return std::nullopt;
    const std::size_t open = sql.find(" (");
    const std::size_t values = sql.find(k_values);
    if (values == std::string_view::npos || open > values) return std::nullopt;
    const std::string_view table = sql.substr(k_insert.size(), open - k_insert.size());
    const auto columns = split(sql.substr(open + 2, values - open - 2), ", ");
    if (sql.substr(values + k_values.size()) != parameters(columns.size()) + ")")
        return std::nullopt;
    return BatchedWrite{std::string{table}, {columns.begin(), columns.end()}};
}

std::optional<BatchedWrite> BatchedWrite::of_update(std::string_view sql) {
    constexpr std::string_view k_update = "UPDATE ";
    constexpr std::string_view k_set = " SET ";
    constexpr std::string_view k_where = " WHERE ";
    const std::size_t set = sql.find(k_set);
    const std::size_t where = sql.find(k_where);
    if (set == std::string_view::npos || where == std::string_view::npos) return std::nullopt;
    if (sql.find_first_of("()") != std::string_view::npos) return std::nullopt;
    const std::string_view table = sql.substr(k_update.size(), set - k_update.size());
    if (table.find(' ') != std::string_view::npos) return std::nullopt;
    const std::string_view changes = sql.substr(set + k_set.size(), where - set - k_set.size());
    const std::string_view conditions = sql.substr(where + k_where.size());

    std::vector<std::string> columns;
    std::vector<std::size_t> keys;
    const auto note = [&](std::string_view text, bool is_key) {
        const auto equation = read_equation(text);
        if (!equation || equation->parameter == 0) return equation.has_value();
        if (columns.size() < equation->parameter) columns.resize(equation->parameter);
        columns[equation->parameter - 1] = equation->column;
        if (is_key) keys.push_back(equation->parameter - 1);
        return true;
    };
    for (const std::string_view change : split(changes, ", ")) {
        if (!note(change, false)) return std::nullopt;
    }
    for (const std::string_view condition : split(conditions, " AND ")) {
        if (!note(condition, true)) return std::nullopt;
    }
    const bool has_gap = std::find(columns.begin(), columns.end(), "") != columns.end();
    if (keys.empty() || has_gap) return std::nullopt;

    BatchedWrite batch{std::string{table}, std::move(columns)};
    batch.m_keys = std::move(keys);
    batch.m_set = of_rows(sql.substr(0, where));
    for (const std::string_view condition : split(conditions, " AND ")) {
        batch.m_where +=
            fmt::format("{}{}.{}", batch.m_where.empty() ? "" : " AND ", table, of_rows(condition));
    }
    return batch;
}

std::string BatchedWrite::many(const std::vector<std::string>& types) const {
    std::string arrays;
    std::string names;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const char* const comma = i == 0 ? "" : ", ";
        arrays += fmt::format("{}${}::{}[]", comma, i + 1, types[i]);
        names += fmt::format("{}p{}", comma, i + 1);
    }
    if (!m_set.empty())
        return fmt::format("{} FROM unnest({}) AS v ({}) WHERE {}", m_set, arrays, names, m_where);
    return fmt::format("INSERT INTO {} ({}) SELECT * FROM unnest({})", m_table,
                       fmt::join(m_columns, ", "), arrays);
}

std::size_t BatchedWrite::size() const {
    std::size_t bytes = 0;
    for (const ArrayText& values : m_values)
        bytes += values.size();
    return bytes;
}

std::vector<std::string> BatchedWrite::take() {
    std::vector<std::string> arrays;
    for (ArrayText& values : m_values) {
        arrays.push_back(values.text());
        values.clear();
    }
    m_rows = 0;
    m_seen_keys.clear();
    return arrays;
}

}  // namespace pressings::store::postgresql
