// The functions of schema/postgresql/functions.sql and those of the tools: a name that was folded
// by the one is looked for by the other.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.hpp"
#include "domain/plain_number.hpp"
#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr std::string_view k_names[] = {
    "Ágætis byrjun",
    "Með suð í eyrum við spilum endalaust",
    "Sigur Rós",
    "Björk",
    "Motörhead",
    "Mötley Crüe",
    "Hüsker Dü",
    "Blue Öyster Cult",
    "Röyksopp",
    "Beyoncé",
    "Ænima",
    "Œuvres",
    "Die Ärzte",
    "Straßenjungs",
    "STRAẞE",
    "Großstadtgeflüster",
    "Zauberflöte, K. 620",
    "Fußball",
    "Sezen Aksu’dan Şarkılar",
    "İstanbul Hatırası",
    "IŞIK",
    "Ilgaz",
    "Mart’nália",
    "João Gilberto",
    "Águas de Março",
    "Niño Josele",
    "Camarón de la Isla",
    "Ñu",
    "L’Âme",
    "Françoise Hardy",
    "Où va le vent",
    "Dvořák: Symfonie č. 9",
    "Čechomor",
    "Łódź",
    "Święta",
    "Žižkov",
    "Ďábel",
    "Đorđe Balašević",
    "Øystein Sunde",
    "Åge Aleksandersen",
    "Þursaflokkurinn",
    "Mađarska",
    "Việt Nam",
    "Trịnh Công Sơn",
    "Māra",
    "Ērģeles",
    "Ūkanose",
    "Għaqda",
    "Ĳsselstein",
    "Ǆ",
    "“Heroes”",
    "Storm (Lift Yr. Skinny Fists, Like Antennas to Heaven…)",
    "æ³o & h³æ",
    "M³",
    "½ Mensch",
    "÷",
    "×",
    "∞",
    "Ⅳ",
    "ⅻ",
    "№ 1",
    "℗ 1973",
    "™",
    "ﬁreﬂies",
    "ﬀ",
    "Ａｌｂｕｍ　Ｎｏ．１",
    "㈱",
    "①②③",
    "𝕭𝖑𝖆𝖈𝖐",
    "ℌ",
    "x²+y²",
    "H₂O",
    "ª º",
    "ŉ",
    "ſtille",
    "Иоганн Себастьян Бах",
    "Чёрный альбом",
    "Йодль",
    "Группа крови",
    "Ђорђе",
    "Їжак",
    "Ґрати",
    "ᲀᲁ",
    "Γιόχαν Σεμπάστιαν Μπαχ",
    "ΣΊΣΥΦΟΣ",
    "Ὀδύσσεια",
    "ᾠδή",
    "ΑΙ ᾼ",
    "Ϊ́",
    "ΰ",
    "Ωμέγα Ω",
    "Եւ և",
    "ქართული",
    "ᲥᲐᲠᲗᲣᲚᲘ",
    "ᏣᎳᎩ",
    "ꮳꮃꭹ",
    "ヨハン・ゼバスティアン・バッハ",
    "ｶﾞｰﾙｽﾞ",
    "ガールズ",
    "サマーれげぇ!レインボー",
    "獣ゆく細道",
    "椎名林檎",
    "神様、仏様",
    "방탄소년단",
    "각",
    "데이비드 보위",
    "יוחאן סבסטיאן באך",
    "שָׁלוֹם",
    "يوهان سباستيان باخ",
    "نُور",
    "ﻻ",
    "हिन्दी",
    "बाख़",
    "ไทยน้ำ",
    "தமிழ்",
    "ភាសាខ្មែរ",
    "བོད་",
    "ភ្លេង",
    "🎵 Ünïcôde 👩‍🎤",
    "❤️",
    "e\xCC\x81 a\xCC\x8A",
    "Z\xCC\xB8\xCD\x93\xCC\x95"
    "algo",
    "\xE2\x80\x8F"
    "abc",
    "a\xC2\xA8"
    "b",
    " \xC2\xA0 two\xE3\x80\x80\xE2\x80\xA8 words\t",
    "\xC2\x85",
    "a\xC2\xAD"
    "b",
    "",
    "   ",
    "PLAIN  ascii\r\n ",
};

std::string quoted(std::string_view text) {
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'') literal += c;
        literal += c;
    }
    return literal + "'";
}

std::string utf8(UChar32 character) {
    char bytes[4];
    int size = 0;
    U8_APPEND_UNSAFE(bytes, size, character);
    return {bytes, static_cast<std::size_t>(size)};
}

/// Not those from U+1E030 to U+1E06D, small Cyrillic letters above the line, which PostgreSQL 15
/// does not know: it has them as they are.
bool is_known(UChar32 c) {
    return U_IS_UNICODE_CHAR(c) && u_charType(c) != U_UNASSIGNED && (c < 0x1E030 || c > 0x1E06D);
}

}  // namespace

TEST_CASE("A name is folded by the server as by the tools") {
    MadeCatalogue catalogue;
    PlainSession session{catalogue.database.uri()};
    for (const std::string_view name : k_names) {
        CAPTURE(name);
        CHECK(session.run("SELECT pressings.fold(" + quoted(name) + ")") == fold(name));
    }
    CHECK(session.run("SELECT pressings.fold(NULL) IS NULL") == "t");
}

TEST_CASE("Every character that Unicode 14 has is folded by the server as by the tools") {
    MadeCatalogue catalogue;
    PlainSession session{catalogue.database.uri()};
    std::string texts;
    std::string folded;
    for (UChar32 c = 1; c <= 0x10FFFF; ++c) {
        // (Private characters are all alike.)
        if (!is_known(c) || u_charType(c) == U_PRIVATE_USE_CHAR || c == '\n') continue;
        const std::string text = "a" + utf8(c) + "b";
        texts += text + '\n';
        folded += fold(text) + '\n';
    }
    CHECK(session.run("SELECT string_agg(text, ' ') FROM unnest(string_to_array(" + quoted(texts) +
                      ", chr(10)), string_to_array(" + quoted(folded) +
                      ", chr(10))) AS names (text, folded) "
                      "WHERE pressings.fold(text) IS DISTINCT FROM folded") == "");
}

TEST_CASE("Numbers on releases are made plain by the server as by the tools") {
    MadeCatalogue catalogue;
    PlainSession session{catalogue.database.uri()};
    for (const std::string text : {"0 0731-4521 101-2", "000", "", "5 099902 987620", " - "}) {
        CAPTURE(text);
        CHECK(session.run("SELECT pressings.plain_barcode(" + quoted(text) + ")") ==
              plain_barcode(text));
    }
    for (const std::string text : {"SHVL 804", "BLP-1577", "Ü 12 - ３", "TPLP 31 CD", ""}) {
        CAPTURE(text);
        CHECK(session.run("SELECT pressings.plain_catalog_number(" + quoted(text) + ")") ==
              plain_catalog_number(text));
    }
}
