#include "base/boxed_json.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("a document that the parser can hold has no boxes") {
    for (const char* json :
         {"", "{}", "[1, -2.5e3, 18446744073709551615, -9223372036854775808]",
          R"({"a": "\ud83c\udfb5 \\ud800 \" 1e999"})", "\"", "{\"\\", "1.5", "[[[", "01"}) {
        CAPTURE(json);
        CHECK_FALSE(box_unreadable_values(json));
    }
}

TEST_CASE("a number beyond what numbers can be is put in a box, and nothing else") {
    CHECK(box_unreadable_values(R"({"a": 1, "b": 18446744073709551616, "c": "1e999"})") ==
          R"({"a": 1, "b": [["18446744073709551616"]], "c": "1e999"})");
    CHECK(box_unreadable_values("[-9223372036854775809, 1e999,2]") ==
          R"([[["-9223372036854775809"]], [["1e999"]],2])");
    const auto boxed = box_unreadable_values(std::string(100'000, '9'));
    REQUIRE(boxed);
    CHECK(boxed->size() < 100);
}

TEST_CASE("a string with half of a surrogate pair is put in a box, unless it is a key") {
    for (const char* json :
         {R"("\ud800")", R"("a\udc00b")", R"("\ud800\ud800")", R"("\\\ud800x")"}) {
        CAPTURE(json);
        CHECK(box_unreadable_values(json) == R"([["a string with half of a surrogate pair"]])");
    }
    CHECK_FALSE(box_unreadable_values(R"({"\ud800" : 1})"));
}

TEST_CASE("what is nested 64 deep is put in a box") {
    const std::string open(70, '[');
    const std::string close(70, ']');
    const auto boxed = box_unreadable_values(R"({"a":)" + open + R"("]")" + close + R"(,"b":1})");
    REQUIRE(boxed);
    CHECK(boxed == R"({"a":)" + std::string(63, '[') + R"([["nested too deeply"]])" +
                       std::string(63, ']') + R"(,"b":1})");
    CHECK(box_unreadable_values(std::string(1'000'000, '{')));
}

TEST_CASE("what is in a box is shown without it") {
    CHECK(unboxed(R"([["1e999"]])") == "1e999");
    CHECK(unboxed(R"("1973")") == R"("1973")");
    CHECK(unboxed("[[1]]") == "[[1]]");
}
