#include "store/sql/sql_store.hpp"

#include <utility>

#include "store/sql/catalogue/sql_album_store.hpp"
#include "store/sql/catalogue/sql_catalogue_reader.hpp"
#include "store/sql/outbox/sql_job_control.hpp"
#include "store/sql/outbox/sql_job_inspector.hpp"
#include "store/sql/outbox/sql_job_queue.hpp"
#include "store/sql/outbox/sql_watch_list.hpp"

namespace pressings::store::sql {

namespace {

class SqlStore final : public Store {
  public:
    SqlStore(EngineParts parts, Clock& clock)
        : m_parts(std::move(parts)),
          m_albums(*m_parts.connection, m_parts.new_albums.get(), clock),
          m_queue(*m_parts.connection, *m_parts.workers, m_parts.shared_rows.get(), clock),
          m_jobs(*m_parts.connection, *m_parts.workers, clock),
          m_control(*m_parts.connection, *m_parts.workers, clock),
          m_catalogue(*m_parts.connection, *m_parts.index),
          m_watches(*m_parts.connection, clock) {}

    AlbumStore& albums() override { return m_albums; }
    JobQueue& queue() override { return m_queue; }
    JobInspector& jobs() override { return m_jobs; }
    JobControl& control() override { return m_control; }
    Maintenance& maintenance() override { return *m_parts.maintenance; }
    CatalogueReader& catalogue() override { return m_catalogue; }
    WatchList& watches() override { return m_watches; }

  private:
    EngineParts m_parts;
    SqlAlbumStore m_albums;
    SqlJobQueue m_queue;
    SqlJobInspector m_jobs;
    SqlJobControl m_control;
    SqlCatalogueReader m_catalogue;
    SqlWatchList m_watches;
};

}  // namespace

std::unique_ptr<Store> make_sql_store(EngineParts parts, Clock& clock) {
    return std::make_unique<SqlStore>(std::move(parts), clock);
}

}  // namespace pressings::store::sql
