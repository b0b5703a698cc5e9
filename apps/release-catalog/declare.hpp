#pragma once

#include <CLI/App.hpp>

#include "options.hpp"

namespace pressings {

/// Commands that declare their options themselves, beside what they do.
void declare_album(CLI::App& app, CatalogOptions& options);
void declare_pick(CLI::App& app, CatalogOptions& options);
void declare_compare(CLI::App& app, CatalogOptions& options);
void declare_export(CLI::App& app, CatalogOptions& options);
/// The form of an export is what its options say together. UsageError if they do not go together.
void settle_export(CatalogOptions& options);
void declare_copy(CLI::App& app, CatalogOptions& options);
/// What `upcoming` has beside the filters of releases.
void declare_upcoming_options(CLI::App& upcoming, UpcomingOptions& options);

}  // namespace pressings
