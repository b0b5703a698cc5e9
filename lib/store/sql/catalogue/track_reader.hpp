#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "store/catalogue_reader.hpp"
#include "store/sql/catalogue/catalogue_rows.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// Reads the tracks of one release after the other for a list. Credits are read once: a catalogue
/// has far fewer of them than tracks.
class TrackReader {
  public:
    explicit TrackReader(Connection& connection)
        : m_connection(connection), m_credits(connection) {}

    /// Calls `each` with every track of the release, in their order.
    void read(std::int64_t release_id, std::int64_t album_id,
              const std::function<void(const TrackRecord&)>& each);

  private:
    CreditRecord credit(const std::optional<std::int64_t>& id);

    Connection& m_connection;
    Credits m_credits;
};

}  // namespace pressings::store::sql
