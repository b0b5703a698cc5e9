// pressings.add_album, called as an application calls it, against album-import.
#include <algorithm>
#include <thread>

#include <doctest/doctest.h>

#include "support/child.hpp"
#include "support/eventually.hpp"
#include "unit/postgresql/tool_database.hpp"

using namespace pressings::test;
using nlohmann::json;

namespace {

/// What is told of an album: a record of a batch, and the arguments of a call.
using Told = json;

std::string quoted(const std::string& text) {
    std::string literal = "'";
    for (const char sign : text)
        literal += sign == '\'' ? std::string{"''"} : std::string{sign};
    return literal + "'";
}

std::string call(const Told& told) {
    std::string arguments;
    for (const auto& [name, value] : told.items()) {
        arguments += (arguments.empty() ? "" : ", ") + name + " => " +
                     (value.is_string() ? quoted(value.get<std::string>()) : value.dump());
    }
    return "pressings.add_album(" + arguments + ")";
}

/// "created 1 1": the status, the album and its job.
std::string add(PlainSession& session, const Told& told) {
    return session.run("SELECT concat_ws(' ', status, album_id, job_id) FROM " + call(told));
}

/// The same by album-import, for each record.
std::vector<std::string> import(ToolDatabase& made, const std::vector<Told>& records) {
    std::string batch;
    for (const Told& told : records)
        batch += told.dump() + "\n";
    std::vector<std::string> added;
    const ToolRun run = made.run("album-import", {"--json", "--from", "-"}, batch);
    CAPTURE(run.err);
    CHECK(run.status == 0);
    for (const json& line : run.documents()) {
        if (!line.contains("album_id")) continue;
        added.push_back(line["status"].get<std::string>() + " " + line["album_id"].dump() + " " +
                        line["job_id"].dump());
    }
    return added;
}

/// All rows of all tables but for the times in them, a table a line.
std::string contents(const ToolDatabase& made) {
    PlainSession session{made.database.uri()};
    session.run("SELECT pressings.fold_counts()");
    session.run(
        "CREATE FUNCTION pg_temp.rows_of(name regclass) RETURNS text LANGUAGE plpgsql AS $$"
        "DECLARE rows text; BEGIN EXECUTE format('SELECT name || string_agg(row::text, '' '' "
        "ORDER BY row::text COLLATE \"C\") FROM (SELECT ''%1$s '' AS name, to_jsonb(t) - "
        "''{created_at,run_at,started_at,finished_at,imported_at,updated_at,looked_at,minute,"
        "place,boot,worker_id}''::text[] AS row FROM %1$s t) r WHERE row->>''what'' IS NULL "
        "OR row->>''what'' NOT LIKE ''clock%%'' GROUP BY name', name) INTO rows;"
        "RETURN rows; END $$");
    return session.run(
        "SELECT string_agg(pg_temp.rows_of(oid::regclass), E'\\n' ORDER BY relname) FROM pg_class "
        "WHERE relnamespace = 'pressings'::regnamespace AND relkind = 'r' "
        "AND relname NOT IN ('workers', 'work', 'search_documents', 'search_outdated')");
}

/// What stands there where two catalogues begin to differ; nothing if they do not.
std::string difference(const ToolDatabase& one, const ToolDatabase& other) {
    const std::string ours = contents(one);
    const std::string theirs = contents(other);
    const auto [at, in_theirs] =
        std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    if (at == ours.end() && in_theirs == theirs.end()) return "";
    const auto before = std::min<std::ptrdiff_t>(at - ours.begin(), 200);
    const auto part = [&](const std::string& text, auto from) {
        return text.substr(static_cast<std::size_t>(from - text.begin() - before), 400);
    };
    return part(ours, at) + "\n--- not as in the other:\n" + part(theirs, in_theirs);
}

void check_sound(ToolDatabase& made) {
    const ToolRun check = made.run("release-worker", {"check"});
    CAPTURE(check.out);
    CHECK(check.status == 0);
}

/// What was refused, with its state and hint.
std::string refusal(PlainSession& session, const std::string& call) {
    session.run(
        "CREATE OR REPLACE FUNCTION pg_temp.refusal(call text) RETURNS text LANGUAGE plpgsql AS $$"
        "DECLARE state text; words text; hint text; BEGIN EXECUTE 'SELECT ' || call; RETURN ''; "
        "EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, "
        "words = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT; "
        "RETURN concat_ws(' | ', state, words, hint); END $$");
    return session.run("SELECT pg_temp.refusal(" + quoted(call) + ")");
}

std::string count(const ToolDatabase& made, const std::string& table) {
    return made.database.run("SELECT count(*) FROM pressings." + table);
}

constexpr const char* k_merged = "11111111-2222-3333-4444-555555555555";

std::vector<Told> many_albums() {
    const std::string longest(65536, 'x');
    return {
        {{"artist", "Radiohead"}, {"title", "In Rainbows"}, {"year", 2007}},
        {{"artist", "Radiohead"}, {"title", "In Rainbows"}, {"year", 2007}},
        {{"artist", "Radiohead"}, {"title", "In Rainbows"}},
        {{"artist", " \t\r\n\v\fRadiohead\n"}, {"title", " In Rainbows "}, {"year", 2007}},
        {{"artist", "vfnrt"}, {"title", "t00bxv"}},
        {{"artist", "radiohead"}, {"title", "In Rainbows"}, {"year", 2007}},
        {{"artist", "Bj\u00f6rk"}, {"title", "D\u00e9but \u2014 \u4e16\u754c"}, {"year", 1993}},
        {{"artist", "Stra\u00dfe \U0001F3B8"}, {"title", "\u00a0M\u00fc\u03c2"}, {"year", 7}},
        {{"artist", "O'Connor\\"}, {"title", "$$ % \" \x01"}, {"queue", "a_.:-B9"}},
        {{"artist", longest}, {"title", longest}, {"year", 9999}},
        {{"mbid", k_in_rainbows}},
        {{"mbid", "6E335887-60BA-38F0-95AF-FAE7774336BF"}},
        {{"mbid", "  6e335887-60ba-38f0-95af-fae7774336bf\n"}, {"priority", 0}},
        {{"mbid", k_rumours},
         {"artist", "Radiohead"},
         {"title", "Rumours"},
         {"year", 1977},
         {"queue", "shop"},
         {"priority", -1000000}},
        {{"mbid", k_rumours}, {"priority", 1000000}},
        {{"mbid", k_rumours}, {"queue", "shop"}},
        {{"mbid", k_rumours}, {"queue", "shop"}, {"priority", 0}},
        {{"mbid", k_rumours}},
        {{"mbid", "00000000-1111-2222-3333-444444444444"}, {"title", "Alone"}},
        {{"mbid", " "}, {"artist", "A"}, {"title", "B"}, {"queue", " "}},
        {{"mbid", k_merged}},
        {{"artist", "Old"}, {"title", "Name"}},
        {{"artist", "No"}, {"title", "Job"}, {"queue", "later"}, {"priority", 3}},
    };
}

/// An album that is known by a group that was merged into it and by a former name, and one that
/// never had a job.
void prepare(ToolDatabase& made) {
    made.run("album-import", {"--artist", "Old", "--title", "Name"});
    made.run("album-import", {"--no-releases", "--artist", "No", "--title", "Job"});
    made.database.run(
        "UPDATE pressings.album_keys SET kind = 'former_name' WHERE album_id = 1;"
        "INSERT INTO pressings.album_keys VALUES ('release_group', "
        "decode(replace('" +
        std::string{k_merged} + "', '-', ''), 'hex'), 1)");
}

}  // namespace

