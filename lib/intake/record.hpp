#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/job.hpp"
#include "domain/watch.hpp"

namespace pressings::intake {

/// Why a record was refused: a code for programs ("bad_mbid"), a sentence for people.
struct Refusal {
    std::string code;
    std::string message;
};

using ReadAlbum = std::variant<AlbumRequest, Refusal>;

/// What stands in a record unless it says otherwise.
struct RecordDefaults {
    std::string queue = "default";
    int priority = 0;
    bool told = false;  ///< not taken by default: a job that waits already is to follow
};

/// Reads an album as named on a command line or in a list: a release-group MBID, or a
/// musicbrainz.org URL of a release group or a release (any scheme, host "musicbrainz.org",
/// "www." or "beta." before it, query and fragment ignored), or a Discogs release or master (URL,
/// or as Discogs writes it: "[r249504]").
ReadAlbum read_reference(std::string_view text, const RecordDefaults& defaults);

/// Reads which album somebody says that one is: the MBID or musicbrainz.org URL of a release group
/// or a release. What names it by its identifier alone is refused.
std::variant<Mbid, Refusal> read_mbid_reference(std::string_view text);

/// A collection or a series of MusicBrainz's, and the kind of job that takes all of it.
struct ListReference {
    JobKind kind = JobKind::collection;
    Mbid mbid;
};

/// Reads a musicbrainz.org URL of a collection or a series; nothing if it is none.
std::optional<ListReference> read_list_reference(std::string_view text);

/// Reads the artist of a discography: an MBID or a musicbrainz.org artist URL.
std::variant<Mbid, Refusal> read_artist_reference(std::string_view text);

/// What is to be watched. A bare MBID does not tell of what it is.
struct EntityReference {
    std::optional<EntityType> entity;
    Mbid mbid;
};

/// Reads it: an MBID, or a musicbrainz.org URL of an artist, a label or a series.
std::variant<EntityReference, Refusal> read_entity_reference(std::string_view text);

/// Reads a batch record: the object of the contract, or a release group as MusicBrainz writes it.
/// Codes: bad_utf8, nul_byte, bad_json, bad_field (names the field), bad_mbid, wrong_entity
/// (another MusicBrainz object than a release group), bad_date, no_identity.
ReadAlbum read_json_record(std::string_view json, const RecordDefaults& defaults);

/// An album by artist and title; both must have text in them.
ReadAlbum make_named_album(std::string_view artist, std::string_view title, std::optional<int> year,
                           const RecordDefaults& defaults);

}  // namespace pressings::intake
