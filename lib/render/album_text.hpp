#pragma once

#include <cstddef>
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

/// What it is written for.
struct Screen {
    std::size_t columns = 0;  ///< of the terminal; 0: as wide as it gets
    bool color = false;
};

enum class TrackLists { leave_out, show };

/// An album for people: what it is, a table of its editions by format and date, those that have
/// left it, and what was kept back. Outside text is made safe for a terminal. With TrackLists::show
/// each edition has its links, discs and tracks below it.
void print_album(const WholeAlbum& album, TrackLists tracks, const Screen& screen,
                 cli::Output& output);

}  // namespace pressings::render
