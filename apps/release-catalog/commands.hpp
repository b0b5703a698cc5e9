#pragma once

#include <memory>

#include "cli/output.hpp"
#include "options.hpp"

namespace pressings {

/// The commands; each gives the exit status.
int albums_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                   cli::Output& output);
int album_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                  cli::Output& output);
int pick_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                 cli::Output& output);
int compare_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output);
int upcoming_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output);
int releases_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output);
int stats_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                  cli::Output& output);
int search_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                   cli::Output& output);
/// The catalogue, to be read; what searches answer from is up to date, as far as this user may
/// write it.
std::unique_ptr<store::Store> open_to_search(const CatalogOptions& options);
int changes_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output);
int oddities_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output);
int export_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                   cli::Output& output);
/// Opens both catalogues itself.
int copy_command(const CatalogOptions& options, cli::Output& output);
/// Tells of jobs, too.
int report_command(store::Store& store, const CatalogOptions& options, cli::Output& output);

}  // namespace pressings
