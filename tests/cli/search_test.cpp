// What a person types, and the album that should be on top, over the recorded albums.
#include <map>

#include "cli/recorded_albums.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

struct Query {
    std::vector<std::string> typed;
    std::string artist;
    std::string title;
};

const std::string k_skinny_fists = "Lift Yr. Skinny Fists Like Antennas to Heaven!";
const std::string k_blueprint = "The Blueprint²: The Gift & The Curse";
const std::string k_mashups = "Collision Course";

const std::vector<Query> k_queries{
    // A title, as it stands and as it is typed.
    {{"in", "rainbows"}, "Radiohead", "In Rainbows"},
    {{"IN RAINBOWS"}, "Radiohead", "In Rainbows"},
    {{"radiohead - in rainbows"}, "Radiohead", "In Rainbows"},
    {{"Radiohead", "–", "In", "Rainbows"}, "Radiohead", "In Rainbows"},
    {{"rainbows"}, "Radiohead", "In Rainbows"},
    {{"my", "iron", "lung"}, "Radiohead", "My Iron Lung"},
    {{"iron lung"}, "Radiohead", "My Iron Lung"},
    {{"rumours"}, "Fleetwood Mac", "Rumours"},
    {{"heroes"}, "David Bowie", "“Heroes”"},
    {{"\"heroes\""}, "David Bowie", "“Heroes”"},
    {{"+"}, "Ed Sheeran", "+"},
    {{"deuce", "avenue"}, "Alan Vega", "Deuce Avenue"},
    {{"ship-scope"}, "Shinichi Atobe", "Ship-Scope"},
    {{"ship scope"}, "Shinichi Atobe", "Ship-Scope"},
    {{"shipscope"}, "Shinichi Atobe", "Ship-Scope"},
    {{"a arca de noe"}, "Vinicius de Moraes", "A arca de Noé"},
    {{"ARCA NOÉ"}, "Vinicius de Moraes", "A arca de Noé"},
    {{"explosive drum & bass"},
     "Matthew R. Pelling, Andre N. Touhey & Paul I. Willard",
     "Explosive Drum & Bass"},
    {{"explosive drum bass"},
     "Matthew R. Pelling, Andre N. Touhey & Paul I. Willard",
     "Explosive Drum & Bass"},
    {{"a la sala"}, "Khruangbin", "A LA SALA"},
    {{"beyonce"}, "Beyoncé", "BEYONCÉ"},
    {{"Beyoncé"}, "Beyoncé", "BEYONCÉ"},
    {{"collision course"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"weezer"}, "Weezer", "Weezer"},
    {{"guilty have no pride"}, "Death in June", "The Guilty Have No Pride"},
    {{"kat moda"}, "Jeff Mills", "Kat Moda EP"},
    {{"kat moda ep"}, "Jeff Mills", "Kat Moda EP"},
    {{"reise reise"}, "Rammstein", "Reise, Reise"},
    {{"wipeout"}, "CoLD SToRAGE", "wipEout"},
    {{"blueprint2"}, "Jay‐Z", k_blueprint},
    {{"blueprint gift curse"}, "Jay‐Z", k_blueprint},
    {{"gift and the curse"}, "Jay‐Z", k_blueprint},
    {{"三毒史"}, "椎名林檎", "三毒史"},
    {{"毒史"}, "椎名林檎", "三毒史"},
    {{"lift your skinny fists"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"lift yr skinny fists"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"like antennas to heaven"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"ultimate mash-ups"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"mashups"}, "Jay‐Z / Linkin Park", k_mashups},
    // An artist.
    {{"radiohead"}, "Radiohead", "In Rainbows"},  // of two, the one with more editions
    {{"radiohe"}, "Radiohead", "In Rainbows"},
    {{"radioh*"}, "Radiohead", "In Rainbows"},
    {{"fleetwood"}, "Fleetwood Mac", "Rumours"},
    {{"fleetwood mac"}, "Fleetwood Mac", "Rumours"},
    {{"bowie"}, "David Bowie", "“Heroes”"},
    {{"ed sheeran"}, "Ed Sheeran", "+"},
    {{"vega"}, "Alan Vega", "Deuce Avenue"},
    {{"godspeed you! black emperor"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"椎名林檎"}, "椎名林檎", "三毒史"},
    {{"林檎"}, "椎名林檎", "三毒史"},
    {{"jay-z linkin park"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"jayz linkin"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"jay z blueprint"}, "Jay‐Z", k_blueprint},
    {{"hafler trio"}, "Autechre & The Hafler Trio", "æ³o & h³æ"},
    {{"autechre"}, "Autechre & The Hafler Trio", "æ³o & h³æ"},
    {{"ae3o h3ae"}, "Autechre & The Hafler Trio", "æ³o & h³æ"},
    {{"karajan"}, "Beethoven; Berlin Philharmonic Orchestra, Herbert von Karajan", "Symphony No 5"},
    {{"szell"},
     "Beethoven; Cleveland Orchestra, George Szell",
     "Conducts Beethoven-Symphony No. 5; Symphony No. 4"},
    {{"murray perahia"},
     "Bach; Academy of St Martin in the Fields, Murray Perahia",
     "Keyboard Concertos nos. 1, 2 & 4"},
    {{"cold storage"}, "CoLD SToRAGE", "wipEout"},
    {{"rammstein"}, "Rammstein", "Reise, Reise"},
    // An artist and a title.
    {{"queen greatest hits"}, "Queen", "Greatest Hits"},
    {{"greatest hits queen"}, "Queen", "Greatest Hits"},
    {{"abba", "greatest", "hits"}, "ABBA", "Greatest Hits"},
    {{"artist:abba"}, "ABBA", "Greatest Hits"},
    {{"elton john greatest hits"}, "Elton John", "Greatest Hits"},
    {{"greatest hits 1974"}, "Elton John", "Greatest Hits"},
    {{"arca de noe 1980"}, "Vinicius de Moraes", "A arca de Noé"},
    {{"beethoven symphony 5 karajan"},
     "Beethoven; Berlin Philharmonic Orchestra, Herbert von Karajan",
     "Symphony No 5"},
    {{"weezer green album"}, "Weezer", "Weezer"},
    {{"bowie heroes 1977"}, "David Bowie", "“Heroes”"},
    // A label.
    {{"label:kranky"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"label:constellation"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"label:", "xl"}, "Radiohead", "In Rainbows"},
    {{"label:xl recordings"}, "Radiohead", "In Rainbows"},
    {{"label:\"dead oceans\""}, "Khruangbin", "A LA SALA"},
    {{"night time stories"}, "Khruangbin", "A LA SALA"},
    {{"hollywood records"}, "Queen", "Greatest Hits"},
    {{"chain reaction"}, "Shinichi Atobe", "Ship-Scope"},
    {{"roc-a-fella"}, "Jay‐Z", k_blueprint},
    {{"label:parlophone bowie"}, "", ""},  // a label with a blank
    {{"label:parlophone", "bowie"}, "David Bowie", "“Heroes”"},
    {{"new european recordings"}, "Death in June", "The Guilty Have No Pride"},
    // A number.
    {{"KRANK 043"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"krank043"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"catno:cst012"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"CST-012"}, "Godspeed You Black Emperor!", k_skinny_fists},
    {{"xlcd324"}, "Radiohead", "In Rainbows"},
    {{"xlcd 324"}, "Radiohead", "In Rainbows"},
    {{"SCES-00010"}, "CoLD SToRAGE", "wipEout"},
    {{"sces00010"}, "CoLD SToRAGE", "wipEout"},
    {{"catno:1C 064-78 071"}, "Queen", "Greatest Hits"},
    {{"634904032425"}, "Radiohead", "In Rainbows"},
    {{"0634904032425"}, "Radiohead", "In Rainbows"},
    {{"barcode:75990301024"}, "Fleetwood Mac", "Rumours"},
    {{"888430325128"}, "Beyoncé", "BEYONCÉ"},
    // A track.
    {{"weird fishes"}, "Radiohead", "In Rainbows"},
    {{"track:nude"}, "Radiohead", "In Rainbows"},
    {{"jigsaw falling into place"}, "Radiohead", "In Rainbows"},
    {{"creep acoustic"}, "Radiohead", "My Iron Lung"},
    {{"go your own way"}, "Fleetwood Mac", "Rumours"},
    {{"dont stop rumours"}, "Fleetwood Mac", "Rumours"},
    {{"\"oh daddy\""}, "Fleetwood Mac", "Rumours"},
    {{"lego house"}, "Ed Sheeran", "+"},
    {{"mein teil"}, "Rammstein", "Reise, Reise"},
    {{"dancing waterloo"}, "", ""},
    {{"waterloo"}, "ABBA", "Greatest Hits"},
    {{"island in the sun"}, "Weezer", "Weezer"},
    {{"drunk in love"}, "Beyoncé", "BEYONCÉ"},
    {{"flawless"}, "Beyoncé", "BEYONCÉ"},
    {{"03 bonnie clyde"}, "Jay‐Z", k_blueprint},
    {{"numb encore"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"99 problems"}, "Jay‐Z / Linkin Park", k_mashups},
    {{"東京"}, "", ""},
    {{"tokyo"}, "椎名林檎", "三毒史"},
    {{"目抜き通り"}, "椎名林檎", "三毒史"},
    {{"bohemian rhapsody"}, "Queen", "Greatest Hits"},
    {{"rocket man"}, "Elton John", "Greatest Hits"},
    {{"bwv 1053"},
     "Bach; Academy of St Martin in the Fields, Murray Perahia",
     "Keyboard Concertos nos. 1, 2 & 4"},
    {{"the bells festival"}, "Jeff Mills", "Kat Moda EP"},
    {{"moss garden"}, "David Bowie", "“Heroes”"},
    // An MBID: of an album, a release, an artist.
    {{k_in_rainbows}, "Radiohead", "In Rainbows"},
    {{"https://musicbrainz.org/release-group/416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6"},
     "Fleetwood Mac",
     "Rumours"},
    {{"a74b1b7f-71a5-4011-9441-d0b5e4122711", "lung"}, "Radiohead", "My Iron Lung"},
};

