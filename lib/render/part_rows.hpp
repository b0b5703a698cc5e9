#pragma once

#include <span>
#include <string>
#include <vector>

#include "render/catalogue_rows.hpp"

namespace pressings::render {

/// Where rows go, of whichever table. Nothing is there until it is kept.
class RowSink {
  public:
    virtual ~RowSink() = default;
    virtual void row(const RowTable& table, const std::vector<std::string>& cells) = 0;
    /// Brings all to the disk and into place. Error if that fails: then nothing has changed.
    virtual void keep() = 0;
};

/// The table that a column refers to by the same name there; nullptr if it refers to none.
const RowTable* referred_to(const RowTable& table, std::string_view column);

/// All tables, each behind those that its rows refer to.
std::span<const RowTable* const> row_tables();

/// The album and its artists.
void write_rows(const store::AlbumRecord& album, RowSink& sink);
/// The release with its artists, events, labels, media and addresses, but not its tracks.
void write_rows(const ReleaseOfAlbum& of, RowSink& sink);
void write_rows(const store::TrackRecord& track, RowSink& sink);

}  // namespace pressings::render
