// Release groups: those of an artist, what a search found, and a single one.
#include "fuzz/answer.hpp"
#include "fuzz/musicbrainz_writer.hpp"
#include "fuzz/require_release.hpp"

namespace pressings::fuzz {

namespace {

void take_page(std::string_view input) {
    const auto page = read_answer(input, source::parse_group_page);
    if (!page) return;
    require(page->count >= 0, "a count is not negative");
    for (const Album& album : page->albums)
        require_whole(album);
    const std::string written = write(*page);
    require(write(source::parse_group_page(written)) == written, "written and read, it is equal");
}

void take_one(std::string_view input) {
    const auto group = read_answer(input, source::parse_release_group);
    if (!group) return;
    require_whole(*group);
    const std::string written = write(*group);
    require(write(source::parse_release_group(written)) == written,
            "written and read, it is equal");
}

}  // namespace

void take(std::string_view input) {
    take_page(input);
    take_one(input);
}

}  // namespace pressings::fuzz