TEST_CASE("add_album leaves the same rows as album-import, and the same job is done after it") {
    ToolDatabase by_function;
    ToolDatabase by_tool;
    prepare(by_function);
    prepare(by_tool);
    const std::vector<Told> albums = many_albums();
    const auto add_all = [&] {
        std::vector<std::string> added;
        PlainSession session{by_function.database.uri()};
        for (const Told& told : albums)
            added.push_back(add(session, told));
        return added;
    };
    const auto added = add_all();
    const auto imported = import(by_tool, albums);
    REQUIRE(added.size() == imported.size());
    for (std::size_t i = 0; i < added.size(); ++i)
        CHECK(added[i] == imported[i]);
    CHECK(difference(by_function, by_tool) == "");
    check_sound(by_function);

    for (ToolDatabase* made : {&by_function, &by_tool})
        made->run("release-worker", {"run", "-q", "--source", k_recorded_source});
    CHECK(difference(by_function, by_tool) == "");
    check_sound(by_function);
    CHECK(by_function.run("release-catalog", {"search", "rumours"}).out.find("Fleetwood Mac") !=
          std::string::npos);
    // Of one that is there in full, the values of its own are not touched by the function.
    PlainSession session{by_function.database.uri()};
    CHECK(add(session, {{"mbid", k_in_rainbows}}) ==
          import(by_tool, {{{"mbid", k_in_rainbows}}})[0]);
    CHECK(difference(by_function, by_tool) == "");
}

