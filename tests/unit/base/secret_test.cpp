#include "base/secret.hpp"

#include <array>
#include <utility>

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("Of a location with a password everything but that is shown") {
    const std::array<std::pair<const char*, const char*>, 8> cases{{
        {"postgresql://ann:s3cret@db.example/music", "postgresql://ann@db.example/music"},
        {"postgresql://ann@db.example:5433/music", "postgresql://ann@db.example:5433/music"},
        {"postgresql://db.example/music?user=ann&password=s3cret&sslmode=require",
         "postgresql://db.example/music?user=ann&password=...&sslmode=require"},
        {"service=music password=s3cret connect_timeout=3",
         "service=music password=... connect_timeout=3"},
        {"service=music password='with a \\' quote' user=ann",
         "service=music password=... user=ann"},
        {"service=music password=", "service=music password=..."},
        {"https://me:s3cret@mirror.example/ws/2", "https://me@mirror.example/ws/2"},
        {"/home/ann/catalog.db", "/home/ann/catalog.db"},
    }};
    for (const auto& [location, shown] : cases)
        CHECK(without_password(location) == shown);
}
