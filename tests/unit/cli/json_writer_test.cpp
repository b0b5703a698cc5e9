#include "cli/json_writer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/output.hpp"

using namespace pressings;
using namespace pressings::cli;

namespace {

template <typename Value>
std::string written(const Value& value) {
    std::string text;
    JsonWriter{text}.value(value);
    return text;
}

}  // namespace

TEST_CASE("What is written as it comes is what a document gives") {
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member("number", -7);
    json.member("flag", true);
    json.member("nothing", std::optional<int>{});
    json.key("list");
    json.begin_array();
    json.value("a");
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.end_array();
    json.end_array();
    json.raw_member("raw", "[1,2]");
    json.member("date", PartialDate::parse("1973-03"));
    json.end_object();
    CHECK(text == R"({"number":-7,"flag":true,"nothing":null,"list":["a",{},[]],"raw":[1,2],)"
                  R"("date":"1973-03"})");
}

TEST_CASE("A text is written as a document writes it, whatever is in it") {
    std::vector<std::string> texts{"",
                                   "plain",
                                   "\"quoted\" \\ back",
                                   "tab\tline\nend",
                                   "Für",
                                   "Don’t",
                                   "三毒史 🎵",
                                   std::string("\0", 1),
                                   "\x7F",
                                   "\u0085",
                                   "\u202E turned",
                                   "\xFF broken",
                                   "\xC2",
                                   "a\xE2\x80",
                                   "\u2028",
                                   "\xED\xA0\x80"};
    for (int byte = 0; byte < 256; ++byte)
        texts.push_back(std::string("x") + static_cast<char>(byte) + "y");
    for (const std::string& text : texts) {
        CAPTURE(text);
        CHECK(written(text) == json_text(nlohmann::ordered_json(text)));
    }
}

TEST_CASE("An MBID is written in its usual form") {
    const std::string mbid = "6e335887-60ba-38f0-95af-fae7774336bf";
    CHECK(written(*Mbid::parse(mbid)) == "\"" + mbid + "\"");
}
