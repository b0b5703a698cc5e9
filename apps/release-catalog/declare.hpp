#pragma once

#include <CLI/App.hpp>

#include "options.hpp"

namespace pressings {

/// Commands that declare their options themselves, beside what they do.
void declare_album(CLI::App& app, CatalogOptions& options);
void declare_pick(CLI::App& app, CatalogOptions& options);
void declare_compare(CLI::App& app, CatalogOptions& options);
/// What `upcoming` has beside the filters of releases.
void declare_upcoming_options(CLI::App& upcoming, UpcomingOptions& options);

}  // namespace pressings
