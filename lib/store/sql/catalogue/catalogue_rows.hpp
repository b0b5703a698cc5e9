#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/catalogue.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// Read catalogue values back from their rows, exactly as they were written.
ArtistCredit load_credit(Connection& connection, std::optional<std::int64_t> credit_id);
std::optional<Album> load_album(Connection& connection, std::int64_t album_id);
enum class Tracks { load, leave_out };
/// With everything that hangs on it. Nothing if there is no such release.
std::optional<Release> load_release(Connection& connection, std::int64_t release_id,
                                    Tracks tracks = Tracks::load);
/// Credits, each read once: most tracks have that of the one before.
class Credits {
  public:
    explicit Credits(Connection& connection) : m_connection(connection) {}

    /// An empty one for no credit. Good until `forget`.
    const ArtistCredit& load(std::optional<std::int64_t> credit_id);
    std::size_t size() const { return m_read.size(); }
    void forget() { m_read.clear(); }

  private:
    Connection& m_connection;
    std::unordered_map<std::int64_t, ArtistCredit> m_read;
};
/// A track as its row has it, with the credits that are still to be read.
struct TrackRow {
    int medium_position = 0;
    Track track;
    std::optional<std::int64_t> credit_id;
    std::optional<std::int64_t> recording_credit_id;
};
/// Of a row that begins as those of `k_load_tracks`.
TrackRow read_track(const Query& row);
std::vector<std::string> load_secondary_types(Connection& connection, std::int64_t album_id);

}  // namespace pressings::store::sql
