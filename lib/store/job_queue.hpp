#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/companions.hpp"
#include "domain/job.hpp"
#include "domain/new_editions.hpp"
#include "domain/oddity.hpp"
#include "domain/recovery.hpp"
#include "domain/removals.hpp"
#include "domain/watch.hpp"

namespace pressings::store {

/// What of the outbox a worker takes from.
struct ClaimFilter {
    std::vector<std::string> queues;  ///< only these; all if empty. Paused queues are left out.
    int limit = 1;                    ///< jobs at most
    /// Whether a job that its workers may have died of may be taken; it is then the only one taken,
    /// so that no other can be blamed for what it does.
    bool suspects = true;
};

/// A finished import, to be written together with its job's "done".
struct Import {
    ClaimedJob job;
    /// As the source has it; its MBID alone, without a title, leaves the rest as it is stored.
    std::optional<Album> release_group;
    std::vector<Release> releases;
    int requests = 0;
    /// What became of releases that the catalogue has and the source lists no longer, where the
    /// source could tell.
    std::vector<ReleaseFate> fates{};
    bool group_is_gone = false;  ///< MusicBrainz has no such release group any more
    /// What could not be read: these releases stay as they are stored.
    std::vector<Oddity> oddities{};
    bool lists_all = true;  ///< false: no release is taken for removed because it is not listed
    int reader = 0;         ///< the version of the reader that read all this
};

/// The albums of an artist, a collection or a series, to be put in with a job each.
struct Discography {
    std::vector<Album> albums;
    std::vector<Mbid> releases{};  ///< of albums that are not told
};

/// What an index lists of the release groups that a job asked for.
struct NewEditions {
    std::vector<ListedEditions> groups;
};

/// A part of what is listed of a watched artist, label or series.
struct NewGroups {
    EntityType entity = EntityType::artist;
    Mbid mbid;                           ///< another than the job's if it was merged
    std::optional<std::string> name;     ///< nothing: not asked for
    std::vector<Album> albums;           ///< of the types wanted, each once
    std::vector<Mbid> releases{};        ///< members of a series, whose groups are not known yet
    std::optional<std::int64_t> rest{};  ///< where the list goes on
};

/// What a job found that is no import, to be written together with the job's "done".
struct Finding {
    ClaimedJob job;
    std::variant<Discography, NewEditions, NewGroups> found;
    int requests = 0;
};

/// An attempt that did not come to its end.
enum class Verdict {
    retry,    ///< pending again, due at `run_at_ms`; the attempt is spent
    fail,     ///< will not run again by itself
    requeue,  ///< handed back: pending, due at `run_at_ms`, no attempt spent
    quiet,    ///< handed back likewise, for the service wants no requests for now
    stop,     ///< handed back likewise, for the worker was told to stop
};

struct FailedAttempt {
    ClaimedJob job;
    Verdict verdict = Verdict::retry;
    std::optional<JobError> error;
    Millis run_at_ms = 0;
    int requests = 0;
};

/// What a report on a claimed job came to.
struct AttemptResult {
    bool accepted = false;  ///< false: nothing was written; the job was no longer ours, unless
    std::optional<JobError> error;  ///< says why the catalogue refused it, and the job failed
    ReleaseCounts releases;
    std::vector<NamedCount> counts{};  ///< of what is no import
    std::vector<Oddity> oddities{};    ///< that are kept, with releases that the catalogue refused
    std::optional<std::int64_t> album_id;  ///< where they are: another album if two were joined
    /// It would have taken more out of the catalogue than the limit permits: so much would be gone
    /// within its window. The job is still ours.
    std::optional<Removals> too_many;
    bool not_reached = false;  ///< one before it would have; the job is still ours
};

/// A job taken away from a worker that died or stopped, and what became of it.
struct Recovered {
    std::int64_t job_id = 0;
    TakenBack outcome;
};

/// The side of the store that workers use. Each call is one transaction. Every change of a job's
/// state names its id, its claim and the state it must be in. StoreError if it cannot be done.
class JobQueue {
  public:
    virtual ~JobQueue() = default;

    /// Makes this store a worker: until it is closed, or its process dies, the jobs it claims are
    /// its own as long as their leases are renewed. `name` is for people ("host:pid"). Once it has
    /// taken a job, a process that dies of itself leaves a note of that. One worker in a process.
    virtual void start_worker(const std::string& name) = 0;

    /// Takes due jobs: highest priority first, then the longest due. Committed when it returns, so
    /// the attempt is counted even if this process dies of it.
    virtual std::vector<ClaimedJob> claim(const ClaimFilter& filter, Millis lease_ms) = 0;

    /// What waits beside the import of an album of one artist, in its queue, of its priority and
    /// due: the release groups of albums with the same credit, its own among them, the longest
    /// waiting first, `most` at most. Nothing if its artist is not known or not the only one, or if
    /// an import of such an album that came before it is under way, whose worker may read them.
    virtual std::optional<Companions> companions_of(const ClaimedJob& job, std::size_t most) = 0;

    /// As `claim`, but those imports of these groups that wait in the queue and are due.
    virtual std::vector<ClaimedJob> claim_imports(std::span<const Mbid> release_groups,
                                                  const std::string& queue, Millis lease_ms) = 0;

    /// Writes each import and its job's "done"; all of them in one transaction, none of them if it
    /// throws. Reports are in the order given.
    virtual std::vector<AttemptResult> complete(std::span<const Import> imports) = 0;
    virtual AttemptResult complete(const Finding& finding) = 0;

    /// From now on `complete` writes no import that removes more than this. It and those behind it
    /// in the same call are not written. Without this there is no limit.
    virtual void limit_removals(const RemovalLimit& limit) = 0;

    /// Some releases that are in the catalogue, of several albums, the latest and the earliest: a
    /// source that knows none of them is not where they came from.
    virtual std::vector<Mbid> known_releases() = 0;

    virtual AttemptResult finish_failed(const FailedAttempt& attempt) = 0;

    /// Prolongs the leases of all of this worker's jobs to `lease_ms` from now.
    virtual void renew(Millis lease_ms) = 0;

    /// Takes back the jobs of workers that are dead, or whose lease ran out, as
    /// domain/recovery.hpp decides. Also lets waiting jobs wait no longer than they would have,
    /// where the wall clock was set back.
    virtual std::vector<Recovered> recover() = 0;

    /// Jobs not finished that the filter takes: due now, and all.
    struct Backlog {
        std::int64_t due = 0;
        std::int64_t open = 0;
        std::optional<Millis> next_run_at_ms;  ///< of the next pending job
    };
    virtual Backlog backlog(const ClaimFilter& filter) = 0;
};

}  // namespace pressings::store
