#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/job.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// How an album is known, beside its own MBID (table album_keys).
struct AlbumKey {
    /// "release_group", "release", "name", "former_name" or a kind of identifier
    std::string kind;
    std::string value;  ///< 16 bytes of an MBID, the told name, or what is compared of the other
};

AlbumKey release_group_key(const Mbid& mbid);

/// What `request` is known by where it names no release group: the release, the surest identifier,
/// or the name, which is artist, title and year. A catalogue number alone tells little, so what was
/// told beside it counts, too.
AlbumKey key_of(const AlbumRequest& request);

std::optional<std::int64_t> find_album(Connection& connection, const Mbid& release_group);
std::optional<std::int64_t> find_album(Connection& connection, const AlbumKey& alias);
/// Has the album known by this name from here on; it stays known by those that it had.
void replace_name(Connection& connection, const AlbumKey& name, std::int64_t album_id);
void insert_key(Connection& connection, const AlbumKey& alias, std::int64_t album_id);

std::optional<Mbid> mbid_of(Connection& connection, std::int64_t album_id);

/// Whether the album's releases were imported at least once.
bool is_imported(Connection& connection, std::int64_t album_id);

/// Fills in what is known of the albums of jobs, as far as it is needed to find their releases; of
/// one without an MBID also how a user named it.
class ClaimedAlbums {
  public:
    /// Asks for those of the jobs in `list`: see id_list.
    ClaimedAlbums(Connection& connection, const std::string& list);
    void fill(std::span<ClaimedJob> jobs);

  private:
    void fill_known(std::span<ClaimedJob> jobs);
    void fill_named(ClaimedJob& job, std::optional<std::int64_t> credit_id);

    Connection& m_connection;
    const std::string& m_list;
    Query m_albums;
};

/// Says which release group an album is. If another album is that one already, the two become one:
/// releases, jobs, aliases and changes go to the other, an open job of this one is cancelled. The
/// id of the album that has the MBID then.
std::int64_t assign_mbid(UnitOfWork& work, std::int64_t album_id, const Mbid& mbid);

/// Takes back which release group an album is, where that was wrong; and the groups that were
/// merged into it, which are not this album's either.
void forget_mbid(Connection& connection, std::int64_t album_id);

}  // namespace pressings::store::sql
