#pragma once

#include <unordered_set>

#include "store/album_store.hpp"
#include "store/seen_albums.hpp"
#include "store/sql/catalogue/catalogue_writer.hpp"
#include "store/sql/catalogue/new_albums.hpp"
#include "store/sql/outbox/job_rows.hpp"
#include "store/sql/outbox/kinds/queue_new_editions.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// The albums of a transaction whose new editions are to be looked for.
struct Watching {
    const WatchedGroups& already;        ///< as of the transactions before
    std::vector<WatchedAlbum> albums{};  ///< in jobs that are to be queued
    std::vector<std::size_t> places{};   ///< of these among the results
    std::unordered_set<Mbid> groups{};   ///< of these
    std::size_t place = 0;               ///< of the request at hand
};

class SqlAlbumStore final : public AlbumStore {
  public:
    /// `new_albums` may be none.
    SqlAlbumStore(Connection& connection, NewAlbums* new_albums, Clock& clock)
        : m_connection(connection), m_new_albums(new_albums), m_clock(clock) {}

    std::vector<AddedAlbum> add_albums(std::span<const AlbumRequest> requests,
                                       const AddOptions& options) override;
    std::vector<AddedAlbum> preview_albums(std::span<const AlbumRequest> requests,
                                           const AddOptions& options) override;
    std::vector<AddedAlbum> refresh_albums(const RefreshFilter& filter, std::int64_t after_id,
                                           int limit, Mode mode) override;
    int refresh_odd_albums(int reader, int limit) override;
    AddedAlbum identify_album(std::int64_t album_id, const Mbid& mbid,
                              const IdentifyOptions& options) override;
    AddedAlbum search_again(std::int64_t album_id, const AlbumRequest& words,
                            const IdentifyOptions& options) override;
    AddedAlbum add_discography(const Mbid& artist, const TypeFilter& types,
                               const std::string& queue, int priority, Mode mode) override;
    AddedAlbum add_list(JobKind kind, const Mbid& list, const std::string& queue, int priority,
                        Mode mode) override;

  private:
    AddedAlbum add_job(const NewJob& job, Mode mode);
    std::vector<AddedAlbum> albums_to_refresh(const RefreshFilter& filter, std::int64_t after_id,
                                              int limit);
    AddedAlbum preview(const AlbumRequest& request, const AddOptions& options, Watching* watching);

    Connection& m_connection;
    NewAlbums* m_new_albums;
    Clock& m_clock;
    WatchedGroups m_watched;
    SeenAlbums m_seen;  ///< by previews
};

/// Stores one album with its job.
AddedAlbum add_album(UnitOfWork& work, CatalogueWriter& writer, const AlbumRequest& request,
                     const AddOptions& options, Watching* watching = nullptr);

/// Fills in what the album is called now.
void describe(Connection& connection, AddedAlbum& added);

}  // namespace pressings::store::sql
