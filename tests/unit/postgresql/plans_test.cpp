// How PostgreSQL can go about what runs for every job, album, release or track.
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/postgresql/engine/dialect.hpp"
#include "unit/postgresql/made_catalogue.hpp"
#include "unit/postgresql/shared_statements.hpp"

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
