#pragma once

#include <string>
#include <string_view>

/// Numbers that are printed on releases, as they are compared: people, scanners and shops write
/// them in several ways.
namespace pressings {

/// A barcode without blanks, hyphens and zeros in front: a UPC is an EAN with a zero more.
std::string plain_barcode(std::string_view barcode);

/// A catalogue number without blanks and hyphens, in any case: "SHVL 804" is "shvl-804".
std::string plain_catalog_number(std::string_view number);

}  // namespace pressings
