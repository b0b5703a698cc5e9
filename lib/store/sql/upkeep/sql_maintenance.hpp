#pragma once

#include "domain/believed_time.hpp"
#include "store/maintenance.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

/// What upkeep is on every engine; how a database is verified and copied is the engine's matter.
class SqlMaintenance : public Maintenance {
  public:
    SqlMaintenance(Connection& connection, SearchIndex& index, Clock& clock)
        : m_connection(connection), m_index(index), m_clock(clock) {}

    Millis believed_now_ms() override;
    Millis follow_clock() override;
    std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                       Mode mode) override;
    void forget_old_work() override;
    std::int64_t index_albums(int most) override;

  private:
    struct Prunable {
        std::int64_t id;
        std::string queue;
        JobState state;
        std::string error_code;
    };

    std::vector<Prunable> prunable(Millis before_ms, std::optional<JobState> state, int limit);
    std::optional<ClockTrail> noted_trail();
    ClockTrail clock_trail();

    Connection& m_connection;
    SearchIndex& m_index;
    Clock& m_clock;
};

}  // namespace pressings::store::sql
