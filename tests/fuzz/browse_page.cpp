// A page of the releases of a release group.
#include <algorithm>

#include "base/text.hpp"
#include "fuzz/answer.hpp"
#include "fuzz/musicbrainz_writer.hpp"
#include "fuzz/require_release.hpp"
#include "source/json/json_unknown.hpp"
#include "source/ws2/release_pages.hpp"

namespace pressings::fuzz {

namespace {

void require_put_together(const source::BrowsePage& page) {
    source::ReleasePages pages;
    const std::size_t added = pages.add(page, 0);
    require(pages.add(page, 0) == 0, "a page that is repeated adds nothing");
    require(added <= page.received() && pages.size() == added, "each release is there once");
    const source::GroupReleases group = pages.take(1);
    const auto odd = std::count_if(group.oddities.begin(), group.oddities.end(),
                                   [](const Oddity& oddity) { return !is_of_group(oddity); });
    require(group.releases.size() + static_cast<std::size_t>(odd) == added,
            "and all of them are given");
}

/// Whatever nobody knows of it, what is told of that is bounded.
void require_bounded_fields(std::string_view input) {
    constexpr std::size_t k_most_fields = 1'000;
    constexpr std::size_t k_longest_example = 110;
    source::UnknownFields fields;
    fields.take(input);
    const auto found = fields.found();
    require(found.size() <= k_most_fields, "not without end");
    for (const auto& field : found) {
        require(!field.path.empty() && field.times > 0, "a field that was met has a path");
        require(is_utf8(field.path) && is_utf8(field.example), "cut between characters");
        require(field.example.size() <= k_longest_example, "a value is shown in short");
    }
}

}  // namespace

void take(std::string_view input) {
    require_bounded_fields(input);
    const auto page = read_answer(input, source::parse_browse_page);
    if (!page) return;
    require(page->release_count >= 0 && page->release_offset >= 0, "a count is not negative");
    for (const Release& release : page->releases)
        require_whole(release);
    for (const source::OddRelease& odd : page->odd)
        require_whole(odd.oddity);
    if (page->odd_group) require_whole(*page->odd_group);
    if (page->release_group) require_whole(*page->release_group);
    require_put_together(*page);
    const std::string written = write(*page);
    require(write(source::parse_browse_page(written)) == written, "written and read, it is equal");
}

}  // namespace pressings::fuzz