std::vector<Json> search(const ToolBench& bench, std::vector<std::string> typed) {
    typed.insert(typed.begin(), {"search", "--json", "--"});
    const auto run = bench.run("release-catalog", typed);
    CHECK(run.status == 0);
    return run.documents();
}

}  // namespace

TEST_CASE("A hundred searches give on top what a person would want") {
    ToolBench bench;
    import_recorded(bench);
    CHECK(k_queries.size() >= 100);
    for (const Query& query : k_queries) {
        std::string all;
        for (const std::string& word : query.typed)
            all += word + " ";
        CAPTURE(all);
        const auto found = search(bench, query.typed);
        if (query.title.empty()) {
            CHECK(found.empty());
            continue;
        }
        REQUIRE(!found.empty());
        CHECK(found[0]["title"] == query.title);
        CHECK(found[0]["artist"] == query.artist);
        check_schema("album", found[0]);
    }
}

TEST_CASE("A search says where it found what, and when it found nothing") {
    ToolBench bench;
    import_recorded(bench);
    const auto run = bench.run("release-catalog", {"search", "label:xl", "fishes"});
    CHECK(has(run.out, "label: XL Recordings; track: Weird Fishes/Arpeggi"));
    const auto nothing = bench.run("release-catalog", {"search", "rainbows", "fleetwood"});
    CHECK(nothing.status == 0);
    CHECK(nothing.out.empty());
    CHECK(has(nothing.err, "nothing found"));
    check_refused(bench.run("release-catalog", {"search", "", " "}), 2, "no word to look for");
}

TEST_CASE("A search shows a hundred albums and says if there are more, unless a limit is given") {
    ToolBench bench;
    std::string batch;
    for (int n = 0; n <= 100; ++n)
        batch += "{\"artist\":\"Somebody\",\"title\":\"Volume " + std::to_string(n) + "\"}\n";
    bench.run("album-import", {"--from", "-"}, batch);
    const auto usual = bench.run("release-catalog", {"search", "volume", "--json"});
    CHECK(usual.documents().size() == 100);
    CHECK(has(usual.err, "there are more"));
    for (const auto& [limit, shown] : {std::pair{"3", 3}, {"0", 101}}) {
        const auto run =
            bench.run("release-catalog", {"search", "volume", "--json", "--limit", limit});
        check_quiet(run);
        CHECK(run.documents().size() == static_cast<std::size_t>(shown));
    }
    const auto just =
        bench.run("release-catalog", {"search", "volume", "--json", "title:\"volume 7\""});
    check_quiet(just);
}
