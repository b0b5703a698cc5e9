#pragma once

#include <string>
#include <string_view>

#include "domain/mbid.hpp"

namespace pressings::render {

/// Text from outside, fit for HTML: between tags, and in an attribute's quotes. & < > " ' become
/// references; control characters, those that turn the reading direction, and bytes that are not
/// UTF-8 become visible, as for a terminal (escape_controls).
std::string escape_html(std::string_view text);

/// What MusicBrainz has a page of.
enum class Entity { release_group, release };

/// An address on musicbrainz.org; of an MBID alone, so nothing else can get into it.
std::string musicbrainz_url(Entity entity, const Mbid& mbid);

}  // namespace pressings::render
