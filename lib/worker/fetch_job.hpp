#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "domain/job.hpp"
#include "source/release_source.hpp"
#include "store/job_queue.hpp"

namespace pressings::worker {

/// An attempt whose source did not give what it was asked for.
struct FetchFailure {
    ClaimedJob job;
    source::ErrorKind kind = source::ErrorKind::permanent;
    JobError error;
    std::optional<Millis> retry_after_ms;
    int requests = 0;
    source::Reach reach = source::Reach::answered;
};

/// Whether the source knows what it must know.
struct Probed {
    enum class Finding {
        well,     ///< it does: what fails has causes of its own
        unwell,   ///< it does not
        unknown,  ///< there is nothing yet that it could be asked for
    };
    Finding finding = Finding::unknown;
    std::optional<JobError> error;  ///< of one that is unwell
    source::Reach reach = source::Reach::answered;
    int requests = 0;
};

/// What was asked for together with what a job wants, and of it what is whole; nothing if that
/// went wrong.
struct ReadTogether {
    ClaimedJob job;
    Companions companions;
    std::vector<source::GroupReleases> groups;
    int requests = 0;
};

/// What a job found that is no import, and of the albums in it those whose releases came along.
struct FoundTogether {
    store::Finding finding;
    std::vector<source::GroupReleases> groups;
};

using Fetched =
    std::variant<store::Import, store::Finding, FetchFailure, Probed, ReadTogether, FoundTogether>;

/// Releases that the catalogue has, for a source to show that it knows them.
using KnownReleases = std::vector<Mbid>;

/// Gets from the source all that a job needs. Writes nothing, and throws nothing: what goes wrong
/// is a FetchFailure. That something is gone is believed of a source that is proven.
Fetched fetch(source::ReleaseSource& source, const ClaimedJob& job, const KnownReleases& known,
              std::stop_token stop);

/// Asks for the albums beside a job's own together with it. Throws nothing: what goes wrong is met
/// again, and told of, when the job asks for its own alone.
ReadTogether read_together(source::ReleaseSource& source, ClaimedJob job, Companions companions,
                           std::stop_token stop);

/// Asks the source for what it must know. Throws nothing.
Probed probe(source::ReleaseSource& source, const KnownReleases& known, std::stop_token stop);

}  // namespace pressings::worker
