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

/// Lines of one kind. How many there were.
std::int64_t write_lines(store::CatalogueReader& catalogue, const CatalogOptions& options,
                         cli::Output& output, const BeforeEach& before_each);

struct ExportCounts {
    std::int64_t albums = 0;
    std::int64_t releases = 0;
    std::int64_t tracks = 0;
    std::int64_t left_out = 0;  ///< albums that are not known to MusicBrainz
};

/// All tables, of one view of the catalogue.
ExportCounts write_tables(store::CatalogueReader& catalogue, const CatalogOptions& options,
                          render::RowSink& sink, const BeforeEach& before_each);

/// A folder of answers as MusicBrainz gives them, of one view of the catalogue.
ExportCounts write_answers(store::CatalogueReader& catalogue, const CatalogOptions& options,
                           const BeforeEach& before_each);

}  // namespace pressings
