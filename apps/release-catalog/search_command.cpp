#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/progress.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"
#include "store/store_error.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

SearchQuery read_query(const std::vector<std::string>& words) {
    SearchQuery query = parse_search(words);
    if (query.is_empty()) {
        throw UsageError("search: there is no word to look for; type one, or FIELD:WORD");
    }
    return query;
}

constexpr std::int64_t k_usual_limit = 100;

/// Without a limit of the user's, one more than is shown: it tells whether there are more.
std::vector<store::SearchHit> find(CatalogueReader& catalogue, const SearchQuery& query,
                                   const std::optional<std::int64_t>& limit) {
    std::vector<store::SearchHit> hits;
    catalogue.search(query, limit.value_or(k_usual_limit + 1),
                     [&](const store::SearchHit& hit) { hits.push_back(hit); });
    return hits;
}

void tell_of_end(std::vector<store::SearchHit>& hits, const std::optional<std::int64_t>& limit) {
    if (hits.empty()) {
        say_nothing_found();
    } else if (!limit && std::ssize(hits) > k_usual_limit) {
        hits.pop_back();
        cli::log(cli::LogLevel::warning,
                 fmt::format("these are the best {}; there are more: --limit 0 lists all",
                             k_usual_limit));
    }
}

/// In short transactions, so that workers can write in between.
void index_all(const CatalogOptions& options, store::Store& store, std::int64_t albums) {
    constexpr int k_at_once = 500;
    cli::Progress progress{!options.common.quiet, albums, system_clock()};
    while (const auto indexed = store.maintenance().index_albums(k_at_once)) {
        for (std::int64_t i = 0; i < indexed; ++i)
            progress.step(false);
    }
    progress.hide();
}

}  // namespace

std::unique_ptr<store::Store> open_to_search(const CatalogOptions& options) {
    auto reading = cli::open_store_to_read(options.common);
    const auto albums = reading->catalogue().unindexed_albums();
    if (albums == 0) return reading;
    reading.reset();
    try {
        index_all(options, *cli::open_store(options.common), albums);
    } catch (const store::StoreError& error) {
        constexpr std::int64_t k_many = 10'000;
        cli::log(
            albums > k_many ? cli::LogLevel::warning : cli::LogLevel::debug,
            fmt::format("{} albums are indexed for this answer alone: {}", albums, error.what()));
    }
    return cli::open_store_to_read(options.common);
}

int search_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const SearchQuery query = read_query(options.words);
    auto hits = find(catalogue, query, options.search_limit);
    if (hits.empty()) hits = find(catalogue, with_prefixes(query), options.search_limit);
    tell_of_end(hits, options.search_limit);
    render::HitTable table;
    for (const store::SearchHit& hit : hits) {
        if (options.common.json) {
            output.json_line(render::hit_json(hit));
        } else {
            table.add(hit);
        }
    }
    if (!options.common.json && !hits.empty()) {
        table.table().print(output, cli::screen_of(options.common));
    }
    return cli::k_done;
}

}  // namespace pressings