TEST_CASE("What album-import refuses add_album refuses, with a hint, and writes nothing") {
    ToolDatabase made;
    PlainSession session{made.database.uri()};
    const std::string too_long(65537, 'x');
    const std::pair<Told, const char*> refused[] = {
        {Told::object(), "22023 | it names no album | Give an mbid, or an artist and a title."},
        {{{"artist", "A"}}, "22023 | it names no album"},
        {{{"artist", "A"}, {"title", " \n"}}, "22023 | it names no album"},
        {{{"mbid", "x'y"}}, "22023 | mbid: 'x''y' is no MBID | Give the 36 characters"},
        {{{"mbid", "6e33588760ba38f095affae7774336bf"}}, "22023 | mbid: "},
        {{{"mbid", "g0000000-1111-2222-3333-444444444444"}}, "22023 | mbid: "},
        {{{"mbid", k_rumours}, {"year", 0}}, "22023 | year: 0 is no year from 1 to 9999 | "},
        {{{"mbid", k_rumours}, {"year", 10000}}, "22023 | year: 10000 is no year"},
        {{{"mbid", k_rumours}, {"queue", "a b"}}, "22023 | queue: 'a b' is no name of a queue"},
        {{{"mbid", k_rumours}, {"queue", std::string(65, 'q')}}, "22023 | queue: "},
        {{{"mbid", k_rumours}, {"queue", "\u00e9"}}, "22023 | queue: "},
        {{{"mbid", k_rumours}, {"priority", 1000001}}, "22023 | priority: 1000001 is no whole"},
        {{{"mbid", k_rumours}, {"priority", -1000001}}, "22023 | priority: -1000001 is no whole"},
        {{{"artist", too_long}, {"title", "B"}}, "22023 | artist: longer than 65536 bytes | "},
        {{{"artist", "A"}, {"title", too_long}}, "22023 | title: longer than 65536 bytes | "},
    };
    for (const auto& [told, words] : refused) {
        CAPTURE(words);
        CHECK(refusal(session, call(told)).starts_with(words));
        const ToolRun run = made.run("album-import", {"--from", "-"}, told.dump() + "\n");
        CHECK(run.status == 1);
    }
    CHECK(count(made, "albums") == "0");
    CHECK(count(made, "artist_credits") == "0");
}

TEST_CASE("What the application rolls back is not there, and its savepoints count") {
    ToolDatabase made;
    made.database.run("CREATE TABLE public.records (title text)");
    const std::string before = contents(made);
    PlainSession session{made.database.uri()};
    session.run("BEGIN; INSERT INTO public.records VALUES ('Rumours')");
    CHECK(add(session, {{"mbid", k_rumours}}) == "created 1 1");
    session.run("ROLLBACK");
    CHECK(contents(made) == before);
    session.run("BEGIN; SAVEPOINT before");
    add(session, {{"mbid", k_rumours}, {"artist", "Fleetwood Mac"}});
    session.run("ROLLBACK TO before");
    add(session, {{"mbid", k_in_rainbows}});
    session.run("COMMIT");
    CHECK(count(made, "albums") == "1");
    CHECK(count(made, "artist_credits") == "0");
    check_sound(made);
}

