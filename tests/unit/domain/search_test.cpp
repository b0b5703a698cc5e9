#include <doctest/doctest.h>

#include "domain/search_query.hpp"

using namespace pressings;

namespace {

using Readings = std::vector<SearchWords>;

Readings title(std::string_view text) {
    return search_readings(SearchField::title, text);
}

SearchQuery parse(std::vector<std::string> arguments) {
    return parse_search(arguments);
}

/// Whether the whole query, typed as one argument, occurs in a name.
bool finds(const std::string& typed, const SearchName& name) {
    const SearchQuery query = parse({typed});
    return !query.terms.empty() &&
           std::all_of(query.terms.begin(), query.terms.end(),
                       [&](const auto& term) { return term.occurs_in(name); });
}

}  // namespace

TEST_CASE("Case, accents, width and punctuation around words do not count in a search") {
    CHECK(title("Blue Train") == Readings{{"blue", "train"}});
    CHECK(title("  BLUE   train ") == Readings{{"blue", "train"}});
    CHECK(title("Für Elise!") == Readings{{"fur", "elise"}});
    CHECK(title("ＢＥＹＯＮＣÉ") == Readings{{"beyonce"}});
    CHECK(title("“Heroes”") == Readings{{"heroes"}});
}

TEST_CASE("Punctuation inside a word parts it, or does not") {
    CHECK(title("AC/DC") == Readings{{"ac", "dc"}, {"acdc"}});
    CHECK(title("R.E.M.") == Readings{{"r", "e", "m"}, {"rem"}});
    CHECK(title("Don’t Stop") == Readings{{"dont", "stop"}});
}

TEST_CASE("A name without a word in it can be searched for as it stands") {
    CHECK(title("!!!") == Readings{{"!!!"}});
    CHECK(title("( )") == Readings{{"()"}});
    CHECK(title("÷") == Readings{{"÷"}});
    CHECK(title("").empty());
    CHECK(title("   ").empty());
}

TEST_CASE("Scripts without blanks are searched character by character") {
    CHECK(title("三毒史") == Readings{{"三", "毒", "史"}});
    CHECK(title("TOKYO東京2") == Readings{{"tokyo", "東", "京", "2"}});
    CHECK(finds("毒史", {SearchField::title, "三毒史"}));
    CHECK_FALSE(finds("三史", {SearchField::title, "三毒史"}));
}

TEST_CASE("A catalogue number is found with and without its blanks and dashes") {
    const SearchName number{SearchField::catalog_number, "BLP 1577"};
    for (const std::string typed :
         {"BLP 1577", "blp1577", "BLP-1577", "catno:\"BLP 1577\"", "1577"})
        CHECK_MESSAGE(finds(typed, number), typed);
    CHECK_FALSE(finds("blp 15", number));
}

TEST_CASE("A barcode is found with and without leading zeros") {
    const SearchName barcode{SearchField::barcode, "0634904032425"};
    CHECK(finds("634904032425", barcode));
    CHECK(finds("00634904032425", barcode));
    CHECK(finds("barcode:0-63490-40324-25", barcode));
    CHECK_FALSE(finds("barcode:63490403242", barcode));
    CHECK(search_readings(SearchField::barcode, "0000").empty());
}

TEST_CASE("Words in quotes stand one after the other, in one name") {
    const SearchName name{SearchField::track, "You Are the Blue Train"};
    CHECK(finds("\"blue train\"", name));
    CHECK(finds("train blue", name));
    CHECK_FALSE(finds("\"train blue\"", name));
    CHECK_FALSE(finds("\"blue tra\"", name));
    CHECK(finds("\"blue train", name));  // what the hand forgot to close
}

TEST_CASE("A field before a word says where it is to be") {
    const SearchQuery query = parse({"label:impulse", "artist:\"john coltrane\"", "ballads"});
    REQUIRE(query.terms.size() == 3);
    CHECK(query.terms[0].any_of[0].field == SearchField::label);
    CHECK(query.terms[1].any_of[0].words == SearchWords{"john", "coltrane"});
    CHECK_FALSE(query.terms[2].any_of[0].field);
    CHECK(parse_search_field("ALBUM") == SearchField::title);
    CHECK(parse_search_field("catno") == SearchField::catalog_number);
    CHECK_FALSE(parse_search_field("lable"));
}

TEST_CASE(
    "A shell takes the quotes behind a field; the rest of its argument is meant all the same") {
    const SearchQuery query = parse({"label:blue note", "coltrane"});
    REQUIRE(query.terms.size() == 2);
    CHECK(query.terms[0].any_of[0].words == SearchWords{"blue", "note"});
}

TEST_CASE("What only looks like a field is words") {
    const SearchQuery query = parse({"Mission: Impossible"});
    REQUIRE(query.terms.size() == 2);
    CHECK(query.terms[0].any_of[0].words == SearchWords{"mission"});
}

TEST_CASE("Punctuation beside words is left out, for longer names have no such word") {
    CHECK(parse({"radiohead - in rainbows"}).terms.size() == 3);
    CHECK(parse({"go !!! now"}).terms.size() == 2);
    CHECK(parse({"!!!"}).terms.size() == 1);
    CHECK(parse({"artist:!!!", "louden"}).terms.size() == 2);
}

TEST_CASE("An \"and\" beside other words is left out, for names have signs for it, or nothing") {
    CHECK(parse({"gift and curse"}).terms.size() == 2);
    CHECK(parse({"gift & curse"}).terms.size() == 2);
    CHECK(parse({"\"and\" title:and"}).terms.size() == 2);
    CHECK(parse({"and"}).terms.size() == 1);
}

TEST_CASE("An asterisk, or a second try, lets a word go on") {
    const SearchName name{SearchField::artist, "Radiohead"};
    CHECK(finds("radio*", name));
    CHECK_FALSE(finds("radio", name));
    CHECK(with_prefixes(parse({"radio"})).terms[0].occurs_in(name));
}

TEST_CASE("MBIDs are looked for as such, by themselves or at the end of a page's address") {
    const std::string mbid = "6e335887-60ba-38f0-95af-fae7774336bf";
    CHECK(parse({mbid}).mbids == std::vector{*Mbid::parse(mbid)});
    CHECK(parse({"https://musicbrainz.org/release-group/" + mbid}).mbids.size() == 1);
    CHECK(parse({mbid, "rainbows"}).terms.size() == 1);
}

TEST_CASE("A query of nothing but blanks is empty, and a long one is bounded") {
    CHECK(parse({"", "  ", "\"\""}).is_empty());
    CHECK(parse(std::vector<std::string>(1000, "love")).terms.size() == 16);
}

TEST_CASE("What was named whole comes before what has more words, titles before tracks") {
    const auto score = [](SearchFit fit) { return search_score(fit); };
    const SearchFit whole{{SearchField::title}, 1, 0, true, false, 1};
    const SearchFit part{{SearchField::title}, 1, 0, false, false, 9};
    const SearchFit track{{SearchField::track}, 0, 0, false, false, 9};
    CHECK(score(whole) > score(part));
    CHECK(score(part) > score(track));
    SearchFit often = part;
    often.releases = 100;
    CHECK(score(often) > score(part));
}
