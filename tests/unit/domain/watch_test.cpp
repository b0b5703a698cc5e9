#include "domain/watch.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;

namespace {

Album album(const char* type, const std::vector<std::string>& secondary = {}) {
    Album album;
    album.title = "An album";
    if (type != nullptr) album.primary_type = type;
    album.secondary_types = secondary;
    return album;
}

}  // namespace

TEST_CASE("Types are wanted and excluded, primary or secondary, in any case") {
    const TypeFilter filter{{"Album", "ep"}, {"live"}};
    CHECK(is_taken(album("album"), filter));
    CHECK(is_taken(album("EP", {"Demo"}), filter));
    CHECK_FALSE(is_taken(album("Album", {"Live"}), filter));
    CHECK_FALSE(is_taken(album("Single"), filter));
    CHECK_FALSE(is_taken(album(nullptr), filter));
    CHECK(is_taken(album(nullptr), {{}, {"live"}}));
    CHECK(is_taken(album("Single", {"Live"}), {}));
    CHECK(is_taken(Album{}, filter));  // nothing of it could be read
}

TEST_CASE("Types are a text where a job keeps them") {
    for (const TypeFilter& filter :
         {TypeFilter{}, TypeFilter{{"album"}, {}}, TypeFilter{{}, {"dj-mix"}},
          TypeFilter{{"mixtape/street", "ep"}, {"live", "audio drama"}}}) {
        CHECK(parse_type_filter(to_text(filter)) == filter);
    }
    CHECK(to_text({{"album", "ep"}, {"live"}}) == "album,ep,-live");
}

TEST_CASE("A look is a text where a job keeps it; what is none is a look at everything") {
    const WatchLook look{EntityType::label, {{"album"}, {"live"}}, 4000};
    CHECK(to_arguments(look) == "label;album,-live;4000");
    CHECK(parse_watch_look(to_arguments(look)) == look);
    CHECK(to_arguments({}) == ";;0");
    for (const char* text : {"", ";;", ";;-1", "x;;99999999999999999999", ";;1x"})
        CHECK(parse_watch_look(text) == WatchLook{});
}

TEST_CASE("A part is followed by the next at once, a whole look by one an interval later") {
    const WatchLook done{EntityType::artist, {}, 2000};
    CHECK(next_look(done, done, 4000, 50, 100).at_once->position == 4000);
    const NextLook whole = next_look(done, done, {}, 50, 100);
    CHECK_FALSE(whole.at_once);
    CHECK(whole.look_at_ms == 150);
    CHECK_FALSE(next_look(done, done, 2000, 50, 100).at_once);  // it would go on for ever
    const WatchLook other{EntityType::artist, {{"ep"}, {}}, 0};
    CHECK(next_look(done, other, {}, 50, 100).at_once == other);
}
