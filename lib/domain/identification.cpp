#include "domain/identification.hpp"

namespace pressings {

Identification plan_identification(const IdentifiedAlbum& album) {
    using Job = Identification::Job;
    if (!album.job) return {AddStatus::refreshed, Job::is_new};
    switch (*album.job) {
        case JobState::running:
            return {AddStatus::exists, album.group_was_known ? Job::goes_on : Job::runs_again};
        case JobState::pending:
            return {AddStatus::exists, Job::runs_again};
        case JobState::failed:
        case JobState::cancelled:
            return {AddStatus::refreshed, Job::runs_again};
        case JobState::done:
        case JobState::superseded:
            return {AddStatus::refreshed, Job::is_new};
    }
    return {};
}

}  // namespace pressings
