#pragma once

#include <cstddef>

#include <nlohmann/json_fwd.hpp>

#include "cli/output.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// As schema/json/stats.json has it.
nlohmann::ordered_json stats_json(const store::CatalogueStats& stats);

/// For people. `columns`: of the terminal, which gets a bar beside each count; 0: no bars.
void print_stats(const store::CatalogueStats& stats, std::size_t columns, cli::Output& output);

/// A bar that takes up to `columns` columns, of blocks an eighth of a column exact: as much of them
/// as `part` is of `whole`. Whatever is not nothing can be seen.
std::string bar(std::int64_t part, std::int64_t whole, std::size_t columns);

}  // namespace pressings::render
