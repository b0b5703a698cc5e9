// A page of the releases of a release group.
#include <algorithm>

#include "fuzz/answer.hpp"
#include "fuzz/musicbrainz_writer.hpp"
#include "fuzz/require_release.hpp"
#include "musicbrainz/release_pages.hpp"

namespace pressings::fuzz {

namespace {

void require_put_together(const musicbrainz::BrowsePage& page) {
    musicbrainz::ReleasePages pages;
    const std::size_t added = pages.add(page, 0);
    require(pages.add(page, 0) == 0, "a page that is repeated adds nothing");
    require(added <= page.received() && pages.size() == added, "each release is there once");
    const musicbrainz::GroupReleases group = pages.take(1);
    const auto odd = std::count_if(group.oddities.begin(), group.oddities.end(),
                                   [](const Oddity& oddity) { return !is_of_group(oddity); });
    require(group.releases.size() + static_cast<std::size_t>(odd) == added,
            "and all of them are given");
}

}  // namespace

void take(std::string_view input) {
    const auto page = read_answer(input, musicbrainz::parse_browse_page);
    if (!page) return;
    require(page->release_count >= 0 && page->release_offset >= 0, "a count is not negative");
    for (const Release& release : page->releases)
        require_whole(release);
    for (const musicbrainz::OddRelease& odd : page->odd)
        require_whole(odd.oddity);
    if (page->odd_group) require_whole(*page->odd_group);
    if (page->release_group) require_whole(*page->release_group);
    require_put_together(*page);
    const std::string written = write(*page);
    require(write(musicbrainz::parse_browse_page(written)) == written,
            "written and read, it is equal");
}

}  // namespace pressings::fuzz
