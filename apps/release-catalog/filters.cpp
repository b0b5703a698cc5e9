#include "filters.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/catalogue_reference.hpp"

namespace pressings {

namespace {

bool is_number(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A point in time, or how long ago it was. A bare number would be seconds, and is rather a year.
Millis since_ms(const std::string& text) {
    if (const auto time = parse_time(text)) return *time;
    const auto ago = is_number(text) ? std::nullopt : parse_duration(text);
    if (ago) return system_clock().now_ms() - *ago;
    throw UsageError(
        fmt::format("--since {}: neither a time nor how long ago; write it like 2026-11-23, "
                    "2026-11-23T15:04:05Z, 12h or 30d",
                    quote(text)));
}

}  // namespace

store::Filter filter_of(const FilterOptions& options, store::CatalogueReader& catalogue) {
    store::Filter filter;
    if (!options.album.empty()) filter.album_id = cli::find_album(catalogue, options.album);
    filter.artist = options.artist;
    filter.title = options.title;
    filter.primary_type = options.type;
    filter.year = options.year;
    if (options.format) filter.format = parse_plain_format(*options.format);
    filter.country = options.country;
    filter.status = options.status;
    filter.label = options.label;
    filter.with_removed = options.removed;
    if (options.since) filter.since_ms = since_ms(*options.since);
    filter.limit = options.limit;
    return filter;
}

store::AlbumFilter album_filter(const FilterOptions& options, store::CatalogueReader& catalogue) {
    return {filter_of(options, catalogue), store::AlbumOrder::by_id};
}

store::ReleaseFilter release_filter(const FilterOptions& options,
                                    store::CatalogueReader& catalogue) {
    return {filter_of(options, catalogue), false};
}

}  // namespace pressings
