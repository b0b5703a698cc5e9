// The part of SqliteMaintenance that copies the file.
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/draft.hpp"
#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

namespace pressings::store::sqlite {

namespace {

/// While it lives, a signal to stop ends the statement that runs.
class Interruptible {
  public:
    Interruptible(sqlite3* handle, const StopSignals& stop) : m_handle(handle) {
        constexpr int k_steps_between_looks = 10'000;
        const auto came = [](void* signals) {
            return static_cast<const StopSignals*>(signals)->came() ? 1 : 0;
        };
        sqlite3_progress_handler(m_handle, k_steps_between_looks, came,
                                 const_cast<StopSignals*>(&stop));
    }
    ~Interruptible() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

  private:
    sqlite3* m_handle;
};

[[noreturn]] void throw_not_copied(const SQLite::Exception& error, const std::string& database,
                                   const std::string& copy) {
    try {
        throw_store_error(error, database);
    } catch (const StoreBusy&) {
        throw;
    } catch (const StoreError& explained) {
        throw StoreError(
            fmt::format("the copy {} was not made: {}", escape_controls(copy), explained.what()));
    }
}

}  // namespace

void SqliteMaintenance::backup(const std::string& path, const StopSignals& stop) {
    Draft draft{path, Draft::Kind::file};
    try {
        const Interruptible interruptible{m_connection.database().getHandle(), stop};
        // VACUUM INTO reads one snapshot, wants a file that is empty, and leaves no log behind.
        SQLite::Statement copy{m_connection.database(), "VACUUM INTO ?"};
        copy.bind(1, draft.path());
        copy.exec();
    } catch (const SQLite::Exception& error) {
        stop.check();
        throw_not_copied(error, m_connection.path(), path);
    }
    stop.check();
    draft.publish_as(path);
}

}  // namespace pressings::store::sqlite
