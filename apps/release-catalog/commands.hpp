#pragma once

#include "cli/output.hpp"
#include "options.hpp"
#include "store/catalogue_reader.hpp"

/// The commands that have a file of their own; each returns the exit status.
namespace pressings {

int changes_command(store::CatalogueReader& catalogue, const CatalogOptions& options,
                    cli::Output& output);

}  // namespace pressings
