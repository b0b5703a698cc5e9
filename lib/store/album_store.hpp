#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/job.hpp"
#include "domain/resubmission.hpp"
#include "domain/type_filter.hpp"
#include "store/mode.hpp"

namespace pressings::store {

/// What became of one album that was put in.
struct AddedAlbum {
    AddStatus status = AddStatus::created;
    std::optional<std::int64_t> album_id;  ///< nothing in a preview of a new album
    std::optional<std::int64_t> job_id;    ///< its open job, else its last; nothing if it has none
    std::optional<Mbid> mbid;
    std::optional<std::string> title;
    std::optional<std::string> error;  ///< why it could not be done ("no_such_album", …)
    std::vector<std::string> updated;  ///< the fields of the record that differed, "queue" too
};

/// Which albums are to be imported anew, and where their jobs go.
struct RefreshFilter {
    std::optional<Millis> imported_before_ms;  ///< those never imported count as older
    std::string queue = "default";
    int priority = 0;
    /// `new_editions`: those with an MBID, in jobs of many, unless they are in such a job already.
    JobKind kind = JobKind::releases;
};

/// How an album's job is queued again when the album is identified.
struct IdentifyOptions {
    std::optional<std::string> queue;  ///< its own, else "default", if not told
    std::optional<int> priority;       ///< its own, else 0, if not told
    Mode mode = Mode::write;
};

/// The side of the store that puts albums and their jobs in. Each call is one transaction: an album
/// and its job are there together, or neither is. StoreError if it cannot be done; then nothing
/// was.
class AlbumStore {
  public:
    virtual ~AlbumStore() = default;

    /// Stores each album that is not there yet, with a job in the same transaction. An album is
    /// there if its MBID, its release MBID, or (for one without any) its surest identifier, or
    /// artist, title and year are.
    /// What a request tells otherwise of an album that is there is written down, as far as a user
    /// may say it: MusicBrainz's word stays, the user's is kept beside it. Results are in the order
    /// of `requests`.
    virtual std::vector<AddedAlbum> add_albums(std::span<const AlbumRequest> requests,
                                               const AddOptions& options) = 0;

    /// What `add_albums` would do, writing nothing. Remembers what it has seen in this store, so
    /// that an album given twice is `exists` the second time.
    virtual std::vector<AddedAlbum> preview_albums(std::span<const AlbumRequest> requests,
                                                   const AddOptions& options) = 0;

    /// Queues a new import for at most `limit` albums with an id above `after_id` that the filter
    /// takes and that have no open job; in order of id. Empty when there are none left.
    virtual std::vector<AddedAlbum> refresh_albums(const RefreshFilter& filter,
                                                   std::int64_t after_id, int limit, Mode mode) = 0;

    /// Queues a new import for at most `limit` albums with oddities that a reader older than
    /// `reader` met, where their last job was; how many. Left out are albums whose last job is
    /// open, or did not end well. Writes nothing, and waits for nobody, if there are none.
    virtual int refresh_odd_albums(int reader, int limit) = 0;

    /// Says which release group (or release of it) an album is, and has its job run again at once
    /// with fresh attempts: the job that failed, waits or is under way, taken from its worker
    /// unless that knows the MBID already; a new one if there is none but finished ones. If another
    /// album is that one already, the two become one, jobs and all. `error` is set if there is no
    /// such album.
    virtual AddedAlbum identify_album(std::int64_t album_id, const Mbid& mbid,
                                      const IdentifyOptions& options) = 0;

    /// Has an album that is known by its name alone looked for by other words: these become its
    /// artist, title and year, and its job runs again at once with fresh attempts. The album stays
    /// known by the words it had, so that a batch with them finds it. `exists`, and nothing is
    /// done, if these are its words; `error` is set if there is no such album, if it is identified,
    /// or if another one has these words.
    virtual AddedAlbum search_again(std::int64_t album_id, const AlbumRequest& words,
                                    const IdentifyOptions& options) = 0;

    /// Queues the job that will put all albums of an artist in; `exists` if one is open.
    virtual AddedAlbum add_discography(const Mbid& artist, const TypeFilter& types,
                                       const std::string& queue, int priority, Mode mode) = 0;

    /// Likewise of a collection or a series of MusicBrainz's.
    virtual AddedAlbum add_list(JobKind kind, const Mbid& list, const std::string& queue,
                                int priority, Mode mode) = 0;
};

}  // namespace pressings::store
