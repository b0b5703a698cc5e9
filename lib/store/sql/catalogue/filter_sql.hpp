#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/mbid.hpp"
#include "sql/query.hpp"
#include "store/catalogue_reader.hpp"
#include "store/sql/connection.hpp"

/// Statements that are put together of what a filter asks for, so that an index is used where there
/// is one: a statement for all filters would have to read every row for those that are not given.
namespace pressings::store::sql {

/// A piece of SQL with the values of its parameters, in their order.
struct BoundSql {
    std::string sql;
    std::vector<std::variant<std::int64_t, std::string, Mbid>> values;

    void append(std::string_view text) { sql += text; }
    void append(const BoundSql& other);
};

/// Rows as sql::k_album_record has them. fold() and the like are ours: see catalogue_functions.hpp.
BoundSql album_list_sql(const AlbumFilter& filter);
/// Id, album, format and when it was removed.
BoundSql release_list_sql(const ReleaseFilter& filter);

/// The country as rows have it: codes are stored in capitals.
std::string country_code(const std::string& country);

/// Binds the values, which must live until the statement has run.
void bind(pressings::sql::Query& query, const BoundSql& statement);

}  // namespace pressings::store::sql
