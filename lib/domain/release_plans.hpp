#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/changes.hpp"

/// What an import makes of the releases that are stored.
namespace pressings {

/// A release as it is stored, and where.
struct StoredRelease {
    std::int64_t album_id = 0;
    bool removed = false;
    Release release;
};

/// What becomes of one that the list of an album has.
struct ListedPlan {
    std::optional<ChangeKind> change;  ///< updated, moved or returned; nothing: it is as it was
    Release release;                   ///< to be written; what was not asked for is as it was
    std::vector<FieldChange> fields;
};

ListedPlan plan_listed(std::int64_t album_id, const Release& listed, const StoredRelease& stored);

/// What is known of one that the list of its album lacks.
struct Whereabouts {
    ReleaseFate fate;
    std::optional<std::int64_t> merged_into;     ///< the row of that, where it is stored
    std::optional<std::int64_t> album_of_group;  ///< where the group that it is in now is one
};

/// What becomes of that.
struct VanishedPlan {
    enum class Action {
        stay,    ///< it is somewhere, or the list erred
        merge,   ///< it is an alias of what it was merged into
        move,    ///< to the album of its group
        remove,  ///< MusicBrainz does not know it, or it is nowhere in the catalogue
    };
    Action action = Action::remove;
    std::vector<FieldChange> fields;  ///< where it went, as far as that is known

    bool is_unexplained() const { return action == Action::remove && fields.empty(); }
};

VanishedPlan plan_vanished(std::int64_t album_id, const Whereabouts& release);

}  // namespace pressings
