#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pressings::mirror {

/// A query for release groups as MusicBrainz's search takes it
/// (https://musicbrainz.org/doc/MusicBrainz_API/Search), for the mirror's full-text index: words,
/// phrases, words with a star at the end, or with "~" (which finds what begins likewise), in
/// `releasegroup`, `alias` and `release` (all titles), `artist`, `artistname` and `creditname` (all
/// names of artists), `arid`; AND, OR, brackets. `alias` is of groups here and of artists too where
/// `artists` is asked for. Nothing if it is anything else.
std::optional<std::string> full_text_of_lucene(std::string_view query);

}  // namespace pressings::mirror
