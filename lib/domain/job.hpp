#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/candidate.hpp"
#include "domain/catalogue.hpp"
#include "domain/identifier.hpp"

namespace pressings {

/// The life of a job:
///   pending -> running (claim) -> done | failed | cancelled
///   running -> pending (retry at a later time, or handed back without spending an attempt)
///   failed -> superseded (a later job imported its album)
enum class JobState { pending, running, done, failed, cancelled, superseded };

/// All of them, in this order.
inline constexpr JobState k_job_states[] = {JobState::pending,   JobState::running,
                                            JobState::done,      JobState::failed,
                                            JobState::cancelled, JobState::superseded};

std::string_view to_string(JobState state);
std::optional<JobState> parse_job_state(std::string_view name);

/// Whether this may be the name of a queue: 1 to 64 letters, digits and "_.:-".
bool is_queue_name(std::string_view name);

/// What a job is for. Its row has a subject and arguments besides:
enum class JobKind {
    releases,      ///< imports the releases of an album
    discography,   ///< puts every album of an artist in, each with a job of its own. Arguments: the
                   ///< types wanted (type_filter.hpp)
    new_editions,  ///< asks an index for many albums, and queues an import of those of which it
                   ///< lists other releases. Arguments: their release groups (new_editions.hpp)
    collection,    ///< as a discography, of a collection that somebody made at MusicBrainz
    series,        ///< as a discography, of a series
    watch,         ///< puts in what is new of an artist, label or series. Arguments: what is to be
                   ///< looked at (watch.hpp)
};

std::string_view to_string(JobKind kind);
/// Nothing for a kind that only another version knows.
std::optional<JobKind> parse_job_kind(std::string_view name);
/// The names of all kinds, each between commas: ",releases,discography,".
const std::string& known_job_kinds();

/// An album that somebody wants in the catalogue, and where its job is to go.
struct AlbumRequest {
    Album album;              ///< an MBID, or a title and an artist, or a release, or an identifier
    std::optional<int> year;  ///< of the first release, as told
    std::optional<Mbid> release_mbid;  ///< the album is the one this release belongs to
    /// By which it is found where it has no MBID; the surest first.
    std::vector<Identifier> identifiers;
    std::string queue = "default";
    int priority = 0;  ///< higher goes first
    /// Whether queue or priority were told, and so are to be those of a job that waits already.
    bool moves_job = false;
};

/// How an attempt ended.
enum class Outcome {
    running,  ///< not yet
    done,
    retrying,  ///< failed, and will be tried again
    failed,
    released,  ///< handed back, no attempt spent
    crashed,   ///< its worker died of itself
    killed,    ///< its worker was killed
    expired,   ///< its worker was stopped, and its lease ran out
    cancelled,
};

/// All that an attempt may end as.
inline constexpr Outcome k_outcomes[] = {Outcome::done,     Outcome::retrying, Outcome::failed,
                                         Outcome::released, Outcome::crashed,  Outcome::killed,
                                         Outcome::expired,  Outcome::cancelled};

std::string_view to_string(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);

/// How many releases an import found, and what it did with them.
struct ReleaseCounts {
    int total = 0;
    int created = 0;
    int updated = 0;
    int unchanged = 0;
    int removed = 0;
    int moved = 0;   ///< left for another album of the catalogue
    int merged = 0;  ///< are one with another release now

    friend bool operator==(const ReleaseCounts&, const ReleaseCounts&) = default;
};

/// What a kind of jobs counts of its own: "albums", 100.
struct NamedCount {
    std::string name;
    std::int64_t count = 0;
};

/// Why an attempt failed: a code for programs ("not_found"), a sentence for people.
struct JobError {
    std::string code;
    std::string message;
    /// Release groups that an album known by name may be, the likeliest first.
    std::vector<Candidate> candidates{};
};

/// What went wrong, and what was asked for it: a long address comes last, so that a table or a
/// line may do without it.
std::string with_address(std::string_view what, std::string_view address);
/// "not_found: MusicBrainz does not have it", without the address.
std::string in_one_line(const JobError& error);

/// A job taken by a worker. `id` and `claim` together are the right to report on it: `claim`
/// grows with each claim, so a worker whose job was taken from it can change nothing.
struct ClaimedJob {
    std::int64_t id = 0;
    std::int64_t claim = 0;
    int attempt = 0;       ///< the one now begun, from 1
    bool suspect = false;  ///< workers may have died of it
    JobKind kind = JobKind::releases;
    std::optional<std::int64_t> album_id;
    Album album;  ///< its own facts; the artist credit only where there is no MBID
    std::optional<int> year;
    std::optional<Mbid> release_mbid;
    std::vector<Identifier> identifiers;       ///< as AlbumRequest has them
    std::vector<Identifier> next_identifiers;  ///< of its kind, of albums that come next
    bool imported = false;                     ///< the album, or one of the artist, was before
    std::vector<Mbid> known_releases;          ///< of the album, as present in the catalogue
    std::optional<Mbid> subject;  ///< what it is about if not an album: an artist, a list
    std::string arguments;        ///< as its kind has them
    std::string queue;
    int priority = 0;
};

/// What it is about, for people: "album 7 (Rumours)".
std::string described(const ClaimedJob& job);

}  // namespace pressings
