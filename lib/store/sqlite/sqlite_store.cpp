#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/catalogue/sqlite_album_store.hpp"
#include "store/sqlite/catalogue/sqlite_catalogue_reader.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/outbox/sqlite_job_control.hpp"
#include "store/sqlite/outbox/sqlite_job_inspector.hpp"
#include "store/sqlite/outbox/sqlite_job_queue.hpp"
#include "store/sqlite/outbox/sqlite_watch_list.hpp"
#include "store/sqlite/upkeep/new_catalogue.hpp"
#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

namespace pressings::store::sqlite {

namespace {

class SqliteStore final : public Store {
  public:
    SqliteStore(const std::string& path, const StoreOptions& options, Clock& clock)
        : m_connection(path, options.busy_timeout_ms, options.access),
          m_albums(m_connection, clock),
          m_queue(m_connection, clock),
          m_jobs(m_connection, clock),
          m_control(m_connection, clock),
          m_maintenance(m_connection, clock),
          m_catalogue(m_connection),
          m_watches(m_connection, clock) {
        if (options.access == Access::write) {
            prepare_schema(m_connection);
            m_connection.note_log();
        } else {
            require_schema(m_connection);
        }
    }

    AlbumStore& albums() override { return m_albums; }
    JobQueue& queue() override { return m_queue; }
    JobInspector& jobs() override { return m_jobs; }
    JobControl& control() override { return m_control; }
    Maintenance& maintenance() override { return m_maintenance; }
    CatalogueReader& catalogue() override { return m_catalogue; }
    WatchList& watches() override { return m_watches; }

  private:
    Connection m_connection;
    SqliteAlbumStore m_albums;
    SqliteJobQueue m_queue;
    SqliteJobInspector m_jobs;
    SqliteJobControl m_control;
    SqliteMaintenance m_maintenance;
    SqliteCatalogueReader m_catalogue;
    SqliteWatchList m_watches;
};

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::string& path, const StoreOptions& options,
                                         Clock& clock) {
    require_catalogue_file(path);
    return std::make_unique<SqliteStore>(path, options, clock);
}

}  // namespace pressings::store::sqlite
