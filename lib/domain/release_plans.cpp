#include "domain/release_plans.hpp"

#include "domain/told.hpp"

namespace pressings {

ListedPlan plan_listed(std::int64_t album_id, const Release& listed, const StoredRelease& stored) {
    ListedPlan plan;
    plan.release = fill_untold(listed, stored.release);
    if (stored.album_id != album_id) {
        plan.change = ChangeKind::moved;
    } else if (stored.removed) {
        plan.change = ChangeKind::returned;
    } else if (stored.release != plan.release) {
        plan.change = ChangeKind::updated;
    }
    if (plan.change) plan.fields = changes_between(stored.release, plan.release);
    return plan;
}

VanishedPlan plan_vanished(std::int64_t album_id, const Whereabouts& release) {
    using Action = VanishedPlan::Action;
    const ReleaseFate& fate = release.fate;
    if (fate.is_merged()) {
        return {release.merged_into ? Action::merge : Action::remove,
                {{"mbid", fate.release.to_string(), fate.now->to_string()}}};
    }
    if (fate.now && (!fate.release_group || release.album_of_group == album_id)) {
        return {Action::stay, {}};
    }
    if (fate.now && release.album_of_group) return {Action::move, {}};
    if (!fate.release_group) return {};
    return {Action::remove, {{"album_mbid", std::nullopt, fate.release_group->to_string()}}};
}

}  // namespace pressings
