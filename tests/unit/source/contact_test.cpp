#include "source/contact.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace pressings::source;

TEST_CASE("a contact is a mail address or a URL that can stand in a User-Agent") {
    for (const char* contact :
         {"me@example.org", "a.b+c@mail.example.co.uk", "https://example.org",
          "http://example.org/~me", "HTTPS://Example.org:8080/contact?x=1#y"}) {
        CAPTURE(contact);
        CHECK(contact_fault(contact) == "");
    }
    for (const std::string contact : {"",
                                      "me",
                                      "me@",
                                      "@example.org",
                                      "me@localhost",
                                      "me@example.",
                                      "me@.org",
                                      "me@exa mple.org",
                                      "me@a..org",
                                      "https://",
                                      "https:///contact",
                                      "ftp://example.org",
                                      "example.org",
                                      "me@example.org\r\nX: y",
                                      "me@example.org)",
                                      "m\xc3\xbc@example.org",
                                      "me@exam_ple.org",
                                      "a/b@example.org",
                                      "TODO",
                                      "none"}) {
        CAPTURE(contact);
        CHECK(contact_fault(contact).find("is neither a mail address nor a URL") !=
              std::string::npos);
    }
    CHECK(contact_fault("me@" + std::string(246, 'x') + ".org") == "");
    CHECK(contact_fault("me@" + std::string(248, 'x') + ".org") != "");
}

TEST_CASE("nobody reads at an address that is kept free for examples") {
    for (const char* example : {"you@example.org", "you@mail.Example.com", "https://example.net/me",
                                "me@some.test", "me@host.invalid", "http://localhost/me"}) {
        CAPTURE(example);
        CHECK(is_example(example));
    }
    for (const char* real : {"me@metabrainz.org", "https://counterexample.org", "me@example.de",
                             "https://musicbrainz.org/user/example.org"}) {
        CAPTURE(real);
        CHECK_FALSE(is_example(real));
    }
}
