#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/upkeep/check_parts.hpp"

namespace pressings::store::sqlite {

namespace {

/// Kind ("table", "index", "view", "trigger") and name.
using Item = std::pair<std::string, std::string>;

/// How the statement reads whatever blanks and line ends are in it, and without comments.
std::string normalised(const std::string& sql) {
    std::string result;
    char quote = 0;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        const char c = sql[at];
        if (quote == 0 && sql.compare(at, 2, "--") == 0) {
            at = std::min(sql.find('\n', at), sql.size()) - 1;
        } else if (quote == 0 && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) {
            if (!result.empty() && result.back() != ' ') result += ' ';
        } else {
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            }
            result += c;
        }
    }
    return result;
}

// SQLite's own (sqlite_sequence, sqlite_stat1, what stands behind UNIQUE) come and go by
// themselves.
constexpr const char* k_schema_items =
    "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'trigger' "
    "OR (name NOT LIKE 'sqlite\\_autoindex\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_stat_' "
    "ESCAPE '\\' AND name <> 'sqlite_sequence')";

template <typename Each>
void each_item(SQLite::Database& database, Each each) {
    SQLite::Statement row{database, k_schema_items};
    while (row.executeStep()) {
        each(Item{row.getColumn(0).getString(), row.getColumn(1).getString()},
             normalised(row.getColumn(2).getString()));
    }
}

/// What a catalogue of this version has.
std::map<Item, std::string> shipped_schema() {
    SQLite::Database scratch{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    for (const std::string_view subject : schema_subjects())
        scratch.exec(std::string{subject});
    std::map<Item, std::string> items;
    each_item(scratch, [&](Item item, std::string sql) { items.emplace(std::move(item), sql); });
    return items;
}

std::string upper(const std::string& kind) {
    return kind == "table"   ? "TABLE"
           : kind == "index" ? "INDEX"
           : kind == "view"  ? "VIEW"
                             : "TRIGGER";
}

std::string name_of(const Item& item) {
    return item.first + " " + escape_controls(shorten(item.second, 100));
}

std::string drop(const Item& item) {
    return fmt::format("DROP {} \"{}\"", upper(item.first), escape_controls(item.second));
}

CheckResult::Fault foreign(const Item& item) {
    if (item.first == "trigger") {
        return {
            fmt::format("the {} was made by no tool of ours; it changes what other programs "
                        "write, though not what ours do",
                        name_of(item)),
            fmt::format("look at it with `sqlite3 FILE .schema`, and remove it: {}", drop(item))};
    }
    return {fmt::format("the {} was made by no tool of ours", name_of(item)),
            fmt::format("if it is yours, keep it in a file of its own; then remove it from here: "
                        "{}",
                        drop(item))};
}

/// Tables cannot be made again without what is in them.
CheckResult::Fault unlike(const Item& item, const char* how, const std::string& shipped,
                          const std::string& first) {
    return {fmt::format("the {} {}", name_of(item), how),
            item.first == "table"
                ? "restore a good backup; what is in the file can be looked at with `sqlite3 FILE`"
                : fmt::format("make it again with `sqlite3 FILE`: {}{}", first, shipped)};
}

}  // namespace

void check_schema(Connection& connection, CheckResult& report) {
    auto missing = shipped_schema();
    constexpr std::size_t k_most_foreign = 20;
    std::size_t foreign_items = 0;
    each_item(connection.database(), [&](const Item& item, const std::string& sql) {
        const auto shipped = missing.extract(item);
        if (shipped.empty()) {
            if (++foreign_items <= k_most_foreign) report.faults.push_back(foreign(item));
        } else if (shipped.mapped() != sql) {
            report.faults.push_back(unlike(item, "is not as this version makes it",
                                           shipped.mapped(), drop(item) + "; "));
        }
    });
    if (foreign_items > k_most_foreign) {
        report.faults.push_back({fmt::format("{} more tables, indexes, views or triggers were made "
                                             "by no tool of ours",
                                             foreign_items - k_most_foreign),
                                 "list them with `sqlite3 FILE .schema`"});
    }
    for (const auto& [item, sql] : missing)
        report.faults.push_back(unlike(item, "is missing", sql, ""));
}

}  // namespace pressings::store::sqlite
