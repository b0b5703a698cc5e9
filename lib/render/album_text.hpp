#pragma once

#include <vector>

#include "cli/output.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// An album with all that the catalogue has of it.
struct WholeAlbum {
    store::AlbumRecord album;
    std::vector<store::ReleaseRecord> releases;  ///< in any order, removed ones included
    std::vector<store::OddityRecord> oddities;
};

enum class TrackLists { leave_out, show };

/// An album for people: what it is, a table of its editions by format and date, those that have
/// left it, and what was kept back. Outside text is made safe for a terminal. With TrackLists::show
/// each edition has its links, discs and tracks below it.
void print_album(const WholeAlbum& album, TrackLists tracks, const cli::Screen& screen,
                 cli::Output& output);

}  // namespace pressings::render
