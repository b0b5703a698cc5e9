// The one file that knows all storage engines.
#include "store/open_store.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.hpp"
#include "store/copy.hpp"
#include "store/engine.hpp"
#include "store/postgresql/location.hpp"
#include "store/postgresql/postgresql_store.hpp"
#include "store/postgresql/request_slots.hpp"
#include "store/postgresql/timer_watch.hpp"
#include "store/postgresql/upkeep/postgresql_copy_end.hpp"
#include "store/request_slots.hpp"
#include "store/restore.hpp"
#include "store/sql/upkeep/copy_tables.hpp"
#include "store/sqlite/file/file_request_slots.hpp"
#include "store/sqlite/file/location.hpp"
#include "store/sqlite/file/log_watch.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/upkeep/restore.hpp"
#include "store/sqlite/upkeep/sqlite_copy_end.hpp"
#include "store/store_error.hpp"

namespace pressings::store {

namespace {

using postgresql::is_postgresql;

/// A store in a temporary folder, which goes when the store has gone.
class ScratchStore final : public Store {
  public:
    explicit ScratchStore(Clock& clock) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "pressings-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw StoreError("cannot make a temporary folder: " + errno_text(errno));
        }
        m_folder = pattern;
        m_store = sqlite::open_sqlite_store((m_folder / "scratch.db").string(), {}, clock);
    }
    ~ScratchStore() override {
        m_store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    ScratchStore(const ScratchStore&) = delete;
    ScratchStore& operator=(const ScratchStore&) = delete;

    AlbumStore& albums() override { return m_store->albums(); }
    JobQueue& queue() override { return m_store->queue(); }
    JobInspector& jobs() override { return m_store->jobs(); }
    JobControl& control() override { return m_store->control(); }
    Maintenance& maintenance() override { return m_store->maintenance(); }
    CatalogueReader& catalogue() override { return m_store->catalogue(); }
    WatchList& watches() override { return m_store->watches(); }

  private:
    std::filesystem::path m_folder;
    std::unique_ptr<Store> m_store;
};

/// The file that `location` names, where a database may be opened, or made to write.
std::string usable_file(const std::string& location, const StoreOptions& options) {
    const std::string path = sqlite::file_of(location);
    if (options.access == Access::write) {
        sqlite::make_folder(path);
    } else {
        sqlite::require_database(path);
    }
    sqlite::refuse_folder(path);
    if (!options.allow_network_filesystem) sqlite::refuse_network(path);
    return path;
}

std::unique_ptr<sql::CopyEnd> open_source(const std::string& location, StoreOptions options,
                                          Clock& clock) {
    options.access = Access::read;
    if (is_postgresql(location)) return postgresql::open_copy_source(location, options, clock);
    return sqlite::open_copy_source(usable_file(location, options), options);
}

/// Messages name the option by which all else names its database.
std::string of_target(std::string message) {
    const auto at = message.find("--db");
    return at == std::string::npos ? message : message.replace(at, 4, "--to");
}

std::unique_ptr<sql::CopyEnd> open_target(const std::string& location, StoreOptions options,
                                          Clock& clock) {
    options.access = Access::write;
    try {
        if (is_postgresql(location)) return postgresql::open_copy_target(location, options, clock);
        return sqlite::open_copy_target(usable_file(location, options), options);
    } catch (const StoreBusy& error) {
        throw StoreBusy(of_target(error.what()));
    } catch (const UsageError& error) {
        throw UsageError(of_target(error.what()));
    } catch (const StoreError& error) {
        throw StoreError(of_target(error.what()));
    }
}

}  // namespace

bool exists(const std::string& location, const StoreOptions& options) {
    if (is_postgresql(location)) return postgresql::has_catalogue(location, options);
    std::error_code ignored;
    return std::filesystem::exists(sqlite::file_of(location), ignored);
}

bool is_part_of(const std::string& location, const std::string& file) {
    return !is_postgresql(location) && sqlite::is_part_of(location, file);
}

Engine engine() {
    return sqlite::sqlite_engine();
}

std::unique_ptr<Store> open_scratch_store(Clock& clock) {
    return std::make_unique<ScratchStore>(clock);
}

std::unique_ptr<Store> open_store(const std::string& location, const StoreOptions& options,
                                  Clock& clock) {
    if (is_postgresql(location)) return postgresql::open_postgresql_store(location, options, clock);
    return sqlite::open_sqlite_store(usable_file(location, options), options, clock);
}

Restored restore(const std::string& location, const std::string& file, Mode mode,
                 const StoreOptions& options, const StopSignals& stop, Clock& clock) {
    if (is_postgresql(location)) postgresql::refuse_restore(location);
    return sqlite::restore_database(usable_file(location, options), file, mode, options, stop,
                                    clock);
}

Copied copy_catalogue(const std::string& from, const std::string& to, const CopyOptions& options,
                      const StopSignals& stop, Clock& clock) {
    if (!is_postgresql(to) && is_part_of(from, sqlite::file_of(to))) {
        throw UsageError(fmt::format(
            "{} belongs to the catalogue that is copied; name another place", escape_controls(to)));
    }
    const auto source = open_source(from, options.opening, clock);
    const auto target = open_target(to, options.opening, clock);
    return sql::copy_tables(*source, *target, options, stop);
}

std::unique_ptr<RequestSlots> open_request_slots(const std::string& location,
                                                 const StoreOptions& options, Clock& clock) {
    if (is_postgresql(location)) return postgresql::open_request_slots(location, options, clock);
    return std::make_unique<sqlite::FileRequestSlots>(sqlite::file_of(location), clock);
}

std::vector<RequestSlots::Hold> request_holds(const std::string& location,
                                              const StoreOptions& options, Clock& clock) {
    if (is_postgresql(location))
        return postgresql::open_request_slots(location, options, clock)->holds();
    return sqlite::FileRequestSlots::read_holds(sqlite::file_of(location), clock);
}

std::unique_ptr<ChangeWatch> watch_changes(const std::string& location) {
    if (is_postgresql(location)) return postgresql::watch_by_timer();
    return sqlite::watch_log(sqlite::file_of(location));
}

}  // namespace pressings::store
