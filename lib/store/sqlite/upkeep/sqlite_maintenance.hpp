#pragma once

#include "domain/believed_time.hpp"
#include "store/maintenance.hpp"
#include "store/sqlite/engine/connection.hpp"

namespace pressings::store::sqlite {

class SqliteMaintenance final : public Maintenance {
  public:
    SqliteMaintenance(Connection& connection, Clock& clock)
        : m_connection(connection), m_clock(clock) {}

    Millis believed_now_ms() override;
    Millis follow_clock() override;
    std::int64_t prune(Millis before_ms, std::optional<JobState> state, int limit,
                       Mode mode) override;
    void forget_old_work() override;
    std::optional<std::string> advice() override;
    std::int64_t index_albums(int most) override;
    CheckResult check() override;
    void backup(const std::string& path, const StopSignals& stop) override;

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
    void find_orphans(CheckResult& report);

    Connection& m_connection;
    Clock& m_clock;
};

}  // namespace pressings::store::sqlite
