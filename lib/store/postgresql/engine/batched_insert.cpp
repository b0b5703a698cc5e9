#include "store/postgresql/engine/batched_insert.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pressings::store::postgresql {

namespace {

std::vector<std::string> split(std::string_view list) {
    constexpr std::string_view k_comma = ", ";
    std::vector<std::string> names;
    for (;;) {
        const std::size_t end = list.find(k_comma);
        names.emplace_back(list.substr(0, end));
        if (end == std::string_view::npos) return names;
        list.remove_prefix(end + k_comma.size());
    }
}

std::string parameters(std::size_t count) {
    std::string text;
    for (std::size_t number = 1; number <= count; ++number)
        text += fmt::format("{}${}", number == 1 ? "" : ", ", number);
    return text;
}

}  // namespace

std::optional<BatchedInsert> BatchedInsert::of(std::string_view sql) {
    constexpr std::string_view k_insert = "INSERT INTO ";
    constexpr std::string_view k_values = ") VALUES (";
    if (!sql.starts_with(k_insert)) return std::nullopt;
    const std::size_t open = sql.find(" (");
    const std::size_t values = sql.find(k_values);
    if (values == std::string_view::npos || open > values) return std::nullopt;
    const std::string_view table = sql.substr(k_insert.size(), open - k_insert.size());
    auto columns = split(sql.substr(open + 2, values - open - 2));
    if (sql.substr(values + k_values.size()) != parameters(columns.size()) + ")")
        return std::nullopt;
    return BatchedInsert{std::string{table}, std::move(columns)};
}

std::string BatchedInsert::many(const std::vector<std::string>& types) const {
    std::string arrays;
    for (std::size_t i = 0; i < types.size(); ++i)
        arrays += fmt::format("{}${}::{}[]", i == 0 ? "" : ", ", i + 1, types[i]);
    return fmt::format("INSERT INTO {} ({}) SELECT * FROM unnest({})", m_table,
                       fmt::join(m_columns, ", "), arrays);
}

std::size_t BatchedInsert::size() const {
    std::size_t bytes = 0;
    for (const ArrayText& values : m_values)
        bytes += values.size();
    return bytes;
}

std::vector<std::string> BatchedInsert::take() {
    std::vector<std::string> arrays;
    for (ArrayText& values : m_values) {
        arrays.push_back(values.text());
        values.clear();
    }
    m_rows = 0;
    return arrays;
}

}  // namespace pressings::store::postgresql
