#include "source/http/redirects.hpp"

#include <string>

#include <doctest/doctest.h>

#include "source/release_source.hpp"

using namespace pressings::source;

namespace {

/// Where it leads, or the code of the error.
std::string followed(const std::string& url, const std::string& target) {
    try {
        return redirect_target(url, target);
    } catch (const SourceError& error) {
        CHECK(error.kind == ErrorKind::transient);
        return error.code;
    }
}

}  // namespace

TEST_CASE("a redirect from https leads nowhere but to https") {
    CHECK(followed("https://a.example/x", "https://b.example/y") == "https://b.example/y");
    CHECK(followed("https://a.example/x", "http://b.example/y") == "bad_redirect");
    CHECK(followed("HTTPS://a.example/x", "http://b.example/y") == "bad_redirect");
    CHECK(followed("https://a.example/x", "HTTP://b.example/y") == "bad_redirect");
    CHECK(followed("https://a.example/x", "http://a.example.evil/y") == "bad_redirect");
}

TEST_CASE("the same host is asked by https, though it prints http before its address") {
    CHECK(followed("https://a.example/x", "http://a.example/y") == "https://a.example/y");
}

TEST_CASE("a redirect from http may lead to either") {
    CHECK(followed("http://a.example/x", "https://b.example/y") == "https://b.example/y");
    CHECK(followed("http://a.example/x", "http://b.example/y") == "http://b.example/y");
}

TEST_CASE("a redirect to anything but http and https is not followed") {
    for (const char* target : {"file:///etc/passwd", "ftp://a.example/y", "", "/y", "gopher:x"}) {
        CAPTURE(target);
        CHECK(followed("http://a.example/x", target) == "bad_redirect");
        CHECK(followed("https://a.example/x", target) == "bad_redirect");
    }
}
