#include "store/postgresql/engine/dialect.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "store/postgresql/statements/own_statements.hpp"
#include "store/sql/catalogue/filter_sql.hpp"
#include "unit/postgresql/made_catalogue.hpp"
#include "unit/postgresql/shared_statements.hpp"

using namespace pressings;
using namespace pressings::test;
using store::postgresql::translated;

namespace {

/// A session that finds the tables as those of the store do.
class Server {
  public:
    Server() { m_session.run("SET search_path = pressings"); }

    /// Why the server cannot prepare the statement; empty if it can.
    std::string complaint(std::string_view sql) {
        const std::string text = translated(sql);
        try {
            if (text.starts_with("CREATE ")) {
                m_session.run(text);
            } else {
                m_session.run("PREPARE tried AS " + text);
                m_session.run("DEALLOCATE tried");
            }
        } catch (const std::exception& error) {
            return error.what();
        }
        return "";
    }

  private:
    MadeCatalogue m_catalogue;
    PlainSession m_session{m_catalogue.database.uri()};
};

/// The constants of the headers that hold the shared statements.
std::set<std::string> constants_of_headers() {
    const std::regex constant{R"(inline constexpr (?:std::string_view|char) (k_\w+))"};
    std::set<std::string> names;
    for (const auto& file : std::filesystem::recursive_directory_iterator{
             std::filesystem::path{PRESSINGS_SOURCE_DIR} / "lib/store/sql"}) {
        if (!file.path().string().ends_with("_sql.hpp")) continue;
        std::stringstream text;
        text << std::ifstream{file.path()}.rdbuf();
        const std::string all = text.str();
        for (std::sregex_iterator at{all.begin(), all.end(), constant}, end; at != end; ++at)
            names.insert((*at)[1]);
    }
    return names;
}

/// The highest number of a parameter.
int parameters_of(std::string_view translated_sql) {
    const std::regex parameter{R"(\$(\d+))"};
    const std::string sql{translated_sql};
    int most = 0;
    for (std::sregex_iterator at{sql.begin(), sql.end(), parameter}, end; at != end; ++at)
        most = std::max(most, std::stoi((*at)[1]));
    return most;
}

store::Terms some_terms() {
    store::Terms terms;
    terms.artists = {"björk", "can"};
    terms.titles = {"début"};
    terms.types = {"Album", std::nullopt};
    terms.years = {YearRange{1970, 1979}};
    terms.formats = {PlainFormat::vinyl};
    terms.countries = {"is"};
    terms.statuses = {"Official", std::nullopt};
    terms.labels = {"One Little Indian", "f5a0aa4f-8f36-4cd9-b2ac-4bd8ae2ed9a9"};
    terms.catalog_numbers = {"TPLP 31"};
    terms.barcodes = {"0731452110121"};
    return terms;
}

template <typename Filter>
Filter full_filter() {
    Filter filter;
    filter.album_id = 1;
    filter.wanted = filter.excluded = some_terms();
    filter.missing = true;
    filter.dated_from = "1993";
    filter.since_ms = 1;
    filter.imported_since_ms = 1;
    filter.limit = 10;
    filter.offset = 20;
    return filter;
}

}  // namespace

TEST_CASE("A parameter without a number has the one after the highest before it") {
    CHECK(translated("SELECT ?, ?5, ?, ?2") == "SELECT $1, $5, $6, $2");
}

TEST_CASE("What stands in quotes is left as it is") {
    CHECK(translated("SELECT '? char(1)', 'it''s ?', \"a?b\", ?") ==
          "SELECT '? char(1)', 'it''s ?', \"a?b\", $1");
}

TEST_CASE("A function has the name that PostgreSQL gives it, a longer name is left alone") {
    CHECK(translated("SELECT instr(a, char(31)), varchar(3)") ==
          "SELECT strpos(a, chr(31)), varchar(3)");
}

TEST_CASE("An index is not prescribed") {
    CHECK(translated("UPDATE jobs INDEXED BY jobs_due SET a = 1") == "UPDATE jobs SET a = 1");
    CHECK(translated("SELECT 1 FROM jobs INDEXED BY jobs_due") == "SELECT 1 FROM jobs ");
}

TEST_CASE("A parameter that may be NULL is compared first, where its type is told") {
    CHECK(translated("WHERE (?2 IS NULL OR j.state = ?2) AND (?1 IS NULL OR (a OR b))") ==
          "WHERE (j.state = $2 OR $2 IS NULL) AND ($1 IS NULL OR (a OR b))");
}

TEST_CASE("The id of a new row is asked for where the database gives it") {
    CHECK(translated("INSERT INTO labels (name) VALUES (?)") ==
          "INSERT INTO labels (name) VALUES ($1) RETURNING id");
    CHECK(translated("INSERT INTO totals (value) VALUES (?)") ==
          "INSERT INTO totals (value) VALUES ($1)");
    CHECK(translated("INSERT INTO jobs (id) VALUES (?) RETURNING id, state") ==
          "INSERT INTO jobs (id) VALUES ($1) RETURNING id, state");
    CHECK(translated("INSERT INTO jobs (id) VALUES (?) ON CONFLICT DO NOTHING") ==
          "INSERT INTO jobs (id) VALUES ($1) ON CONFLICT DO NOTHING");
}

TEST_CASE("The server understands every statement that the engines share") {
    Server server;
    for (const auto& [name, sql] : shared_statements()) {
        CAPTURE(name);
        CHECK(server.complaint(sql) == "");
    }
}

TEST_CASE("No statement that the engines share is missing here") {
    std::set<std::string> names;
    for (const NamedStatement& statement : shared_statements())
        names.insert(std::string{statement.name});
    CHECK(names == constants_of_headers());
}

TEST_CASE("The server understands what is put together of a filter") {
    using store::AlbumOrder;
    using store::ReleaseOrder;
    Server server;
    auto albums = full_filter<store::AlbumFilter>();
    for (const auto order : {AlbumOrder::by_id, AlbumOrder::by_artist, AlbumOrder::by_title,
                             AlbumOrder::by_date, AlbumOrder::by_import, AlbumOrder::by_releases}) {
        albums.order = order;
        CHECK(server.complaint(store::sql::album_list_sql(albums).sql) == "");
    }
    auto releases = full_filter<store::ReleaseFilter>();
    for (const auto order : {ReleaseOrder::by_album, ReleaseOrder::by_id, ReleaseOrder::by_date,
                             ReleaseOrder::by_title, ReleaseOrder::by_country,
                             ReleaseOrder::by_format, ReleaseOrder::by_label}) {
        releases.order = order;
        CHECK(server.complaint(store::sql::release_list_sql(releases).sql) == "");
    }
}

TEST_CASE("A statement of PostgreSQL's own takes as many parameters as the shared one") {
    for (const auto subject : {store::postgresql::own_outbox_statements(),
                               store::postgresql::own_catalogue_statements()}) {
        for (const auto& [shared, own] : subject) {
            CAPTURE(shared);
            // (With a blank more it is no statement that has another in its place.)
            CHECK(parameters_of(own) == parameters_of(translated(std::string{shared} + ' ')));
        }
    }
}
