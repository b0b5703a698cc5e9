#include "domain/identifier.hpp"

#include <doctest/doctest.h>

using namespace pressings;
using Kind = IdentifierKind;

namespace {

/// What is read, or why it is none.
std::string read(Kind kind, std::string_view text) {
    const auto read = read_identifier(kind, text);
    if (const auto* bad = std::get_if<BadIdentifier>(&read)) return "bad: " + bad->message;
    return std::get<Identifier>(read).value;
}

bool is_refused(Kind kind, std::string_view text, std::string_view because) {
    const std::string why = read(kind, text);
    return why.starts_with("bad: ") && why.find(because) != std::string::npos;
}

bool are_one(std::string_view a, std::string_view b) {
    return comparable({Kind::barcode, std::string{a}}) ==
           comparable({Kind::barcode, std::string{b}});
}

LabelInfo given_by(const std::string& label, const std::string& number) {
    LabelInfo info;
    info.catalog_number = number;
    if (!label.empty()) info.label.emplace().name = label;
    return info;
}

}  // namespace

TEST_CASE("A barcode is taken with its check digit, without blanks and hyphens") {
    CHECK(read(Kind::barcode, "724382975229") == "724382975229");
    CHECK(read(Kind::barcode, "4988031329207") == "4988031329207");
    CHECK(read(Kind::barcode, " 0 602577 684647 ") == "0602577684647");
    CHECK(read(Kind::barcode, "0-75990-30102-4") == "075990301024");
    CHECK(read(Kind::barcode, "7\u00A024382 97522\u00A09") == "724382975229");
    CHECK(read(Kind::barcode, "96385074") == "96385074");
    CHECK(read(Kind::barcode, "７２４３８２９７５２２９") == "724382975229");
    CHECK(read(Kind::barcode, "724382‐97522–9") == "724382975229");
}

TEST_CASE("A UPC and the EAN with a zero in front are one barcode; zeros are kept") {
    CHECK(read(Kind::barcode, "0075990301024") == "0075990301024");
    CHECK(are_one("075990301024", "0075990301024"));
    CHECK(are_one("602577684647", "0602577684647"));
    CHECK_FALSE(are_one("075990301024", "4075990301024"));
}

TEST_CASE("A wrong barcode is refused by what is wrong with it") {
    CHECK(is_refused(Kind::barcode, "724382975228", "check digit, would be 9"));
    CHECK(is_refused(Kind::barcode, "724328975229", "two changed places"));
    CHECK(is_refused(Kind::barcode, "75990301024", "it is 075990301024"));
    CHECK(is_refused(Kind::barcode, "602577684647000", "has 15 figures"));
    CHECK(is_refused(Kind::barcode, "72438", "has 5 figures"));
    CHECK(is_refused(Kind::barcode, "7.24383E+11", "spreadsheet"));
    CHECK(is_refused(Kind::barcode, "7,24383E+11", "spreadsheet"));
    CHECK(is_refused(Kind::barcode, "724382975229.0", "spreadsheet"));
    CHECK(is_refused(Kind::barcode, "SHVL 804", "is no barcode"));
    CHECK(is_refused(Kind::barcode, "0000000000000", "nothing but zeros"));
    CHECK(is_refused(Kind::barcode, "72438297522O", "is no barcode"));
    CHECK(is_refused(Kind::barcode, "\x1b[31m", "\\u{1B}[31m"));
}

