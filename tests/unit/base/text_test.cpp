#include "base/text.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

using namespace pressings;
using namespace std::string_literals;

TEST_CASE("Text in any script is UTF-8") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("Björk — 坂本龍一 — 🎵"));
}

TEST_CASE("Cut, overlong and surrogate sequences are not UTF-8") {
    CHECK_FALSE(is_utf8("Bj\xF6rk"));          // Latin-1
    CHECK_FALSE(is_utf8("caf\xC3"));           // the second byte is missing
    CHECK_FALSE(is_utf8("\x80"));              // a continuation of nothing
    CHECK_FALSE(is_utf8("\xC0\xAF"));          // overlong "/"
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // a surrogate
    CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
}

TEST_CASE("Trimming takes white space off the ends and leaves it within") {
    CHECK(trim(" \t\r\n\v\fAbbey Road \n") == "Abbey Road");
    CHECK(trim(" \n ") == "");
    CHECK(trim("") == "");
}

TEST_CASE("Only ASCII letters are made small") {
    CHECK(ascii_lower("ABC xyz ÄÖ 1") == "abc xyz ÄÖ 1");
}

TEST_CASE("An escape sequence from outside cannot reach the terminal") {
    CHECK(escape_controls("\x1B[31mred\x1B[0m") == "\\u{1B}[31mred\\u{1B}[0m");
}

TEST_CASE("Line breaks and tabs are shown by their usual names") {
    CHECK(escape_controls("a\nb\tc\rd") == "a\\nb\\tc\\rd");
}

TEST_CASE("NUL, DEL and C1 controls are escaped") {
    CHECK(escape_controls("a\0b"s) == "a\\u{0}b");
    CHECK(escape_controls("a\x7F") == "a\\u{7F}");
    CHECK(escape_controls("\xC2\x9B"
                          "31m") == "\\u{9B}31m");  // CSI in one character
}

TEST_CASE("Characters that reorder a line are escaped") {
    CHECK(escape_controls("gpj.\u202Eexe") == "gpj.\\u{202E}exe");
    CHECK(escape_controls("\u202A\u2066\u2069") == "\\u{202A}\\u{2066}\\u{2069}");
}

TEST_CASE("Characters that some read as the end of a line are escaped") {
    CHECK(escape_controls("a\u2028b\u2029") == "a\\u{2028}b\\u{2029}");
}

TEST_CASE("Each byte that is not UTF-8 is escaped by itself") {
    CHECK(escape_controls("Bj\xF6rk\xFF") == "Bj\\x{F6}rk\\x{FF}");
}

TEST_CASE("Ordinary text is not changed by escaping") {
    CHECK(escape_controls("Sigur Rós ( ) — \\n 坂本 🎵") == "Sigur Rós ( ) — \\n 坂本 🎵");
}

TEST_CASE("The marks that names in Hebrew or Arabic have are not changed by escaping") {
    CHECK(escape_controls("\u200Eשלום\u200F!") == "\u200Eשלום\u200F!");
}

TEST_CASE("JSON is made safe without a change to what it says") {
    CHECK(escape_in_json("\"a\x7F\u0085\u009B\"") == R"("a\u007f\u0085\u009b")");
    CHECK(escape_in_json("\"\u2028\u202E\u2066\u2069\"") == R"("\u2028\u202e\u2066\u2069")");
    CHECK(escape_in_json(R"("\u001b §é坂本 🎵 …")") == R"("\u001b §é坂本 🎵 …")");
}

TEST_CASE("Letters take one column, East Asian wide ones two, combining marks none") {
    CHECK(display_width("Björk") == 5);
    CHECK(display_width("Bjo\u0308rk") == 5);
    CHECK(display_width("坂本龍一") == 8);
    CHECK(display_width("Ａ") == 2);  // fullwidth A
    CHECK(display_width("ｱ") == 1);   // halfwidth katakana
    CHECK(display_width("a\u200Bb") == 2);
    CHECK(display_width("") == 0);
}

TEST_CASE("Text that fits its columns is left as it is") {
    CHECK(fit_width("Abbey Road", 10) == "Abbey Road");
    CHECK(fit_width("坂本", 4) == "坂本");
}

TEST_CASE("Text that does not fit ends with an ellipsis within its columns") {
    CHECK(fit_width("Abbey Road", 6) == "Abbey…");
    CHECK(fit_width("Abbey Road", 1) == "…");
    CHECK(fit_width("Abbey Road", 0) == "");
}

