#pragma once

struct sqlite3;

namespace pressings::store::sqlite {

/// Functions for SQL of a connection, each of one text, NULL for NULL: fold() of base/text.hpp,
/// plain_barcode() and plain_catalog_number() of domain/plain_number.hpp.
void add_catalogue_functions(sqlite3* connection);

}  // namespace pressings::store::sqlite