TEST_CASE(
    "However lists write a barcode, it is taken as it is printed, or refused with the reason") {
    struct Row {
        std::string_view told;
        std::string_view outcome;
    };
    for (const auto& [told, outcome] : {
             Row{"5099902987620", "5099902987620"},         // EAN-13
             Row{"075990301024", "075990301024"},           // UPC-A
             Row{"96385074", "96385074"},                   // EAN-8
             Row{"5 099902 987620", "5099902987620"},       // as printed
             Row{"50-99902-98762-0", "5099902987620"},      // as shops write it
             Row{"'075990301024", "075990301024"},          // text, in a spreadsheet
             Row{"=\"075990301024\"", "075990301024"},      // likewise
             Row{"00075990301024", "0075990301024"},        // GTIN-14
             Row{"10075990301021", "bad: has 14 figures"},  // GTIN-14 of a carton
             Row{"75990301024", "bad: it is 075990301024"},
             Row{"07599030102", "bad: has 11 figures"},  // without its check digit
             Row{"5099902987621", "bad: would be 0"},    // the last figure is wrong
             Row{"5099902987602", "bad: two changed places"},
             Row{"96385075", "bad: would be 4"},
             Row{"5.0999E+12", "bad: a spreadsheet made a number of"},
             Row{"5,0999E+12", "bad: a spreadsheet made a number of"},
             Row{"5E+12", "bad: a spreadsheet made a number of"},
             Row{"5099902987620.00", "bad: a spreadsheet made a number of"},
             Row{"5.099.902.987.620", "bad: a spreadsheet made a number of"},
             Row{"EAN 5099902987620", "bad: is no barcode"},
             Row{"5099902987620 / 075990301024", "bad: is no barcode"},
             Row{"[none]", "bad: is no barcode"},
             Row{"n/a", "bad: is no barcode"},
             Row{"E", "bad: is no barcode"},
             Row{"'", "bad: is no barcode"},
             Row{"50999029876200000", "bad: has 17 figures"},
         }) {
        CAPTURE(told);
        if (outcome.starts_with("bad: ")) {
            CHECK(is_refused(Kind::barcode, told, outcome.substr(5)));
        } else {
            CHECK(read(Kind::barcode, told) == outcome);
        }
    }
}

