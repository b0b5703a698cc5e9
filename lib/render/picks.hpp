#pragma once

#include <span>

#include <nlohmann/json_fwd.hpp>

#include "cli/output.hpp"
#include "domain/pick_edition.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// One edition picked of an album's.
struct PickedRelease {
    const store::AlbumRecord& album;
    std::span<const store::ReleaseRecord> editions;  ///< in the order that they were picked from
    const EditionChoice& choice;
};

/// The schema is schema/json/pick.json.
nlohmann::ordered_json pick_json(const PickedRelease& pick);

/// The album and its edition on a line, and the reasons on another. Outside text is made safe.
void print_pick(const PickedRelease& pick, const cli::Screen& screen, cli::Output& output);

}  // namespace pressings::render
