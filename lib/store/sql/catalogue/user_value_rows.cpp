#include "store/sql/catalogue/user_value_rows.hpp"

#include "base/text_list.hpp"
#include "store/sql/catalogue/album_rows.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/catalogue/change_sql.hpp"

namespace pressings::store::sql {

namespace {

constexpr char k_separator = '\x1F';

}  // namespace

Album load_user_values(Connection& connection, std::int64_t album_id) {
    Album values;
    std::optional<std::int64_t> credit;
    {
        Query row = connection.query(sql::k_load_user_values);
        if (!row.bind(album_id).step()) return values;
        values.title = row.maybe_text(0);
        credit = row.maybe_integer(1);
        values.first_release_date = row.maybe_date(2);
        values.primary_type = row.maybe_text(3);
        if (const auto types = row.maybe_text(4))
            values.secondary_types = split_list(*types, k_separator);
        values.disambiguation = row.maybe_text(5);
    }
    values.artist_credit = load_credit(connection, credit);
    return values;
}

void save_user_values(Connection& connection, std::int64_t album_id, const Album& values,
                      std::optional<std::int64_t> credit_id) {
    connection.query(sql::k_save_user_values)
        .bind(album_id, values.title, credit_id, values.first_release_date, values.primary_type,
              join_list(values.secondary_types, k_separator), values.disambiguation)
        .write();
}

KnownAlbum load_known_album(Connection& connection, std::int64_t album_id) {
    return {load_album(connection, album_id).value_or(Album{}),
            load_user_values(connection, album_id), is_imported(connection, album_id)};
}

}  // namespace pressings::store::sql
