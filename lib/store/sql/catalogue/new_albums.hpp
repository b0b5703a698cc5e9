#pragma once

#include <optional>
#include <span>
#include <vector>

#include "store/album_store.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// For each request the album that was made for it, or nothing.
using MadeAlbums = std::vector<std::optional<AddedAlbum>>;

/// How an engine puts in many new albums at once.
class NewAlbums {
  public:
    virtual ~NewAlbums() = default;

    /// Makes what the albums refer to, before the transaction that puts them in; false if they
    /// cannot be put in at once.
    virtual bool prepare(std::span<const AlbumRequest> requests) = 0;
    /// Puts in what is new of those that were prepared, with its job; others may be doing the same
    /// in another order. The rest is left to be put in one by one.
    virtual MadeAlbums add(UnitOfWork& work, std::span<const AlbumRequest> requests,
                           const AddOptions& options) = 0;
};

}  // namespace pressings::store::sql
