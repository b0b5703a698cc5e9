#pragma once

#include <span>

#include <nlohmann/json_fwd.hpp>

#include "cli/output.hpp"
#include "domain/compare_editions.hpp"
#include "render/album_text.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// Editions of an album, side by side.
struct ComparedAlbum {
    const store::AlbumRecord& album;
    std::span<const store::ReleaseRecord> editions;
    const Comparison& comparison;  ///< of them, in this order
};

/// The schema is schema/json/compare.json.
nlohmann::ordered_json comparison_json(const ComparedAlbum& compared);

/// A legend of the editions as A, B, C, and a table with a column for each. Where they do not fit
/// the screen, editions that are alike in all tracks share a column; where that is not enough, the
/// columns are parted into several tables. Outside text is made safe.
void print_comparison(const ComparedAlbum& compared, const cli::Screen& screen,
                      cli::Output& output);

}  // namespace pressings::render
