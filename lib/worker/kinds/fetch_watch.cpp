#include <fmt/format.h>

#include "domain/watch.hpp"
#include "source/fault_table.hpp"
#include "worker/kinds/fetchers.hpp"

namespace pressings::worker {

namespace {

using source::GroupList;
using source::Meaning;
using source::SourceError;

std::string unknown_text(const ClaimedJob& job, const WatchLook& look) {
    const std::string mbid = job.subject.value().to_string();
    return fmt::format(
        "MusicBrainz has no {} {}, or no longer, so it is not looked at any more; "
        "`album-import --unwatch {}` ends the watch, `--watch {}` tries again",
        look.entity ? to_string(*look.entity) : "artist, label or series", mbid, mbid, mbid);
}

/// A source that is current and proven says for all that there is no such thing.
[[noreturn]] void refuse_unknown(const Asking& asking, const ClaimedJob& job, const WatchLook& look,
                                 int requests) {
    try {
        requests += asking.source.prove(asking.known, asking.stop);
    } catch (SourceError& unproven) {
        unproven.requests += requests;
        throw;
    }
    SourceError gone = source::answer_error(k_watch_gone, unknown_text(job, look));
    gone.requests = requests;
    throw gone;
}

GroupList part_of(const Asking& asking, const ClaimedJob& job, const WatchLook& look) {
    try {
        return asking.source.list_groups(
            {look.entity, job.subject.value(), look.types, look.position}, asking.stop);
    } catch (const SourceError& error) {
        if (error.meaning != Meaning::not_found || !asking.source.is_current()) throw;
        refuse_unknown(asking, job, look, error.requests);
    }
}

}  // namespace

Fetched fetch_watch(const Asking& asking, const ClaimedJob& job) {
    GroupList list = part_of(asking, job, parse_watch_look(job.arguments));
    store::NewGroups found{list.entity,
                           list.mbid,
                           std::move(list.name),
                           std::move(list.albums),
                           std::move(list.releases),
                           list.rest};
    return store::Finding{job, std::move(found), list.requests};
}

}  // namespace pressings::worker
