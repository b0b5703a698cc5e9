#include "domain/edition_wishes.hpp"

#include <doctest/doctest.h>

#include "support/samples.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

EditionWishes wishes(const std::string& text) {
    const auto read = parse_wishes(text);
    REQUIRE(std::holds_alternative<EditionWishes>(read));
    return std::get<EditionWishes>(read);
}

std::string fault(const std::string& text) {
    const auto read = parse_wishes(text);
    REQUIRE(std::holds_alternative<std::string>(read));
    return std::get<std::string>(read);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A comma parts keys and values alike") {
    CHECK(wishes("country=GB,XE,format=cd,date=earliest") ==
          EditionWishes{{EditionKey::country, {"GB", "XE"}},
                        {EditionKey::format, {"cd"}},
                        {EditionKey::date, {"earliest"}}});
    CHECK(wishes("label=Sony Music\\, Inc.,EMI")[0].values ==
          std::vector<std::string>{"Sony Music, Inc.", "EMI"});
}

TEST_CASE("Case does not count, and values come out as they are spelled elsewhere") {
    CHECK(wishes("Country=gb, xe")[0].values == std::vector<std::string>{"GB", "XE"});
    CHECK(wishes("status=bootleg,pseudo-release")[0].values ==
          std::vector<std::string>{"Bootleg", "Pseudo-Release"});
    CHECK(wishes("format=CD")[0].values == std::vector<std::string>{"cd"});
}

TEST_CASE("What no edition can be is told of, with the nearest that it can") {
    CHECK(has(fault("contry=GB"), "did you mean country?"));
    CHECK(has(fault("status=oficial"), "did you mean official?"));
    CHECK(has(fault("format=vinil"), "did you mean vinyl?"));
    CHECK(has(fault("date=first"), "earliest, latest"));
    CHECK(has(fault("country=England"), "ISO 3166"));
    CHECK(has(fault("GB"), "has no key before it"));
    CHECK(has(fault(""), "has no key before it"));
    CHECK(has(fault("country="), "country has no value"));
    CHECK(has(fault("country=GB,,XE"), "country has no value"));
    CHECK(has(fault("country=GB,format=cd,country=US"), "country is there twice"));
    CHECK(has(fault("date=earliest,latest"), "date takes one value"));
}

TEST_CASE("Nothing is excluded by an order") {
    CHECK(std::holds_alternative<std::string>(parse_exclusions("date=latest")));
    CHECK(std::holds_alternative<std::string>(parse_exclusions("tracks=most")));
    CHECK(std::holds_alternative<EditionWishes>(parse_exclusions("barcode=no,status=bootleg")));
}

TEST_CASE("An edition has a country by any of its events, and a label by its name or MBID") {
    Release one = release(1, "Album");
    one.country = "US";
    one.events.push_back({std::nullopt, "GB", std::nullopt, std::nullopt});
    LabelInfo info;
    info.label = Label{mbid(70), "Björk's Own", {}, {}, {}, {}};
    one.label_info.push_back(info);
    CHECK(matched_value({EditionKey::country, {"XE", "GB"}}, one) == 1);
    CHECK_FALSE(matched_value({EditionKey::country, {"DE"}}, one));
    CHECK(matched_value({EditionKey::label, {"bjork’s own", "BJORK's own"}}, one) == 1);
    CHECK(matched_value({EditionKey::label, {mbid(70).to_string()}}, one) == 0);
    CHECK_FALSE(matched_value({EditionKey::label, {"Björk"}}, one));
    CHECK(edition_value(EditionKey::country, one) == "US, GB");
}

TEST_CASE("What is not known is no value, but an unknown status can be asked for") {
    Release one = release(1, "Album");
    one.status.reset();
    CHECK(matched_value({EditionKey::status, {"Official", "unknown"}}, one) == 1);
    CHECK_FALSE(matched_value({EditionKey::packaging, {"None"}}, one));
    CHECK(matched_value({EditionKey::barcode, {"no"}}, one) == 0);
    one.barcode = "0094";
    CHECK(matched_value({EditionKey::barcode, {"yes"}}, one) == 0);
    CHECK_FALSE(edition_value(EditionKey::packaging, one));
}
