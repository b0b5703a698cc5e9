// PostgreSQL's index answers as that of SQLite does, and as the domain compares words.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/postgresql/search/passing_index.hpp"
#include "store/postgresql/search/text_search_index.hpp"
#include "store/sqlite/search/fts_index.hpp"
#include "unit/postgresql/made_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using store::postgresql::PassingIndex;
using store::postgresql::TextSearchIndex;
using store::sql::FoundAlbum;
using store::sql::SearchDocument;

namespace {

struct Name {
    SearchField field;
    std::string text;
};

constexpr auto k_title = SearchField::title;
constexpr auto k_artist = SearchField::artist;
constexpr auto k_track = SearchField::track;

SearchDocument document(std::int64_t album_id, const std::vector<Name>& names) {
    SearchDocument made;
    made.album_id = album_id;
    for (const Name& name : names) {
        auto& readings = made.readings[static_cast<std::size_t>(name.field)];
        for (SearchWords& words : search_readings(name.field, name.text))
            readings.push_back(std::move(words));
    }
    const auto words_of = [&](SearchField field) {
        const auto& readings = made.readings[static_cast<std::size_t>(field)];
        return readings.empty() ? std::int64_t{0}
                                : static_cast<std::int64_t>(readings.front().size());
    };
    made.title_words = words_of(k_title);
    made.artist_words = words_of(k_artist);
    made.releases = album_id % 7;
    return made;
}

SearchQuery query_of(const std::string& typed) {
    const std::vector<std::string> arguments{typed};
    return parse_search(arguments);
}

std::vector<std::int64_t> ids_of(const std::vector<FoundAlbum>& found) {
    std::vector<std::int64_t> ids;
    for (const FoundAlbum& album : found)
        ids.push_back(album.album_id);
    return ids;
}

std::string text_of(const std::vector<FoundAlbum>& found) {
    std::string text;
    for (const FoundAlbum& album : found)
        text += fmt::format("{}:{:.6f} ", album.album_id, album.score);
    return text;
}

/// The index of a catalogue, of albums that have nothing else.
class Bench {
  public:
    void add(const SearchDocument& document) {
        m_catalogue.database.run(fmt::format(
            "INSERT INTO pressings.albums (id, created_at) VALUES ({}, 0) ON CONFLICT DO NOTHING",
            document.album_id));
        index.add(document);
    }
    std::vector<std::int64_t> find(const std::string& typed) {
        return ids_of(index.hits(query_of(typed), 0));
    }
    std::string count() {
        return m_catalogue.database.run("SELECT count(*) FROM pressings.search_documents");
    }

  private:
    MadeCatalogue m_catalogue;

  public:
    TextSearchIndex index{m_catalogue.connection};
};

/// Three indexes with the same in them.
struct Three {
    void add(std::int64_t album_id, const std::vector<Name>& names) {
        const SearchDocument made = document(album_id, names);
        postgresql.add(made);
        passing.add(made);
        sqlite->add(made);
    }

