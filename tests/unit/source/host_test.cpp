#include "source/host.hpp"

#include <doctest/doctest.h>

using namespace pressings::source;

TEST_CASE("the host of a source is the one that limits its requests") {
    CHECK(host_of("https://musicbrainz.org/ws/2") == "musicbrainz.org");
    CHECK(host_of("HTTPS://MusicBrainz.org.:443/ws/2") == "musicbrainz.org");
    CHECK(host_of("http://me:secret@127.0.0.1:5000/ws/2") == "127.0.0.1");
    CHECK(host_of("http://[::1]:5000/ws/2") == "[::1]");
    CHECK(host_of("https://example.org") == "example.org");
    for (const char* local : {"file:folder", "mirror:file", "http", "HTTP", ""})
        CHECK(host_of(local) == std::nullopt);
}

TEST_CASE("a server of one's own is asked 50 times a second, any other once") {
    for (const char* own : {"localhost", "mirror.localhost", "127.0.0.1", "127.255.0.9", "10.1.2.3",
                            "172.16.0.1", "172.31.255.255", "192.168.1.2", "169.254.7.7", "[::1]",
                            "[fd12::1]", "[fe80::1%eth0]", "[::ffff:10.0.0.1]"}) {
        CAPTURE(own);
        CHECK(is_own(own));
        CHECK(default_rate(own) == 50);
    }
    for (const char* other : {"musicbrainz.org", "beta.musicbrainz.org", "example.org", "mirror",
                              "localhost.example.org", "128.0.0.1", "11.0.0.1", "172.15.255.255",
                              "172.32.0.1", "192.169.0.1", "8.8.8.8", "127.1", "0x7f000001",
                              "[2001:db8::1]", "[::]", "[::ffff:8.8.8.8]", "[fec0::1]", ""}) {
        CAPTURE(other);
        CHECK_FALSE(is_own(other));
        CHECK(default_rate(other) == 1);
    }
}

TEST_CASE("musicbrainz.org is known by its whole name and the names under it") {
    CHECK(is_musicbrainz("musicbrainz.org"));
    CHECK(is_musicbrainz("beta.musicbrainz.org"));
    CHECK_FALSE(is_musicbrainz("notmusicbrainz.org"));
    CHECK_FALSE(is_musicbrainz("musicbrainz.org.example.com"));
}
