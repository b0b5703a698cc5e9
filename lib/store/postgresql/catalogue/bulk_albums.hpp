#pragma once

#include "store/postgresql/engine/connection.hpp"
#include "store/sql/catalogue/new_albums.hpp"

namespace pressings::store::postgresql {

/// Puts in albums that are known by their MBIDs, and no artist is told of, in one statement.
class BulkAlbums final : public sql::NewAlbums {
  public:
    explicit BulkAlbums(Connection& connection) : m_connection(connection) {}

    sql::MadeAlbums add(sql::UnitOfWork& work, std::span<const AlbumRequest> requests,
                        const AddOptions& options) override;

  private:
    Connection& m_connection;
};

}  // namespace pressings::store::postgresql
