#include <array>

#include "store/postgresql/statements/own_statements.hpp"
#include "store/sql/catalogue/album_sql.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"

namespace pressings::store::postgresql {

namespace {

constexpr std::array k_statements{
    // What is unique by its hash is found by it.
    OwnStatement{sql::k_find_credit,
                 "SELECT id FROM artist_credits WHERE sha256(identity) = sha256($1) "
                 "AND identity = $1"},
    OwnStatement{sql::k_find_key,
                 "SELECT album_id FROM album_keys WHERE kind = $1 AND sha256(value) = sha256($2) "
                 "AND value = $2"},
    OwnStatement{sql::k_delete_key,
                 "DELETE FROM album_keys WHERE kind = $1 AND sha256(value) = sha256($2) "
                 "AND value = $2"},
    OwnStatement{sql::k_forget_retired,
                 "DELETE FROM album_keys f USING album_keys n WHERE f.kind = 'former_name' "
                 "AND sha256(f.value) = sha256(n.value) AND f.value = n.value "
                 "AND n.album_id = $1 AND n.kind = 'name'"},

    // A parameter has the type of where it stands first.
    OwnStatement{sql::k_mark_album,
                 "UPDATE albums SET removed_at = $2 "
                 "WHERE id = $1 AND (removed_at IS NULL) <> ($2::bigint IS NULL)"},
    OwnStatement{sql::k_next_identifiers,
                 "SELECT i.value FROM album_identifiers i JOIN albums a ON a.id = i.album_id "
                 "WHERE i.album_id BETWEEN $1::bigint + 1 AND $1 + $4::bigint AND i.kind = $2 "
                 "AND a.mbid IS NULL ORDER BY i.album_id LIMIT $3"},
};

}  // namespace

std::span<const OwnStatement> own_catalogue_statements() {
    return k_statements;
}

}  // namespace pressings::store::postgresql
