#pragma once

#include <optional>

#include "store/postgresql/catalogue/bulk_references.hpp"
#include "store/postgresql/engine/connection.hpp"
#include "store/sql/catalogue/new_albums.hpp"

namespace pressings::store::postgresql {

/// Puts in many albums that are known by their MBIDs with few statements.
class BulkAlbums final : public sql::NewAlbums {
  public:
    explicit BulkAlbums(Connection& connection)
        : m_connection(connection), m_references(connection) {}

    bool prepare(std::span<const AlbumRequest> requests) override;

    sql::MadeAlbums add(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                        const AddOptions& options) override;

  private:
    std::optional<std::int64_t> credit_id(const ArtistCredit& credit) const;
    void queue_jobs(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                    sql::MadeAlbums& made);

    Connection& m_connection;
    BulkReferences m_references;
    sql::KnownRows m_known;  ///< of the requests that were prepared
};

}  // namespace pressings::store::postgresql