TEST_CASE("A disc id has 28 signs, and ends as 160 bits do") {
    for (const char* id : {"XzPS7vW.HPHsYemQh0HBUGr8vuU-", "5JmJmTPkKkYLm2QFsIh1mpjIBsQ-",
                           "aa11_sPglQ1x0cybDcDi0OsZw9Q-", "TMXdzZkTcc9Jq24PD0w5J9_AXms-"}) {
        CHECK(read(Kind::disc_id, id) == id);
    }
    CHECK(read(Kind::disc_id, "https://musicbrainz.org/cdtoc/XzPS7vW.HPHsYemQh0HBUGr8vuU-?tab=1") ==
          "XzPS7vW.HPHsYemQh0HBUGr8vuU-");
    CHECK(is_refused(Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vuV-", "none ends so"));
    CHECK(is_refused(Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vu-", "28 letters"));
    CHECK(is_refused(Kind::disc_id, "XzPS7vW+HPHsYemQh0HBUGr8vuU=", "28 letters"));
    CHECK(is_refused(Kind::disc_id, "7e0b280c", "FreeDB"));
    CHECK(is_refused(Kind::disc_id, "", "28 letters"));
}

TEST_CASE("A Discogs id is a number, what Discogs writes for it, or a URL of its page") {
    for (const char* text :
         {"249504", " 249504 ", "r249504", "[r249504]", "[R249504]",
          "https://www.discogs.com/release/249504", "http://discogs.com/release/249504/",
          "https://www.discogs.com/release/249504-Rick-Astley-Never-Gonna-Give-You-Up?x=1#top",
          "https://www.discogs.com/de/release/249504-Rick-Astley",
          "https://www.discogs.com/Rick-Astley-Never-Gonna-Give-You-Up/release/249504",
          "WWW.Discogs.com/release/249504", "https://api.discogs.com/releases/249504"}) {
        CAPTURE(text);
        CHECK(read(Kind::discogs_release, text) == "249504");
    }
    for (const char* text :
         {"10362", "[m10362]", "https://www.discogs.com/master/10362",
          "https://www.discogs.com/master/view/10362", "https://api.discogs.com/masters/10362"}) {
        CHECK(read(Kind::discogs_master, text) == "10362");
    }
    for (const char* text :
         {"", "0", "-5", "1234567890123", "https://www.discogs.com/artist/249504",
          "https://discogs.com.example/release/249504",
          "https://example.org/discogs.com/release/249504", "https://www.discogs.com/release/x",
          "https://www.discogs.com/release/249504x", "release/249504"}) {
        CAPTURE(text);
        CHECK(is_refused(Kind::discogs_release, text, "is no Discogs release"));
    }
    for (const char* text : {"m10362", "https://www.discogs.com/master/10362"})
        CHECK(is_refused(Kind::discogs_release, text, "is a master at Discogs, and no release"));
    for (const char* text : {"7.53E+06", "7530535.0"})
        CHECK(is_refused(Kind::discogs_release, text, "spreadsheet"));
}

TEST_CASE("Catalogue numbers are compared by their letters and figures") {
    const auto same = [](const char* a, const char* b) {
        return comparable({Kind::catno, a}) == comparable({Kind::catno, b});
    };
    CHECK(same("SHVL 804", "shvl-804"));
    CHECK(same("7243 8 31478 2 3", "724383147823"));
    CHECK(same("CST012", "cst 012"));
    CHECK_FALSE(same("SHVL 804", "SHVL 805"));
    CHECK_FALSE(same("001", "1"));
    CHECK(read(Kind::catno, " SHVL 804 ") == "SHVL 804");
    CHECK(is_refused(Kind::catno, "---", "no letter"));
    CHECK(is_refused(Kind::catno, "none", "leave it out"));
    CHECK(is_refused(Kind::catno, std::string(201, '1'), "longer than any"));
    CHECK(is_refused(Kind::catno, "", "no letter"));
    CHECK(is_refused(Kind::catno, "[none]", "leave it out"));
    for (const char* text : {"None", "N/A", "n.a.", "Unknown", "[no catalog number]", "no cat. no.",
                             "NULL", "Not On Label"}) {
        CAPTURE(text);
        CHECK(is_refused(Kind::catno, text, "leave it out"));
    }
    CHECK(read(Kind::catno, "NA 001") == "NA 001");
    for (const char* odd : {"- oto - 4", "¿Qué? 1", "№ 7", "К60-05073", "[PIAS] 1", "AB/CD 2",
                            "2-400 051", "VIVO 123CD"}) {
        CAPTURE(odd);
        CHECK(read(Kind::catno, odd) == odd);
    }
}

TEST_CASE("A label is the same with words that the other leaves out") {
    CHECK(is_same_label("Harvest", "harvest"));
    CHECK(is_same_label("Harvest", "EMI Harvest"));
    CHECK(is_same_label("Atlantic Records", "Atlantic"));
    CHECK_FALSE(is_same_label("Harvest", "Columbia"));
    CHECK_FALSE(is_same_label("Blue Note", "Blue Horizon"));
    CHECK_FALSE(is_same_label("", "Columbia"));
}

TEST_CASE("A release bears what is printed on it, and is linked with") {
    Release release;
    release.barcode = "075990301024";
    release.label_info = {given_by("Warner Bros. Records", "3010-2"), given_by("", "R2-532752")};
    release.media.emplace_back().discs = {{"XzPS7vW.HPHsYemQh0HBUGr8vuU-", {}, {}, {}}};
    release.urls = {{"discogs", "https://www.discogs.com/release/3191626", {}, {}, {}}};
    CHECK(bears(release, {Kind::barcode, "0075990301024"}));
    CHECK_FALSE(bears(release, {Kind::barcode, "724382975229"}));
    CHECK(bears(release, {Kind::catno, "3010 2"}));
    CHECK(bears(release, {Kind::disc_id, "XzPS7vW.HPHsYemQh0HBUGr8vuU-"}));
    CHECK(bears(release, {Kind::discogs_release, "3191626"}));
    CHECK_FALSE(bears(release, {Kind::discogs_release, "319162"}));
    CHECK_FALSE(bears(Release{}, {Kind::barcode, "724382975229"}));
    CHECK(bears(release.label_info, {Kind::catno, "3010-2", {"Warner Bros."}}));
    CHECK_FALSE(bears(release.label_info, {Kind::catno, "3010-2", {"Harvest"}}));
}

TEST_CASE("An identifier is described safely") {
    CHECK(described(Identifier{Kind::barcode, "724382975229"}) == "barcode 724382975229");
    CHECK(described(Identifier{Kind::catno, "SHVL 804", {"Harvest"}}) ==
          "catalogue number \"SHVL 804\" (\"Harvest\")");
    CHECK(described(Identifier{Kind::discogs_master, "10362"}) == "Discogs master 10362");
    CHECK(described(Identifier{Kind::catno, "\x1b"}) == "catalogue number \"\\u{1B}\"");
}