TEST_CASE("Two applications and album-import at once make one album of each") {
    ToolDatabase made;
    std::vector<Told> albums;
    for (int i = 0; i < 60; ++i)
        albums.push_back({{"artist", "Artist " + std::to_string(i % 7)},
                          {"title", "Title " + std::to_string(i)}});
    const auto application = [&](std::vector<Told> in_order, std::size_t at_once) {
        PlainSession session{made.database.uri()};
        for (std::size_t i = 0; i < in_order.size(); ++i) {
            if (i % at_once == 0) session.run("BEGIN");
            add(session, in_order[i]);
            if (i % at_once == at_once - 1) session.run("COMMIT");
        }
    };
    std::thread forwards{[&] { application(albums, 1); }};
    std::thread backwards{[&] { application({albums.rbegin(), albums.rend()}, 5); }};
    CHECK(import(made, albums).size() == albums.size());
    forwards.join();
    backwards.join();
    CHECK(count(made, "albums") == "60");
    CHECK(count(made, "jobs") == "60");
    CHECK(count(made, "artist_credits") == "7");
    check_sound(made);
}

TEST_CASE("A transaction that sees what was there before fails rather than make an album twice") {
    ToolDatabase made;
    PlainSession session{made.database.uri()};
    session.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pressings.albums");
    CHECK(made.run("album-import", {k_rumours}).status == 0);
    CHECK(refusal(session, call({{"mbid", k_rumours}})).starts_with("40001 | "));
    session.run("ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ");
    CHECK(add(session, {{"mbid", k_rumours}}) == "exists 1 1");
    session.run("COMMIT");
    check_sound(made);
}

TEST_CASE("An application that keeps its transaction open keeps those alone who want its album") {
    ToolDatabase made;
    PlainSession session{made.database.uri()};
    session.run("BEGIN");
    add(session, {{"mbid", k_rumours}});
    CHECK(made.run("album-import", {k_in_rainbows}).status == 0);
    CHECK(made.run("release-worker", {"run", "-q", "--source", k_recorded_source}).status == 0);
    CHECK(made.run("release-worker", {"pause", "--queue", "quiet"}).status == 0);
    const ToolRun waiting = made.run("album-import", {"--busy-timeout", "50ms", k_rumours});
    CHECK(waiting.status == 3);
    CHECK(waiting.err.find("is locked") != std::string::npos);
    PlainSession other{made.database.uri()};
    other.run("SET lock_timeout = '50ms'");
    CHECK(add(other, {{"mbid", k_in_rainbows}}) == "exists 2 2");
    CHECK(refusal(other, call({{"mbid", k_rumours}})).starts_with("55P03 | "));
    session.run("COMMIT");
    CHECK(made.run("album-import", {k_rumours}).status == 0);
    CHECK(count(made, "albums") == "2");
    check_sound(made);
}

TEST_CASE(
    "A search that was brought up to date while an application had an album in hand finds it") {
    ToolDatabase made;
    PlainSession session{made.database.uri()};
    session.run("BEGIN");
    add(session, {{"artist", "Fleetwood Mac"}, {"title", "Rumours"}});
    CHECK(made.run("album-import", {"--artist", "Radiohead", "--title", "Kid A"}).status == 0);
    CHECK(made.run("release-catalog", {"search", "kid"}).out.find("Kid A") != std::string::npos);
    session.run("COMMIT");
    CHECK(made.run("release-catalog", {"search", "rumours"}).out.find("Rumours") !=
          std::string::npos);
}

TEST_CASE("A worker that waits begins within two seconds of the application's commit") {
    ToolDatabase made;
    const Child worker{{std::string{PRESSINGS_BIN_DIR} + "/release-worker", "run", "--loop", "-q",
                        "--source", k_recorded_source, "--db", made.database.uri()}};
    PlainSession session{made.database.uri()};
    const auto is_done = [&](const std::string& album) {
        return eventually([&] {
            return session.run("SELECT state FROM pressings.jobs WHERE album_id = " + album) ==
                   "done";
        });
    };
    // Once it is there, and waits.
    add(session, {{"mbid", k_in_rainbows}});
    REQUIRE(is_done("1"));
    add(session, {{"mbid", k_rumours}});
    REQUIRE(is_done("2"));
    const std::string waited =
        session.run("SELECT started_at - created_at FROM pressings.jobs WHERE album_id = 2");
    CHECK(std::stoi(waited) < 2000);
}
