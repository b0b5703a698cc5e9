#include "base/file_uri.hpp"

#include <filesystem>

#include <doctest/doctest.h>

using pressings::file_uri;

TEST_CASE("What would mean something in a URI is written in hexadecimal") {
    CHECK(file_uri("/music/my_albums-2.db~") == "file:/music/my_albums-2.db~");
    CHECK(file_uri("/a b") == "file:/a%20b");
    CHECK(file_uri("/100%?mode=rw#x&y") == "file:/100%25%3Fmode%3Drw%23x%26y");
    CHECK(file_uri("/\xC3\xA9") == "file:/%C3%A9");
}

TEST_CASE("A path from here becomes one from the root: SQLite takes no other after \"file:\"") {
    CHECK(file_uri("catalog.db") ==
          file_uri((std::filesystem::current_path() / "catalog.db").string()));
}
