#include "store/sql/catalogue/change_log.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "store/sql/catalogue/change_sql.hpp"

namespace pressings::store::sql {

namespace {

// A box of a hundred discs that were all retyped need not be told to the last track.
constexpr std::size_t k_most_fields = 1'000;

}  // namespace

void log_change(Connection& connection, const LoggedChange& change, Millis now_ms) {
    connection.query(sql::k_insert_change)
        .bind(now_ms, change.album_id, change.from_album_id, change.release, to_string(change.kind))
        .run();
    const std::int64_t id = connection.last_insert_id();
    const std::size_t kept = std::min(change.fields.size(), k_most_fields);
    int position = 0;
    for (std::size_t i = 0; i < kept; ++i) {
        const FieldChange& field = change.fields[i];
        connection.query(sql::k_insert_change_field)
            .bind(id, position++, field.field, field.before, field.after)
            .write();
    }
    if (kept == change.fields.size()) return;
    const std::string rest = fmt::format("{} more fields", change.fields.size() - kept);
    connection.query(sql::k_insert_change_field)
        .bind(id, position, "…", std::nullopt, rest)
        .write();
}

}  // namespace pressings::store::sql
