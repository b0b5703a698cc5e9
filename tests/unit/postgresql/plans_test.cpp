// How PostgreSQL can go about what runs for every job, album, release or track.
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/open_store.hpp"
#include "store/postgresql/engine/dialect.hpp"
#include "support/eventually.hpp"
#include "unit/postgresql/made_catalogue.hpp"
#include "unit/postgresql/shared_statements.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// Lists of everything, counts for statistics, and tables of a few rows; what was counted of late
/// is added up again and again, and so is always little.
const std::set<std::string_view> k_may_read_all{
    "k_album_head", "k_has_country",   "k_has_type",         "k_countries",
    "k_types",      "k_labels",        "k_count_recordings", "k_totals",
    "k_resume",     "k_count_watches", "k_unknown_kinds"};
const std::string k_counted_of_late = "_changes\"";

std::string nulls(std::string_view sql) {
    int most = 0;
    while (sql.find(fmt::format("${}", most + 1)) != std::string_view::npos)
        ++most;
    std::string list;
    for (int i = 0; i < most; ++i)
        list += i == 0 ? "(NULL" : ", NULL";
    return list.empty() ? list : list + ")";
}

}  // namespace

TEST_CASE("No statement has to read a whole table, but for those that list everything") {
    const MadeCatalogue catalogue;
    PlainSession session{catalogue.database.uri()};
    session.run(
        "SET search_path = pressings; SET enable_seqscan = off; "
        "SET plan_cache_mode = force_generic_plan");
    for (const auto& [name, shared] : shared_statements()) {
        const std::string sql = pressings::store::postgresql::translated(shared);
        if (k_may_read_all.contains(name)) continue;
        CAPTURE(name);
        session.run("PREPARE planned AS " + sql);
        const std::string plan = session.run("EXPLAIN (FORMAT JSON) EXECUTE planned" + nulls(sql));
        session.run("DEALLOCATE planned");
        const std::size_t scan = plan.find("Seq Scan");
        const bool is_of_late = scan != std::string::npos &&
                                plan.substr(scan, 700).find(k_counted_of_late) != std::string::npos;
        CHECK((scan == std::string::npos || is_of_late));
    }
}

TEST_CASE(
    "A worker that planned while the tables were empty, and known to be, seeks in large ones") {
    const PostgresqlDatabase database;
    const auto open = [&] { return store::open_store(database.uri(), {}, system_clock()); };
    // A session has told what it read when it is gone.
    const auto whole_reads = [&] {
        const auto sessions = [&] {
            return database.run(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                "application_name = 'pressings'");
        };
        REQUIRE(eventually([&] { return sessions() == "0"; }));
        return database.run(
            "SELECT string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname) "
            "FROM pg_stat_user_tables WHERE relname IN ('jobs', 'albums', 'attempts', 'releases')");
    };
    const auto put_in = [&](int albums) {
        database.run(fmt::format(
            "SET search_path = pressings; SET enable_seqscan = off; "
            "WITH added AS (INSERT INTO albums (title, created_at) "
            "SELECT 'An album', 0 FROM generate_series(1, {}) RETURNING id) "
            "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at) "
            "SELECT 'releases', id, 'default', 0, 'pending', 1, 0 FROM added",
            albums));
    };
    const auto work_off = [](store::JobQueue& queue, int times) {
        for (int n = 0; n < times; ++n) {
            const auto jobs = queue.claim({}, 60'000);
            std::vector<store::Import> imports(jobs.size());
            for (std::size_t i = 0; i < jobs.size(); ++i)
                imports[i].job = jobs[i];
            queue.complete(imports);
        }
    };
    open();
    database.run("VACUUM ANALYZE");
    const std::string before = whole_reads();
    {
        const auto store = open();
        store->queue().start_worker("test");
        put_in(10);
        work_off(store->queue(), 10);
        put_in(20'000);
        work_off(store->queue(), 10);
    }
    CHECK(whole_reads() == before);
}