TEST_CASE("A wide character is not cut in two") {
    CHECK(fit_width("坂本龍一", 6) == "坂本…");
    CHECK(fit_width("坂本龍一", 5) == "坂本…");
    CHECK(display_width(fit_width("坂本龍一", 6)) == 5);
}

TEST_CASE("A combining mark stays with its letter") {
    CHECK(fit_width("ao\u0308bcd", 3) == "ao\u0308…");
}

TEST_CASE("Text is shortened between characters, never within one") {
    CHECK(shorten("Björk", 5) == "Björ…");
    CHECK(shorten("Björk", 3) == "Bj…");
    CHECK(shorten("Björk", 6) == "Björk");
}

TEST_CASE("Outside text in a message is quoted, made safe and kept short") {
    CHECK(quote("a\x1B") == "\"a\\u{1B}\"");
    CHECK(quote(std::string(500, 'x')).size() < 130);
}

TEST_CASE("Names that differ in case fold to the same") {
    CHECK(fold("ABBA") == fold("Abba"));
    CHECK(fold("STRASSE") == fold("Straße"));
}

TEST_CASE("Names that differ in diacritics fold to the same, composed or not") {
    CHECK(fold("Björk") == "bjork");
    CHECK(fold("Bjo\u0308rk") == "bjork");
    CHECK(fold("Motörhead") == fold("Motorhead"));
}

TEST_CASE("Plain ASCII folds to what it does beside a letter that is none") {
    // The letter in front sends all of it through ICU.
    for (int first = 0; first < 128; ++first) {
        for (int second = 0; second < 128; ++second) {
            std::string text = "x";
            text += static_cast<char>(first);
            text += static_cast<char>(second);
            text += "X";
            CAPTURE(first);
            CAPTURE(second);
            CHECK("e" + fold(text) == fold("É" + text));
        }
        const std::string one(1, static_cast<char>(first));
        CHECK(fold("É" + one).substr(1) == fold("x" + one).substr(1));
        CHECK(fold(one + "É") == (fold(one + "x").substr(0, fold(one + "x").size() - 1) + "e"));
    }
    CHECK(fold(" \t A  B\n") == "a b");
    CHECK(fold(" \r\n").empty());
}

TEST_CASE("Names that differ in width fold to the same") {
    CHECK(fold("ＡＢＢＡ") == "abba");
    CHECK(fold("ﾊﾟﾌｭｰﾑ") == fold("パフューム"));
}

TEST_CASE("Runs of white space of any kind fold to one space, and none at the ends") {
    CHECK(fold("  The\u00A0\u3000Dark \t Side\n") == "the dark side");
    CHECK(fold(" \t ") == "");
}

TEST_CASE("Names that differ in their letters stay different") {
    CHECK(fold("Nirvana") != fold("Nirvanna"));
    CHECK(fold("Björk") != fold("Бьорк"));
}

TEST_CASE("Folding takes bytes that are not UTF-8 without harm") {
    CHECK(fold("a\xFF") == "a\uFFFD");
}

TEST_CASE("A mistyped word finds the closest of the known ones") {
    constexpr std::array<std::string_view, 3> k_commands{"run", "status", "retry"};
    CHECK(closest("stauts", k_commands) == "status");
    CHECK(closest("retyr", k_commands) == "retry");
    CHECK(closest("rnu", k_commands) == "run");
}

TEST_CASE("A word unlike any known one finds nothing") {
    constexpr std::array<std::string_view, 3> k_commands{"run", "status", "retry"};
    CHECK(closest("download", k_commands) == "");
    CHECK(closest("status", {}) == "");
    constexpr std::array<std::string_view, 2> k_options{"--type", "--year"};
    CHECK(closest("--nope", k_options) == "");
    CHECK(closest(std::string(100'000, 's'), k_commands) == "");
}

TEST_CASE("The first of two words as close as each other is found") {
    constexpr std::array<std::string_view, 2> k_words{"cat", "car"};
    CHECK(closest("cab", k_words) == "cat");
}

TEST_CASE("What stands for itself in a URI stays, the rest is encoded byte by byte") {
    CHECK(percent_encoded("Az09-._~") == "Az09-._~");
    CHECK(percent_encoded("a b/é&") == "a%20b%2F%C3%A9%26");
    CHECK(percent_encoded("/a b", "/") == "/a%20b");
}
