#include "base/json_parser.hpp"

#include <cstdint>
#include <new>
#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace {

/// The allocation that fails, counted down; none at 0.
int fails_after = 0;

}  // namespace

/// simdjson asks for all its memory in this way.
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    if (fails_after > 0 && --fails_after == 0) return nullptr;
    try {
        return ::operator new[](size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

using namespace pressings;

namespace {

/// Nothing if memory ran out.
std::optional<std::int64_t> number_in(JsonParser& parser, const std::string& json) {
    try {
        return parser.parse(json)["numbers"].at(1).get_int64().value();
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace

TEST_CASE("A parser whose memory ran out at any allocation says so, and reads the next document") {
    const std::string small = R"({"numbers":[1,2]})";
    const std::string large = R"({"numbers":[1,2],"text":")" + std::string(10'000, 'x') + "\"}";
    int failed = 0;
    for (int n = 1; n <= 12; ++n) {
        CAPTURE(n);
        JsonParser parser{16, 100};
        fails_after = n;
        for (const std::string& json : {small, large}) {
            const auto number = number_in(parser, json);
            failed += number ? 0 : 1;
            CHECK(number.value_or(2) == 2);
            if (!number) CHECK(number_in(parser, json) == 2);
        }
        fails_after = 0;
    }
    CHECK(failed >= 3);  // the texts, the tape and the copy of the document
}

TEST_CASE("A parser tells a wrong document from a missing memory, and knows its depth") {
    JsonParser parser{4};
    CHECK(parser.parse("{\"a\":").error() != simdjson::SUCCESS);
    CHECK(parser.parse("[[[1]]]").error() == simdjson::SUCCESS);
    CHECK(parser.parse("[[[[[1]]]]]").error() == simdjson::DEPTH_ERROR);
    CHECK(parser.parse("[1]").error() == simdjson::SUCCESS);
}
