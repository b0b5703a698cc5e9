// Release groups: those of an artist, a label or a series, what a search found, and a single one.
#include "fuzz/answer.hpp"
#include "fuzz/musicbrainz_writer.hpp"
#include "fuzz/require_release.hpp"
#include "source/json/list_json.hpp"

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

void require_listed(const std::vector<Album>& albums) {
    for (const Album& album : albums)
        require_whole(album);
}

/// As what is watched lists them.
void take_lists(std::string_view input) {
    for (const auto parse : {source::parse_listed_groups, source::parse_listed_releases}) {
        if (const auto page = read_answer(input, parse)) require_listed(page->albums);
    }
    if (const auto series = read_answer(input, source::parse_series)) {
        require_listed(series->groups);
        if (series->series.name) require_storable(*series->series.name);
    }
    if (const auto group = read_answer(input, source::parse_group_of_release)) {
        if (*group) require_whole(**group);
    }
    if (const auto entity = read_answer(input, source::parse_entity)) {
        if (entity->name) require_storable(*entity->name);
    }
}

}  // namespace

void take(std::string_view input) {
    take_page(input);
    take_one(input);
    take_lists(input);
}

}  // namespace pressings::fuzz
