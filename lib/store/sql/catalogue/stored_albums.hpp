#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/catalogue.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// A release's row, as far as it matters where it is.
struct ReleaseRow {
    std::int64_t id = 0;
    Mbid mbid;
    std::int64_t album_id = 0;
    bool removed = false;
};

/// What an album has in the catalogue before an import writes it.
struct StoredAlbum {
    Album album;
    bool imported = false;              ///< there was an import before
    bool may_have_failed = true;        ///< there may be jobs of it that failed
    std::vector<ReleaseRow> present{};  ///< releases that are not removed, by id
};

/// StoreError if there is no such album.
StoredAlbum load_stored_album(Connection& connection, std::int64_t album_id);

/// The albums of several jobs, read at once, in the transaction that writes them one after another.
class StoredAlbums {
  public:
    /// Asks for those of the jobs in `jobs`: see id_list.
    StoredAlbums(Connection& connection, const std::string& jobs);

    /// What it has at this moment: what was written meanwhile of other albums may concern it.
    /// StoreError if there is none.
    StoredAlbum at(std::int64_t album_id);

  private:
    void read();

    Connection& m_connection;
    std::string m_jobs;
    Query m_rows;
    Query m_types;
    Query m_releases;
    bool m_has_read = false;
    std::uint64_t m_as_of;
    std::unordered_map<std::int64_t, StoredAlbum> m_albums;
};

}  // namespace pressings::store::sql
