#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/catalogue.hpp"

namespace pressings {

/// What people filter releases by.
enum class PlainFormat { vinyl, cd, digital, cassette, other };

std::string_view to_string(PlainFormat format);
std::optional<PlainFormat> parse_plain_format(std::string_view name);

/// The plain format of one medium, by its whole MusicBrainz name
/// (https://musicbrainz.org/doc/Release/Format): `other` for a name not in the table.
PlainFormat plain_format(std::string_view medium_format);

/// The plain format of a release: the one that most of its media have, the earlier one where two
/// are equal. Media that are `other` (a bonus DVD, an unknown format) count only if all are.
PlainFormat plain_format(std::span<const Medium> media);

}  // namespace pressings
