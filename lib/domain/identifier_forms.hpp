#pragma once

#include "domain/identifier.hpp"

/// How each kind of identifier is written, and what is wrong with one that is none. For
/// read_identifier; other code asks that.
namespace pressings {

ReadIdentifier read_barcode(std::string_view text);
ReadIdentifier read_disc_id(std::string_view text);
ReadIdentifier read_discogs_id(IdentifierKind kind, std::string_view text);

}  // namespace pressings
