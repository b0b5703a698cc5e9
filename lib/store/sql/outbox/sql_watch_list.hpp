#pragma once

#include "store/sql/connection.hpp"
#include "store/sql/unit_of_work.hpp"
#include "store/watch_list.hpp"

namespace pressings::store::sql {

class SqlWatchList final : public WatchList {
  public:
    SqlWatchList(Connection& connection, Clock& clock) : m_connection(connection), m_clock(clock) {}

    OrderedWatch order(const WatchOrder& order, Mode mode) override;
    std::optional<WatchRecord> end(const Mbid& mbid, Mode mode) override;
    std::vector<WatchRecord> all() override;
    std::int64_t due() override;
    int queue_due(int limit) override;

  private:
    Connection& m_connection;
    Clock& m_clock;
};

}  // namespace pressings::store::sql
