#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

using Ids = std::vector<std::int64_t>;

/// A catalogue in which albums can be searched for.
struct Searched : OpenCatalogue {
    std::vector<store::SearchHit> hits(const std::string& typed, std::int64_t limit = 0) {
        const std::vector<std::string> words{typed};
        std::vector<store::SearchHit> found;
        store->catalogue().search(parse_search(words), limit,
                                  [&](const auto& hit) { found.push_back(hit); });
        return found;
    }

    Ids found(const std::string& typed, std::int64_t limit = 0) {
        Ids ids;
        for (const auto& hit : hits(typed, limit))
            ids.push_back(hit.album.id);
        return ids;
    }

    std::int64_t add_named(const std::string& artist, const std::string& title) {
        return *add(named_request(artist, title)).album_id;
    }

    /// Puts it in and imports these releases of it.
    std::int64_t import(int n, const std::string& title, std::vector<Release> releases) {
        AlbumRequest request = album_request(n);
        request.album.title = title;
        const auto added = add(request);
        Album group = request.album;
        complete_as(claim().front(), group, std::move(releases));
        return *added.album_id;
    }

    void import_again(int n, std::vector<Release> releases) {
        AddOptions options;
        options.refresh = true;
        add(album_request(n), options);
        complete(claim().front(), std::move(releases));
    }

    void index() {
        while (store->maintenance().index_albums(2) > 0) {
        }
    }
};

Release on_label(int n, const std::string& title, const std::string& label,
                 const std::string& number) {
    Release made = release(n, title);
    made.label_info = {{Label{mbid(700), label, {}, {}, {}, {}}, number}};
    return made;
}

}  // namespace

TEST_CASE("A search finds albums by words of title, artist and releases, in any case") {
    Searched catalogue;
    const auto elise = catalogue.add_named("Björk", "Für Elise");
    catalogue.add_named("Mozart", "Requiem");
    CHECK(catalogue.found("bjork FUR") == Ids{elise});
    CHECK(catalogue.found("bjork mozart").empty());
    CHECK(catalogue.found("bjor").empty());
    CHECK(catalogue.found("bjor*") == Ids{elise});
}

TEST_CASE("An answer is the same whether the index is up to date, behind, or not there") {
    Searched catalogue;
    const auto first = catalogue.add_named("Weezer", "Pinkerton");
    CHECK_FALSE(catalogue.store->catalogue().has_search_index());
    CHECK(catalogue.found("weezer") == Ids{first});
    catalogue.index();
    CHECK(catalogue.store->catalogue().has_search_index());
    CHECK(catalogue.store->catalogue().unindexed_albums() == 0);
    CHECK(catalogue.found("weezer") == Ids{first});
    const auto second = catalogue.add_named("Weezer", "Maladroit");
    CHECK(catalogue.store->catalogue().unindexed_albums() == 1);
    CHECK(catalogue.found("weezer") == Ids{first, second});
    CHECK(catalogue.found("weezer", 1) == Ids{first});
}

TEST_CASE("Labels, catalogue numbers, barcodes and tracks of releases lead to their album") {
    Searched catalogue;
    Release made = on_label(5, "Blue Train (mono)", "Blue Note", "BLP 1577");
    made.barcode = "0724349532427";
    made.media[0].tracks->front().title = "Moment’s Notice";
    const auto id = catalogue.import(1, "Blue Train", {made});
    for (const bool is_indexed : {false, true}) {
        CAPTURE(is_indexed);
        if (is_indexed) catalogue.index();
        for (const std::string typed :
             {"label:\"blue note\"", "catno:blp1577", "BLP-1577", "724349532427", "moments notice",
              "track:moment*", "release:mono", "\"blue note\" train"})
            CHECK_MESSAGE(catalogue.found(typed) == Ids{id}, typed);
        for (const std::string typed :
             {"label:train", "track:blue", "artist:blue", "\"train blue\""})
            CHECK_MESSAGE(catalogue.found(typed).empty(), typed);
    }
}

TEST_CASE("A hit says where it has what was looked for") {
    Searched catalogue;
    catalogue.import(1, "Blue Train", {on_label(5, "Blue Train", "Blue Note", "BLP 1577")});
    const auto hits = catalogue.hits("train note 1577");
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].matches == std::vector<SearchName>{{SearchField::title, "Blue Train"},
                                                     {SearchField::label, "Blue Note"},
                                                     {SearchField::catalog_number, "BLP 1577"}});
}

TEST_CASE("An import changes what an album is found by, and at once") {
    Searched catalogue;
    const auto id = catalogue.import(1, "An album", {on_label(5, "Songs", "Stax", "STS 1")});
    catalogue.index();
    catalogue.import_again(1, {on_label(5, "Songs", "Stax", "STS 2")});
    CHECK(catalogue.store->catalogue().unindexed_albums() == 1);
    CHECK(catalogue.found("catno:sts1").empty());
    CHECK(catalogue.found("catno:sts2") == Ids{id});
    catalogue.index();
    CHECK(catalogue.store->catalogue().unindexed_albums() == 0);
    CHECK(catalogue.found("catno:sts1").empty());
    CHECK(catalogue.found("catno:sts2") == Ids{id});
}

