#pragma once

#include <vector>

#include "support/held_release.hpp"

namespace pressings::test {

/// A box of 120 discs with 1,440 tracks, and five smaller editions of it with 220 each.
std::vector<HeldRelease> box_set();
/// One with an event in each of 249 countries, one with none.
std::vector<HeldRelease> sold_everywhere();
/// Arabic and Hebrew, with the characters that turn text around and the marks that do not.
std::vector<HeldRelease> right_to_left();
/// Characters outside the first plane, joined, coloured, as flags.
std::vector<HeldRelease> emoji_titles();
/// Media 2, 5 and 9; tracks that begin late, skip and are numbered by side; hidden and data tracks
/// beside them; a medium of nothing else, and one of nothing at all.
std::vector<HeldRelease> with_gaps();
/// Official, withdrawn, expunged, cancelled before its day, cancelled without one.
std::vector<HeldRelease> called_off();

/// All of these, six groups of one artist.
std::vector<HeldRelease> unusual_releases();

}  // namespace pressings::test
