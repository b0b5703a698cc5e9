#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/catalogue.hpp"

/// What people tell editions of an album apart by, as MusicBrainz Picard names them
/// (picard/releasegroup.py): date, country, labels and catalogue numbers, and more only where that
/// leaves two alike.
namespace pressings {

/// Which of its details an edition needs beside date, country, labels and barcode.
struct EditionMarks {
    bool title = false;
    bool media = false;
    bool tracks = false;  ///< how many
    bool disambiguation = false;
    bool packaging = false;
    bool mbid = false;  ///< nothing else tells it from another edition

    friend bool operator==(const EditionMarks&, const EditionMarks&) = default;
};

/// The marks of each of `editions`, which are neighbours in a list: of one album and plain format.
/// Title, media and number of tracks are marks where they are not what most of the list have (the
/// earlier in the list where two are equally common), a disambiguation where not all have the same;
/// packaging where editions that are alike in all of that, and in date, country, labels, barcode
/// and status, differ in it; the MBID where even then two are alike.
std::vector<EditionMarks> edition_marks(std::span<const Release* const> editions);

/// How many tracks an edition has, data tracks and those in a pregap left out. Nothing if that of a
/// medium is not known.
std::optional<int> track_count(const Release& release);

}  // namespace pressings
