#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "cli/output.hpp"
#include "options.hpp"
#include "render/part_rows.hpp"
#include "store/catalogue_reader.hpp"

/// The forms of an export. `before_each` is called before each album, release or track; what it
/// throws ends the export.
namespace pressings {

using BeforeEach = std::function<void()>;

/// Calls `each` for the releases of a filter, each with its album. Releases of one album come
/// together, so the album of the last one is kept.
template <typename Each>
void each_release(store::CatalogueReader& catalogue, const store::ReleaseFilter& filter,
                  const Each& each) {
    std::optional<store::AlbumRecord> album;
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        if (!album || album->id != release.album_id) album = catalogue.album(release.album_id);
        each(render::ReleaseOfAlbum{*album, release});
    });
}

struct ExportCounts {
    std::int64_t albums = 0;
    std::int64_t releases = 0;
    std::int64_t tracks = 0;
    // Albums that MusicBrainz's form leaves out.
    std::int64_t never_imported = 0;
    std::int64_t removed = 0;    ///< MusicBrainz has them no longer
    std::int64_t kept_back = 0;  ///< with releases that could not be read

    std::int64_t left_out() const { return never_imported + removed + kept_back; }
    std::int64_t all() const { return albums + releases + tracks; }
};

/// Calls `each` for the albums of a filter all of whose releases are known, and counts the others:
/// whoever imports a part of an album takes the rest for removed.
void each_whole_album(store::CatalogueReader& catalogue, const store::Filter& filter,
                      ExportCounts& counts,
                      const std::function<void(const store::AlbumRecord&)>& each);

/// Lines of one kind.
ExportCounts write_lines(store::CatalogueReader& catalogue, const CatalogOptions& options,
                         cli::Output& output, const BeforeEach& before_each);

/// All tables, of one view of the catalogue.
ExportCounts write_tables(store::CatalogueReader& catalogue, const CatalogOptions& options,
                          render::RowSink& sink, const BeforeEach& before_each);

/// A folder of answers as MusicBrainz gives them, of one view of the catalogue.
ExportCounts write_answers(store::CatalogueReader& catalogue, const CatalogOptions& options,
                           const BeforeEach& before_each);

}  // namespace pressings
