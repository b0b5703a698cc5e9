#include "filters.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/log.hpp"
#include "terms.hpp"

namespace pressings {

namespace {

bool is_number(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A point in time, or how long ago it was. A bare number would be seconds, and is rather a year.
Millis since_ms(const char* option, const std::string& text) {
    if (const auto time = parse_time(text)) return *time;
    const auto ago = is_number(text) ? std::nullopt : parse_duration(text);
    if (ago) return system_clock().now_ms() - *ago;
    throw UsageError(
        fmt::format("{} {}: neither a time nor how long ago; write it like 2026-11-23, "
                    "2026-11-23T15:04:05Z, 12h or 30d",
                    option, quote(text)));
}

template <typename Orders>
auto order_of(const Orders& orders, const std::optional<std::string>& name)
    -> std::optional<decltype(std::begin(orders)->second)> {
    for (const auto& [known, order] : orders) {
        if (name == known) return order;
    }
    return std::nullopt;
}

}  // namespace

store::Filter filter_of(const FilterOptions& options, store::CatalogueReader& catalogue) {
    store::Filter filter;
    if (!options.album.empty()) filter.album_id = cli::find_album(catalogue, options.album);
    for (const auto& [key, values] : options.terms) {
        for (const std::string& value : values)
            add_term(filter.wanted, key, value);
    }
    for (const std::string& exclusion : options.exclusions)
        add_exclusion(filter.excluded, exclusion);
    warn_of_unknown_values(filter.wanted, catalogue);
    warn_of_unknown_values(filter.excluded, catalogue);
    filter.missing = options.missing;
    filter.with_removed = options.removed;
    if (options.since) filter.since_ms = since_ms("--since", *options.since);
    if (options.imported_since) {
        filter.imported_since_ms = since_ms("--imported-since", *options.imported_since);
    }
    if (options.reverse) filter.order_direction = store::Direction::descending;
    filter.limit = options.limit;
    filter.offset = options.offset;
    return filter;
}

store::AlbumFilter album_filter(const FilterOptions& options, store::CatalogueReader& catalogue) {
    using store::AlbumOrder;
    constexpr std::pair<std::string_view, AlbumOrder> k_orders[] = {
        {"artist", AlbumOrder::by_artist},
        {"title", AlbumOrder::by_title},
        {"date", AlbumOrder::by_date},
        {"imported", AlbumOrder::by_import},
        {"releases", AlbumOrder::by_releases}};
    return {filter_of(options, catalogue),
            order_of(k_orders, options.sort).value_or(AlbumOrder::by_id)};
}

store::ReleaseFilter release_filter(const FilterOptions& options,
                                    store::CatalogueReader& catalogue) {
    using store::ReleaseOrder;
    constexpr std::pair<std::string_view, ReleaseOrder> k_orders[] = {
        {"id", ReleaseOrder::by_id},         {"date", ReleaseOrder::by_date},
        {"title", ReleaseOrder::by_title},   {"country", ReleaseOrder::by_country},
        {"format", ReleaseOrder::by_format}, {"label", ReleaseOrder::by_label}};
    return {filter_of(options, catalogue), false,
            order_of(k_orders, options.sort).value_or(ReleaseOrder::by_album)};
}

void say_nothing_found() {
    cli::log(cli::LogLevel::info, "nothing found");
}

}  // namespace pressings