    Bench postgresql;
    PassingIndex passing;
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    pressings::sqlite::Statements statements{database};
    std::unique_ptr<store::sql::SearchIndex> sqlite =
        store::sqlite::FtsIndex{database, statements}.passing();
};

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("What is found, and its order, is the same in PostgreSQL, in SQLite and in memory") {
    Three three;
    three.add(1, {{k_title, "The Dark Side of the Moon"},
                  {k_artist, "Pink Floyd"},
                  {SearchField::catalog_number, "SHVL 804"},
                  {SearchField::barcode, "077774600125"},
                  {SearchField::label, "Harvest"},
                  {k_track, "Money"},
                  {k_track, "Time"}});
    three.add(2, {{k_title, "Moon"}, {k_artist, "The Moon"}, {k_track, "Pink"}});
    three.add(3, {{k_title, "Pink Moon"}, {k_artist, "Nick Drake"}, {k_track, "Pink Moon"}});
    three.add(4, {{k_title, "Back in Black"}, {k_artist, "AC/DC"}, {k_track, "It's a Long Way"}});
    three.add(5, {{k_title, "\"Heroes\""}, {k_artist, "David Bowie"}, {k_title, "Heroes"}});
    three.add(6, {{k_title, "三毒史"}, {k_artist, "椎名林檎"}, {k_track, "獣ゆく細道"}});
    three.add(7, {{k_title, "!!!"}, {k_artist, "!!!"}, {SearchField::release, "Moon Edition"}});
    three.add(8, {{k_title, "Lift Yr. Skinny Fists"}, {k_artist, "Godspeed You! Black Emperor"}});
    three.add(9, {{k_title, "Moonlight"}, {k_artist, "Pinkerton"}, {k_track, "Dark Money"}});
    three.add(10, {{k_title, "It's \\ 'quoted': & | ! <-> *"}, {k_artist, "O'Brien"}});
    three.add(14, {{k_title, "The The The"}, {k_artist, "The The"}});
    for (const std::string typed : {"moon",
                                    "pink moon",
                                    "\"pink moon\"",
                                    "moon*",
                                    "pink* moon*",
                                    "the",
                                    "the the",
                                    "\"the the\"",
                                    "title:moon",
                                    "artist:moon",
                                    "track:money",
                                    "money time",
                                    "ac/dc",
                                    "acdc",
                                    "ac dc",
                                    "\"heroes\"",
                                    "heroes bowie",
                                    "三毒史",
                                    "毒史",
                                    "椎名",
                                    "!!!",
                                    "shvl804",
                                    "catno:\"shvl 804\"",
                                    "77774600125",
                                    "barcode:077774600125",
                                    "yr skinny",
                                    "o'brien",
                                    "obrien",
                                    "it's",
                                    "quoted",
                                    "\\",
                                    "dark side moon floyd harvest",
                                    "dark*",
                                    "\"dark s\"*",
                                    "nothing",
                                    "moon edition",
                                    "black",
                                    "e*",
                                    "o*"}) {
        CAPTURE(typed);
        const SearchQuery query = query_of(typed);
        if (query.terms.empty()) continue;
        for (const std::int64_t limit : {0, 2}) {
            const std::string expected = text_of(three.passing.hits(query, limit));
            CHECK(text_of(three.postgresql.index.hits(query, limit)) == expected);
            CHECK(text_of(three.sqlite->hits(query, limit)) == expected);
        }
    }
}

TEST_CASE("A phrase does not go from one name to the next") {
    Bench bench;
    bench.add(document(1, {{k_track, "Dark Side"}, {k_track, "Moon River"}}));
    CHECK(bench.find("\"dark side\"") == Ids{1});
    CHECK(bench.find("\"side moon\"") == Ids{});
}

TEST_CASE("A document that is put in again takes the place of the one before") {
    Bench bench;
    bench.add(document(1, {{k_title, "Harvest"}}));
    bench.add(document(1, {{k_title, "Comes a Time"}}));
    CHECK(bench.find("harvest") == Ids{});
    CHECK(bench.find("time") == Ids{1});
    bench.index.remove(1);
    CHECK(bench.find("time") == Ids{});
}

TEST_CASE("Words that are longer than the index takes are found by what it has of them") {
    Bench bench;
    const std::string letters(3000, 'a');
    std::string kana = "x";
    for (int i = 0; i < 3000; ++i)
        kana += "ß";
    bench.add(document(1, {{k_title, letters}, {k_artist, kana}}));
    CHECK(bench.find(letters) == Ids{1});
    CHECK(bench.find("aaaa*") == Ids{1});
    CHECK(bench.index.hits(query_of(kana), 0).size() == 1);
}

TEST_CASE("An album with more words than the index takes is found by those that it has") {
    Bench bench;
    SearchDocument made = document(1, {{k_title, "Endless"}});
    auto& readings = made.readings[static_cast<std::size_t>(k_track)];
    for (int i = 0; i < 150'000; ++i)
        readings.push_back({fmt::format("word{}", i), "of", "many"});
    bench.add(made);
    CHECK(bench.find("endless word1 many") == Ids{1});
    CHECK(bench.find("\"word1 of many\"") == Ids{1});
    CHECK(bench.find("word20000") == Ids{1});
    CHECK(bench.count() == "1");
}

TEST_CASE("Names as the tools read them leave nothing that the server could not take") {
    Bench bench;
    std::string all;
    for (char c = 1; c < 0x7F; ++c)
        all += c;
    SearchDocument made = document(1, {{k_title, all}});
    made.readings[0].push_back({"'", "\\", "''", "\\'", ":*", "a:1", "\t", "\n", "\"", "{", "}"});
    bench.add(made);
    SearchQuery query;
    for (const std::string& word : made.readings[0].back())
        query.terms.push_back({{{std::nullopt, {word}}}, false, false, ""});
    query.terms.push_back({{{k_title, made.readings[0].back()}}, true, false, ""});
    CHECK(ids_of(bench.index.hits(query, 0)) == Ids{1});
}
