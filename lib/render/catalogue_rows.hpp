#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/catalogue_parts.hpp"

namespace pressings::render {

/// What the cells of a column are: "true" or "false"; a time as RFC 3339 has it, in UTC.
enum class CellType { text, integer, boolean, time };

struct CellColumn {
    std::string_view name;
    CellType type = CellType::text;
};

/// A table that the catalogue can be written as. Names are those of the JSON where there is one;
/// what is not known is empty; lists are joined by "; " in their order, an empty place kept where
/// another list goes along with it.
struct RowTable {
    std::string_view name;
    std::vector<CellColumn> columns;
    std::vector<std::string_view> key;  ///< the columns whose values together are unique
};

/// album-import reads these rows.
const RowTable& album_table();
std::vector<std::string> album_cells(const store::AlbumRecord& album);

const RowTable& release_table();
std::vector<std::string> release_cells(const ReleaseOfAlbum& of);

const RowTable& track_table();
std::vector<std::string> track_cells(const store::TrackRecord& track);

}  // namespace pressings::render
