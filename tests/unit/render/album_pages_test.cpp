#include "render/album_pages.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

TEST_CASE("A medium of which no track is known has no table on the page of its album") {
    render::AlbumPage page{store::AlbumRecord{}};
    store::ReleaseRecord record;
    record.release = release(1, "A release");
    Medium bare = record.release.media.front();
    bare.tracks.emplace();
    record.release.media.push_back(bare);
    bare.tracks.reset();
    record.release.media.push_back(bare);
    page.add(record);
    const std::string html = page.finish();
    const auto first = html.find("<caption>");
    CHECK(first != std::string::npos);
    CHECK(html.find("<caption>", first + 1) == std::string::npos);
}
