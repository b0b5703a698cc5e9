#include "domain/title_marks.hpp"

#include <doctest/doctest.h>

#include "domain/likeness.hpp"
#include "domain/numerals.hpp"
#include "domain/subtitles.hpp"

using namespace pressings;

namespace {

/// What is left of a title; the title itself if it has no mark.
std::string bare(const std::string& title) {
    const auto marked = without_marks(title);
    return marked ? marked->name : title;
}

bool has(const std::string& title, Mark mark) {
    const auto marked = without_marks(title);
    return marked && marked->has(mark);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("marks of edition, disc, type and soundtrack are no part of a title") {
    CHECK(bare("The Wall [disc 1]") == "The Wall");
    CHECK(bare("The Wall (CD 1 of 2)") == "The Wall");
    CHECK(bare("The Wall CD2") == "The Wall");
    CHECK(bare("The Wall (2 LP)") == "The Wall");
    CHECK(bare("The Wall [Clear Vinyl 2xLP]") == "The Wall");
    CHECK(bare("The Wall [12\" Vinyl]") == "The Wall");
    CHECK(bare("The Wall [CD+DVD]") == "The Wall");
    CHECK(bare("The Wall [SHM-CD]") == "The Wall");
    CHECK(bare("My Iron Lung EP") == "My Iron Lung");
    CHECK(bare("My Iron Lung - EP") == "My Iron Lung");
    CHECK(bare("Pulp Fiction OST") == "Pulp Fiction");
    CHECK(bare("Inception: Music From the Motion Picture") == "Inception");
    CHECK(bare("OK Computer (Collector\u2019s Edition) [Disc 1]") == "OK Computer");
    CHECK(has("Batman (Original Score)", Mark::score));
    CHECK(has("Windowlicker - Single", Mark::single));
    CHECK(without_marks("Weezer (1994)")->year == 1994);
}

TEST_CASE("what says that something else is heard, or belongs to the title, is no mark") {
    for (const char* title :
         {"Rumours (Live)", "Red (Acoustic)", "Illmatic (The Remixes)", "The Marshall Mathers LP",
          "A Hard Day's Night (US Version)", "Rumours (Live Deluxe Edition)", "Someone Special",
          "Final Score", "EP", "(Deluxe Edition)", "The Wall (1 of 2)", "Nevermind (2)",
          "American Football (LP 2)", "Blueprint 2 LP", "Bleach (White)", "Bleach White Vinyl",
          "Stop Making Sense (DVD)"}) {
        CAPTURE(title);
        CHECK(bare(title) == title);
    }
}

TEST_CASE("a subtitle that tells of another recording, or of a part, is not left out") {
    CHECK(tells_apart("Live at Leeds"));
    CHECK(tells_apart("The Remixes"));
    CHECK(tells_apart("Volume II"));
    CHECK_FALSE(tells_apart("The Gift and the Curse"));
    CHECK_FALSE(tells_apart("1971-1986"));
    CHECK(tells_of_collection("The Best of the Nineties"));
    CHECK(is_general("The Very Best Of"));
    CHECK(is_general("Symphony No. 5"));
    CHECK_FALSE(is_general("Legend"));
}

TEST_CASE("numbers are the same in figures, Roman, in letters and raised") {
    CHECK(with_figures({"led", "zeppelin", "iv"}) == Words{"led", "zeppelin", "4"});
    CHECK(with_figures({"blueprint2"}) == Words{"blueprint", "2"});
    CHECK(with_figures({"twenty", "one"}) == Words{"21"});
    CHECK(with_figures({"seventh", "son"}) == Words{"7th", "son"});
    CHECK(with_figures({"trainspotting", "#", "2"}) == Words{"trainspotting", "2"});
    CHECK(with_figures({"volume", "01"}) == Words{"volume", "1"});
}

TEST_CASE("a word that looks like a number is none: one letter in front, a long Roman one") {
    CHECK(with_figures({"v"}) == Words{"v"});
    CHECK(with_figures({"i", "robot"}) == Words{"i", "robot"});
    CHECK(with_figures({"mix"}) == Words{"mix"});
    CHECK(with_figures({"live"}) == Words{"live"});
}

TEST_CASE("likeness is by letters and by words, and 100 only for the same letters") {
    const Name rumours{"Rumours"};
    CHECK(likeness(rumours, Name{"rumours"}) == 100);
    CHECK(likeness(rumours, Name{"Rumors"}) > 80);
    CHECK(likeness(Name{"Lift Your Skinny Fists"},
                   Name{"Lift Your Skinny Fists Like Antennas to Heaven"}) > 70);
    CHECK(likeness(rumours, Name{"Tusk"}) < 20);
    CHECK(likeness(rumours, Name{""}) == 0);
}
