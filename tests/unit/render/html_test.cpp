#include "render/html.hpp"

#include <doctest/doctest.h>

using namespace pressings;
using render::escape_html;

TEST_CASE("Text from outside can neither open a tag nor leave an attribute") {
    CHECK(escape_html("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
    CHECK(escape_html("\" onclick='x'") == "&quot; onclick=&#39;x&#39;");
    CHECK(escape_html("R&B &lt;") == "R&amp;B &amp;lt;");
    CHECK(escape_html("三毒史 – Émilie") == "三毒史 – Émilie");
}

TEST_CASE("Controls, turned reading directions and broken UTF-8 are shown, not written") {
    CHECK(escape_html("a\x1B[31m") == "a\\u{1B}[31m");
    CHECK(escape_html("a\nb") == "a\\nb");
    CHECK(escape_html("\u202Egpj.exe") == "\\u{202E}gpj.exe");
    CHECK(escape_html("\u2066x\u2069") == "\\u{2066}x\\u{2069}");
    CHECK(escape_html("\xC3") == "\\x{C3}");
    CHECK(escape_html(std::string_view{"a\0b", 3}) == "a\\u{0}b");
}

TEST_CASE("An address on musicbrainz.org is made of an MBID alone") {
    const auto mbid = *Mbid::parse("6E335887-60ba-38f0-95af-fae7774336bf");
    CHECK(render::musicbrainz_url(render::Entity::release, mbid) ==
          "https://musicbrainz.org/release/6e335887-60ba-38f0-95af-fae7774336bf");
    CHECK(render::musicbrainz_url(render::Entity::release_group, mbid) ==
          "https://musicbrainz.org/release-group/6e335887-60ba-38f0-95af-fae7774336bf");
}
