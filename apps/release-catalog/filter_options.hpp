#pragma once

#include <string>

#include <CLI/App.hpp>

#include "options.hpp"

namespace pressings {

/// The options that lists share; see store::Filter.
void declare_album_filters(CLI::App& command, FilterOptions& filter);
void declare_one_album(CLI::App& command, FilterOptions& filter);
/// `format` is the names of the option for plain formats: what is exported has a format of another
/// kind.
void declare_release_filters(CLI::App& command, FilterOptions& filter, const char* format);
inline constexpr const char* k_format_names = "--format,--plain-format";
void declare_since(CLI::App& command, FilterOptions& filter, const char* what);
void declare_removed(CLI::App& command, FilterOptions& filter);

CLI::Option& declare_limit(CLI::App& command, CatalogOptions& options);
/// Of what is listed for people. An export is whole unless its command line says otherwise.
void declare_usual_limit(CLI::App& command, CatalogOptions& options);

}  // namespace pressings