TEST_CASE("An import that changes nothing leaves nothing to index") {
    Searched catalogue;
    catalogue.import(1, "An album", {on_label(5, "Songs", "Stax", "STS 1")});
    catalogue.index();
    catalogue.import_again(1, {on_label(5, "Songs", "Stax", "STS 1")});
    CHECK(catalogue.store->catalogue().unindexed_albums() == 0);
}

TEST_CASE("A label that is called otherwise is so for the albums of others too") {
    Searched catalogue;
    const auto id = catalogue.import(1, "One", {on_label(5, "One", "Warner Bros.", "W 1")});
    catalogue.index();
    const auto other = catalogue.import(2, "Two", {on_label(6, "Two", "Warner Records", "W 2")});
    CHECK(catalogue.found("label:\"warner records\"") == Ids{id, other});
    CHECK(catalogue.found("label:bros").empty());
}

TEST_CASE("A release that moves to another album is found there and no longer here") {
    Searched catalogue;
    const auto from =
        catalogue.import(1, "From", {release(5, "Travelling"), release(6, "Staying")});
    const auto into = catalogue.import(2, "Into", {release(7, "There")});
    catalogue.index();
    CHECK(catalogue.found("travelling") == Ids{from});
    catalogue.import_again(2, {release(7, "There"), release(5, "Travelling")});
    CHECK(catalogue.found("travelling") == Ids{into});
    catalogue.index();
    CHECK(catalogue.found("travelling") == Ids{into});
}

TEST_CASE("Removed releases are not searched") {
    Searched catalogue;
    catalogue.import(1, "Album", {release(5, "Kept"), release(6, "Withdrawn")});
    catalogue.index();
    catalogue.import_again(1, {release(5, "Kept")});
    CHECK(catalogue.found("withdrawn").empty());
}

TEST_CASE("What was named whole comes first, then what has most editions") {
    Searched catalogue;
    const auto few = catalogue.import(1, "Love Songs", {release(5, "Love Songs")});
    const auto many =
        catalogue.import(2, "Love Letters", {release(6, "Love Letters"), release(7, "L")});
    const auto whole = catalogue.add_named("Somebody", "Love");
    catalogue.index();
    CHECK(catalogue.found("love") == Ids{whole, many, few});
}

TEST_CASE("Joined albums are one in a search") {
    Searched catalogue;
    const auto named = catalogue.add_named("Radiohead", "In Rainbows");
    const auto known = *catalogue.add(album_request(1)).album_id;
    catalogue.index();
    catalogue.store->albums().identify_album(named, mbid(1), {});
    catalogue.complete(catalogue.claim().front(), {release(5, "In Rainbows")});
    CHECK(catalogue.found("rainbows") == Ids{known});
    catalogue.index();
    CHECK(catalogue.found("rainbows") == Ids{known});
}

TEST_CASE("What an album had is found under the one that it is joined with") {
    Searched catalogue;
    const auto one = catalogue.import(1, "One", {release(5, "Wanderer")});
    const auto other = catalogue.import(2, "Other", {release(6, "Stayer")});
    catalogue.index();
    CHECK(catalogue.found("wanderer") == Ids{one});
    catalogue.store->albums().identify_album(one, mbid(2), {});
    CHECK(catalogue.found("wanderer") == Ids{other});
}

TEST_CASE("An MBID of anything on an album finds it") {
    Searched catalogue;
    Release made = on_label(5, "Blue Train", "Blue Note", "BLP 1577");
    AlbumRequest request = album_request(1);
    request.album.artist_credit = credit(2, "John Coltrane");
    const auto id = *catalogue.add(request).album_id;
    catalogue.complete_as(catalogue.claim().front(), request.album, {made});
    for (const int n : {1, 5, 2, 700, 10'001})
        CHECK_MESSAGE(catalogue.found(mbid(n).to_string()) == Ids{id}, n);
    CHECK(catalogue.found(mbid(4711).to_string()).empty());
    CHECK(catalogue.found(mbid(5).to_string() + " blue") == Ids{id});
    CHECK(catalogue.found(mbid(5).to_string() + " red").empty());
}

TEST_CASE("Words that a query language may know are words like others") {
    Searched catalogue;
    const auto id = catalogue.add_named("NEAR", "AND OR NOT \"* ^");
    catalogue.index();
    CHECK(catalogue.found("or not near") == Ids{id});
    for (const std::string typed : {"\"", "*", "^", "(", "a\"b", "NEAR(", "{title}", "title:", "-"})
        CHECK_NOTHROW(catalogue.found(typed));
}
