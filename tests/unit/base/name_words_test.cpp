#include "base/name_words.hpp"

#include <doctest/doctest.h>

#include "base/spelling.hpp"

using namespace pressings;

namespace {

bool same(std::string_view a, std::string_view b) {
    return is_same(words_of(a), words_of(b));
}

}  // namespace

TEST_CASE("a name is spelled plainly: quotes, dashes and blanks of the keyboard") {
    CHECK(plain_spelling("  Don\u2019t\u00A0 \u201CStop\u201D \u2013 now ") ==
          "Don't \"Stop\" - now");
    CHECK(plain_spelling("zero\u200Bwidth") == "zerowidth");
    CHECK(plain_spelling("Bjo\u0308rk") == "Björk");
}

TEST_CASE("diacritics are dropped from the letters of scripts that only decorate with them") {
    CHECK(plain_letters("Sigur Rós") == "sigur ros");
    CHECK(plain_letters("Ἄξιον Ἐστί") == plain_letters("Αξιον Εστι"));
    CHECK(plain_letters("Ёлка") == plain_letters("Елка"));
    CHECK(plain_letters("ＡＢＢＡ") == "abba");
}

TEST_CASE("marks that make another letter are kept") {
    CHECK(plain_letters("ハート") != plain_letters("バード"));
    CHECK(plain_letters("ﾊﾞｰﾄﾞ") == plain_letters("バード"));
    CHECK(plain_letters("Май") != plain_letters("Маи"));
    CHECK(plain_letters("กิน") != plain_letters("กัน"));
}

TEST_CASE("punctuation does not count, in whichever way it parts words") {
    CHECK(same("AC/DC", "ACDC"));
    CHECK(same("AC/DC", "ac-dc"));
    CHECK(same("R.E.M.: Out-of-Time", "REM Out of Time"));
    CHECK(same("J.S. Bach", "J. S. Bach"));
    CHECK(same("Don\u2019t", "Dont"));
    CHECK(same("Wham!", "wham"));
    CHECK_FALSE(same("Nowhere", "Now Here"));
}

TEST_CASE("signs that say something count") {
    CHECK(same("F\u266FA\u266F\u221E", "f# a# \u221E"));
    CHECK_FALSE(same("A$AP Rocky", "AAP Rocky"));
    CHECK_FALSE(same("\u00F7", "+"));
    CHECK_FALSE(same("100%", "100"));
}

TEST_CASE("letters without a key are spelled as people spell them") {
    CHECK(same("Møøse", "Moose"));
    CHECK(same("Ænima", "Aenima"));
    CHECK(same("\u00D7", "x"));
}

TEST_CASE("a sign for and is and in any language, and two words for it are two words") {
    CHECK(same("Simon & Garfunkel", "Simon and Garfunkel"));
    CHECK(same("Florence + the Machine", "Florence and the Machine"));
    CHECK(same("Liebe & Schmerz", "Liebe und Schmerz"));
    CHECK(same("Rock 'n' Roll", "Rock & Roll"));
    CHECK(same("Rock'n'Roll", "Rock and Roll"));
    CHECK_FALSE(same("Liebe and Schmerz", "Liebe und Schmerz"));
    CHECK_FALSE(same("A+", "A and"));
}

TEST_CASE("a name of nothing but punctuation has no words to compare") {
    for (const char* name : {"( )", "!!!", "\?\?\?", "+", "&", "-", "..."}) {
        CAPTURE(name);
        CHECK(words_of(name).is_empty());
        CHECK_FALSE(same(name, name));
    }
    CHECK_FALSE(words_of("\u00F7").is_empty());
}

TEST_CASE("words that are often shortened are the same, long or short") {
    CHECK(same("Stan (feat. Dido)", "Stan (ft. Dido)"));
    CHECK(same("Stan (featuring Dido)", "Stan feat. Dido"));
    CHECK(same("Greatest Hits, Vol. 2", "Greatest Hits Volume 2"));
    CHECK(same("Red vs. Blue", "Red versus Blue"));
    CHECK_FALSE(same("Greatest Hits, Vol. 2", "Greatest Hits, Vol. 3"));
}
