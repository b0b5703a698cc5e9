#pragma once

#include <memory>
#include <string_view>

namespace pressings::store {

/// What was met before in a list of albums that may be longer than memory: it lies in a temporary
/// file that goes with the object.
class SeenAlbums {
  public:
    SeenAlbums();
    ~SeenAlbums();
    SeenAlbums(const SeenAlbums&) = delete;
    SeenAlbums& operator=(const SeenAlbums&) = delete;

    /// Whether this identity is met for the first time. StoreError if there is no room to note it.
    bool see(std::string_view identity);

  private:
    class Table;
    std::unique_ptr<Table> m_table;
};

}  // namespace pressings::store
