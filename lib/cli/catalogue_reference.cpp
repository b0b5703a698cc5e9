#include "cli/catalogue_reference.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings::cli {

std::int64_t find_album(store::CatalogueReader& catalogue, const std::string& text) {
    if (const auto mbid = Mbid::parse(text)) {
        if (const auto id = catalogue.album_id(*mbid)) return *id;
        throw UsageError(fmt::format("the catalogue has no album {}", text));
    }
    std::int64_t id = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, id);
    if (result.ec != std::errc{} || result.ptr != end) {
        throw UsageError(
            fmt::format("{}: neither an id of the catalogue nor an MBID", escape_controls(text)));
    }
    if (catalogue.album(id)) return id;
    throw UsageError(fmt::format("the catalogue has no album {}", id));
}

}  // namespace pressings::cli
