#include "intake/decisions.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "intake/sheet.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::intake;
using namespace pressings::test;

namespace {

const std::string k_group = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

Decisions read(const std::string& text) {
    const TemporaryFolder folder;
    return read_decisions(folder.write("decided.csv", text));
}

/// The code with which a decision is refused; "" if it is not.
std::string refusal(const std::string& decision) {
    const auto read_one = read("decision,album,mbid\n" + decision + ",7,\n");
    return read_one.refused.empty() ? "" : read_one.refused[0].refusal.code;
}

}  // namespace

TEST_CASE("a sheet is read as spreadsheets write it: separators, quotes, a mark, line ends") {
    const TemporaryFolder folder;
    const auto sheet =
        read_sheet(folder.write("a.csv",
                                "\xEF\xBB\xBF"
                                "One;Two\r\n\"a \"\"b\"\"; c\r\nd\";'=1\r\n;\r\nx;y;z\r\n"));
    CHECK(sheet.columns == std::vector<std::string>{"one", "two"});
    REQUIRE(sheet.rows.size() == 2);
    CHECK(sheet.rows[0].text("one") == "a \"b\"; c\r\nd");
    CHECK(sheet.rows[0].text("two") == "=1");
    CHECK(sheet.rows[1].line == 5);
    CHECK_FALSE(sheet.rows[1].is_whole);
    CHECK(sheet.rows[1].text("three").empty());
}

TEST_CASE("a sheet without an end to its quote, or without anything, ends all the same") {
    const TemporaryFolder folder;
    CHECK(read_sheet(folder.write("a.csv", "one,two\n\"a,b")).rows.size() == 1);
    CHECK_THROWS_AS(read_sheet(folder.write("b.csv", "\n \n")), Error);
    CHECK_THROWS_AS(read_sheet(folder.file("none.csv")), Error);
}

TEST_CASE("a decision is a cross beside a candidate, an MBID, a URL, other words, or to skip") {
    const auto all = read("decision,album,mbid,artist,title,year\nx,1," + k_group + ",,,\n" +
                          "https://musicbrainz.org/release-group/" + k_group + ",2,,,,\n" +
                          "search,3,,Can,Tago Mago,1971\nSKIP,4,,,,\n,5,,,,\n,5,,,,\n");
    REQUIRE(all.refused.empty());
    REQUIRE(all.decisions.size() == 4);
    CHECK(all.undecided == 1);
    CHECK(std::get<TakeDecision>(all.decisions[0].what).mbid.to_string() == k_group);
    CHECK(std::get<TakeDecision>(all.decisions[1].what).mbid.to_string() == k_group);
    CHECK(std::get<SearchDecision>(all.decisions[2].what).words.year == 1971);
    CHECK(std::holds_alternative<SkipDecision>(all.decisions[3].what));
}

TEST_CASE("what is no decision is refused with its line") {
    CHECK(refusal("maybe") == "bad_decision");
    CHECK(refusal("https://musicbrainz.org/artist/" + k_group) == "wrong_entity");
    CHECK(refusal("https://www.discogs.com/release/249504-Rick-Astley") == "wrong_entity");
    CHECK(refusal("[m10362]") == "bad_decision");
    CHECK(refusal("x") == "bad_decision");
    CHECK(refusal("search") == "no_identity");
    const auto bad = read("decision,album\nskip,seven\n");
    REQUIRE(bad.refused.size() == 1);
    CHECK(bad.refused[0].line == 2);
    CHECK(bad.refused[0].refusal.code == "bad_album");
}

TEST_CASE("two decisions about an album are none, unless they are the same") {
    const auto same = read("decision,album,mbid\nx,1," + k_group + "\n" + k_group + ",1,\n");
    CHECK(same.decisions.size() == 1);
    CHECK(same.refused.empty());
    const auto differing = read("decision,album,mbid\nx,1," + k_group + "\nskip,1,\n");
    CHECK(differing.decisions.empty());
    REQUIRE(differing.refused.size() == 2);
    CHECK(differing.refused[0].line == 2);
    CHECK(differing.refused[1].refusal.code == "two_decisions");
}

TEST_CASE("what is no list of candidates is told") {
    CHECK_THROWS_WITH_AS(read("artist,title\nCan,Tago Mago\n"),
                         doctest::Contains("no column decision"), Error);
}
