#include "domain/resubmission.hpp"

#include <utility>

namespace pressings {

std::string_view to_string(AddStatus status) {
    switch (status) {
        case AddStatus::created:
            return "created";
        case AddStatus::exists:
            return "exists";
        case AddStatus::updated:
            return "updated";
        case AddStatus::refreshed:
            return "refreshed";
    }
    return "exists";
}

Album given_beside_name(const AlbumRequest& request) {
    Album given = request.album;
    if (given.mbid || request.release_mbid || !request.identifiers.empty()) return given;
    given.title.reset();
    given.artist_credit.clear();
    const bool is_year_alone = given.first_release_date && !given.first_release_date->month;
    if (request.year && is_year_alone) given.first_release_date.reset();
    return given;
}

Resubmission plan_resubmission(const AlbumRequest& request, const AddOptions& options,
                               const KnownJob& job, std::vector<std::string> differing) {
    Resubmission plan;
    plan.differing = std::move(differing);
    const bool other_queue = job.queue != request.queue;
    const bool other_priority = job.priority != request.priority;
    plan.moves_job = request.moves_job && job.is_pending && (other_queue || other_priority);
    if (plan.moves_job && other_queue) plan.differing.emplace_back("queue");
    if (plan.moves_job && other_priority) plan.differing.emplace_back("priority");
    plan.queues_job = !job.is_open && (options.refresh || (options.queue_job && !job.id));
    plan.watches = options.new_editions && job.may_be_watched && !job.is_open && !plan.queues_job;
    if ((options.refresh && !job.is_open) || plan.watches) {
        plan.status = AddStatus::refreshed;
    } else if (!plan.differing.empty()) {
        plan.status = AddStatus::updated;
    }
    return plan;
}

}  // namespace pressings
