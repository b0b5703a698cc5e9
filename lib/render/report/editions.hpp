#pragma once

#include <string>
#include <vector>

#include "store/catalogue_reader.hpp"

namespace pressings::render::report {

/// Editions of an album that stand together: of a plain format, with the same status; or those
/// that have left the album.
struct EditionGroup {
    std::string title;  ///< "Vinyl", "No longer of this album"
    std::string
        status;  ///< "Official", "Promotion", "Status not known"; empty for what was removed
    PlainFormat format = PlainFormat::other;
    std::vector<const store::ReleaseRecord*> editions;  ///< by date, what is not known last
};

/// The format that came first comes first; of a format official editions first, bootlegs and the
/// like last.
std::vector<EditionGroup> edition_groups(const std::vector<store::ReleaseRecord>& releases);

/// "Vinyl", "CD".
std::string_view format_title(PlainFormat format);

/// "Album + Live".
std::string type_text(const Album& album);

/// A country or other area for people, by the name that MusicBrainz gives it: "Worldwide" for
/// "[Worldwide]"; its code where there is no name.
std::string place_name(const std::optional<std::string>& country,
                       const std::optional<std::string>& area_name);

}  // namespace pressings::render::report
