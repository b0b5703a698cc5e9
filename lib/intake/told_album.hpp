#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/record.hpp"

namespace pressings::intake {

/// What a record says, as text, whatever its format; checked by `make_album`.
struct ToldAlbum {
    std::optional<std::string> mbid;  ///< or a URL
    std::optional<std::string> artist;
    std::optional<std::string> title;
    std::optional<std::string> year;
    std::optional<std::string> first_release_date;
    std::optional<std::string> primary_type;
    std::optional<std::string> disambiguation;
    std::optional<std::string> queue;
    std::optional<std::string> priority;
    std::optional<std::string> barcode;
    std::optional<std::string> disc_id;
    std::optional<std::string> discogs_release;  ///< its number, or a URL
    std::optional<std::string> discogs_master;
    std::vector<std::string> catnos;
    std::vector<std::string> labels;  ///< that may have given them
    std::vector<std::string> secondary_types;
    ArtistCredit artists;  ///< beats `artist`
};

/// The album that is meant, or the first thing that is wrong with it.
ReadAlbum make_album(const ToldAlbum& told, const RecordDefaults& defaults);

/// Why `text` cannot be stored at all (not UTF-8, a NUL in it, too long); nothing if it can.
std::optional<Refusal> refuse_text(std::string_view field, std::string_view text);

/// That a record is from an export of releases or tracks; `entity` is "release" or "track".
Refusal refuse_export(std::string_view entity);

/// The release groups of an answer of MusicBrainz's ({"release-groups": […]}), each as the text of
/// a record; nothing if `json` is something else, or has more of them than any answer.
std::optional<std::vector<std::string>> release_groups_in(std::string_view json);

}  // namespace pressings::intake
