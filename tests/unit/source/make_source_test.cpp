#include <doctest/doctest.h>

#include "service.hpp"
#include "source/release_source.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

TEST_CASE("a source that is of no known kind is refused with those that are") {
    for (const char* spec :
         {"", "musicbrainz.org", "ftp://example.org/", "mirror:", "https", "file:", "https://",
          "https:///ws/2", "https://example.org/ws/2?a=b"}) {
        CAPTURE(spec);
        CHECK_THROWS_AS(make_source(spec, impatient_options()), UsageError);
    }
    CHECK_THROWS_WITH_AS(make_source("copy:x", {}), doctest::Contains("file:FOLDER"), UsageError);
    CHECK_THROWS_WITH_AS(make_source("copy:x", {}), doctest::Contains("https://"), UsageError);
}

TEST_CASE("a folder that is not there is an error before any work") {
    CHECK_THROWS_WITH_AS(make_source("file:/no/such/folder", {}),
                         doctest::Contains("/no/such/folder"), Error);
    CHECK_THROWS_AS(make_source("file:" PRESSINGS_TEST_DATA "/musicbrainz/README.md", {}), Error);
}

TEST_CASE("a mirror that is not there, or is none, is an error before any work") {
    CHECK_THROWS_WITH_AS(make_source("mirror:/no/such/mirror", {}),
                         doctest::Contains("musicbrainz-mirror load"), Error);
    CHECK_THROWS_AS(make_source("mirror:" PRESSINGS_TEST_DATA "/musicbrainz/README.md", {}), Error);
    CHECK_THROWS_WITH_AS(make_source("copy:x", {}), doctest::Contains("mirror:FILE"), UsageError);
}

TEST_CASE("the root of a service may end with slashes") {
    Service service;
    const auto source = make_source(service.server.root() + "//", impatient_options());
    CHECK(source->releases_of(mbid(k_rumours), {}).releases.size() == 3);
    CHECK(service.targets()[0].rfind("/ws/2/release?", 0) == 0);
}
