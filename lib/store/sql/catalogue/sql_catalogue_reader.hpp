#pragma once

#include <set>
#include <string>

#include "store/catalogue_reader.hpp"
#include "store/sql/catalogue/filter_sql.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"

namespace pressings::store::sql {

class SqlCatalogueReader final : public CatalogueReader {
  public:
    SqlCatalogueReader(Connection& connection, SearchIndex& index)
        : m_connection(connection), m_index(index) {}

    void in_one_view(const std::function<void()>& work) override;
    void albums(const AlbumFilter& filter,
                const std::function<void(const AlbumRecord&)>& each) override;
    std::optional<AlbumRecord> album(std::int64_t id) override;
    std::optional<std::int64_t> album_id(const Mbid& mbid) override;
    void releases(const ReleaseFilter& filter,
                  const std::function<void(const ReleaseRecord&)>& each) override;
    void tracks(const ReleaseFilter& filter,
                const std::function<void(const TrackRecord&)>& each) override;
    void changes(const ChangeFilter& filter,
                 const std::function<void(const ChangeRecord&)>& each) override;
    void oddities(const OddityFilter& filter,
                  const std::function<void(const OddityRecord&)>& each) override;
    bool has_value(Facet facet, const std::string& value) override;
    std::vector<std::string> values(Facet facet) override;
    CatalogueStats stats(Recordings recordings) override;
    void search(const SearchQuery& query, std::int64_t limit,
                const std::function<void(const SearchHit&)>& each) override;
    std::int64_t unindexed_albums() override;
    bool has_search_index() override;

  private:
    AlbumRecord read_album(const Query& row);
    ChangeRecord read_change(const Query& row);
    void read_albums(CatalogueStats& stats);
    /// Runs what was put together for a list, and calls `each` with its rows, in one view.
    void each_row(const BoundSql& statement, const std::function<void(const Query&)>& each);

    Connection& m_connection;
    SearchIndex& m_index;
    std::set<std::string> m_statements;
};

}  // namespace pressings::store::sql
