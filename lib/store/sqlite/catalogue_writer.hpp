#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/job.hpp"
#include "store/sqlite/connection.hpp"

namespace pressings::store::sqlite {

/// Whose word it is: what a user told only fills gaps, what MusicBrainz says is written over it.
enum class Authority { user, musicbrainz };

/// Writes catalogue rows inside a transaction that the caller has begun. Remembers ids that it has
/// seen, so one object serves one transaction.
class CatalogueWriter {
  public:
    CatalogueWriter(Connection& connection, Authority authority, Millis now_ms)
        : m_connection(connection), m_authority(authority), m_now_ms(now_ms) {}

    /// The row of a new album; its id.
    std::int64_t insert_album(const Album& album);
    /// Writes what `album` says over the row, where it differs. What it leaves open stays.
    void update_album(std::int64_t album_id, const Album& album);

    /// Makes the releases of the album exactly these: new ones are created, changed ones rewritten,
    /// those that are gone marked removed, equal ones left alone.
    ReleaseCounts write_releases(std::int64_t album_id, const std::vector<Release>& releases);

    /// By how much `write_releases` changed the number of releases that are present.
    int present_change() const { return m_present_change; }

  private:
    struct StoredRelease;

    std::int64_t artist_id(const Artist& artist);
    std::optional<std::int64_t> credit_id(const ArtistCredit& credit);
    std::int64_t insert_credit(const ArtistCredit& credit, const std::string& identity);
    std::int64_t label_id(const Label& label);
    std::int64_t recording_id(const Recording& recording);
    void write_isrcs(std::int64_t recording_id, const Recording& recording);

    std::optional<StoredRelease> find_release(const Mbid& mbid);
    std::int64_t insert_release(std::int64_t album_id, const Release& release);
    void update_release(std::int64_t release_id, std::int64_t album_id, const Release& release);
    void write_children(std::int64_t release_id, const Release& release);
    void write_medium(std::int64_t release_id, const Medium& medium);
    int mark_removed(std::int64_t album_id, const std::vector<Release>& releases);
    void write_secondary_types(std::int64_t album_id, const Album& album);

    Connection& m_connection;
    Authority m_authority;
    Millis m_now_ms;
    int m_present_change = 0;
    std::unordered_map<Mbid, std::int64_t> m_artists;
    std::unordered_map<std::string, std::int64_t> m_credits;
    std::unordered_map<Mbid, std::int64_t> m_labels;
    std::unordered_map<Mbid, std::int64_t> m_recordings;
};

}  // namespace pressings::store::sqlite
