#include "store/sql/catalogue/oddity_rows.hpp"

#include <algorithm>
#include <vector>

#include "store/sql/catalogue/oddity_sql.hpp"

namespace pressings::store::sql {

namespace {

std::vector<Oddity> load_oddities(Connection& connection, std::int64_t album_id) {
    std::vector<Oddity> oddities;
    Query row = connection.query(sql::k_load_oddities);
    row.bind(album_id);
    while (row.step())
        oddities.push_back(read_oddity(row, 0));
    return oddities;
}

}  // namespace

Oddity read_oddity(const Query& row, int column) {
    return {row.maybe_mbid(column), row.text(column + 1), row.maybe_text(column + 2),
            row.text(column + 3), static_cast<int>(row.integer(column + 4))};
}

std::int64_t replace_oddities(Connection& connection, std::int64_t album_id,
                              std::span<const Oddity> oddities, Millis now_ms) {
    const auto before = load_oddities(connection, album_id);
    if (std::equal(before.begin(), before.end(), oddities.begin(), oddities.end())) return 0;
    forget_oddities(connection, album_id);
    std::int64_t position = 0;
    for (const Oddity& oddity : oddities) {
        connection.query(sql::k_insert_oddity)
            .bind(album_id, position++, oddity.release, oddity.field, oddity.value, oddity.problem,
                  oddity.reader, now_ms)
            .write();
    }
    return position - static_cast<std::int64_t>(before.size());
}

std::int64_t forget_oddities(Connection& connection, std::int64_t album_id) {
    return -connection.query(sql::k_delete_oddities).bind(album_id).run();
}

}  // namespace pressings::store::sql
