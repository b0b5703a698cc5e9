#pragma once

#include <optional>
#include <vector>

#include "domain/catalogue.hpp"
#include "source/json/json_fields.hpp"

/// The parts of MusicBrainz's documents, each read from the field that holds it; a missing field
/// gives nothing. All throw SourceError("bad_answer") like the fields they read.
/// https://musicbrainz.org/doc/MusicBrainz_API names them; the serializers are
/// musicbrainz-server lib/MusicBrainz/Server/WebService/Serializer/JSON/2/.
namespace pressings::source {

/// An `artist-credit` list. An element without a name of its own is credited as the artist.
ArtistCredit read_artist_credit(const JsonField& credit);

/// A `release-group` object.
Album read_release_group(const JsonField& group);

/// A `release-events` list. An area with several codes is the country `release_country` if that
/// is one of them.
std::vector<ReleaseEvent> read_events(const JsonField& events,
                                      const std::optional<std::string>& release_country);

/// A `label-info` list, in the order given.
std::vector<LabelInfo> read_label_info(const JsonField& label_info);

/// A `media` list, sorted by position; two media of the same position are refused, and so are two
/// tracks of a medium.
std::vector<Medium> read_media(const JsonField& media);

/// `aliases`, `genres`, the `discs` of a medium, and the URLs among `relations`; each sorted.
/// Nothing if the field is missing: the source was not asked for it.
std::optional<std::vector<Alias>> read_aliases(const JsonField& aliases);
std::optional<std::vector<Genre>> read_genres(const JsonField& genres);
std::optional<std::vector<Disc>> read_discs(const JsonField& discs);
std::optional<std::vector<ReleaseUrl>> read_urls(const JsonField& relations);

/// The releases among `relations` whose track lists this one transliterates or translates; sorted,
/// each once.
std::vector<Mbid> read_originals(const JsonField& relations);

/// A `cover-art-archive` object; nothing if it says nothing.
std::optional<CoverArt> read_cover_art(const JsonField& archive);

}  // namespace pressings::source
