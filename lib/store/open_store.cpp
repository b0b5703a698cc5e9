// The one file that knows all storage engines.
#include "store/open_store.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>
#include <sys/vfs.h>

#include "base/text.hpp"
#include "store/engine.hpp"
#include "store/request_slots.hpp"
#include "store/sqlite/file_request_slots.hpp"
#include "store/sqlite/log_watch.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/store_error.hpp"

namespace pressings::store {

namespace {

/// "catalog.db", "sqlite:catalog.db" or "file:catalog.db" as a path.
std::string path_of(const std::string& location) {
    for (const std::string_view scheme : {"sqlite:", "file:"}) {
        if (!location.starts_with(scheme)) continue;
        std::string path = location.substr(scheme.size());
        if (path.starts_with("///")) path.erase(0, 2);
        return path;
    }
    return location;
}

/// Where the workers on a database share their rate limit.
std::string slots_path(const std::string& location) {
    return path_of(location) + "-rate";
}

void refuse_unknown(const std::string& location, const std::string& path) {
    const auto colon = location.find("://");
    const bool other_scheme = colon != std::string::npos && path == location;
    if (other_scheme || path.starts_with(":memory:") || path.find('?') != std::string::npos) {
        throw UsageError(
            fmt::format("--db {}: not a database that can be used; give the path of a SQLite file",
                        escape_controls(location)));
    }
    if (path.empty()) throw UsageError("--db needs the path of a SQLite file");
}

void make_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    std::error_code error;
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) {
        throw StoreError(fmt::format("cannot make the folder {} for the database: {}",
                                     escape_controls(folder.string()), error.message()));
    }
    if (std::filesystem::is_directory(path, error)) {
        throw StoreError(
            fmt::format("the database {} is a folder; name a file", escape_controls(path)));
    }
}

/// The type that statfs(2) gives, and what people call it (linux/magic.h).
struct NetworkFileSystem {
    std::uint32_t type;
    const char* name;
};

constexpr NetworkFileSystem k_network_file_systems[] = {
    {0x6969, "NFS"},      {0x517B, "SMB"},      {0xFF534D42, "CIFS"},   {0xFE534D42, "SMB2"},
    {0x5346414F, "AFS"},  {0x00C36400, "Ceph"}, {0x0BD00BD0, "Lustre"}, {0x01021997, "9P"},
    {0x47504653, "GPFS"}, {0x01161970, "GFS2"},
};

/// A write-ahead log needs shared memory and locks that work, between all who open the file.
void refuse_network(const std::string& path) {
    struct statfs status {};
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    if (::statfs(folder.empty() ? "." : folder.c_str(), &status) != 0) return;
    for (const NetworkFileSystem& known : k_network_file_systems) {
        if (known.type != static_cast<std::uint32_t>(status.f_type)) continue;
        throw StoreError(fmt::format(
            "the database {} is on a network file system ({}), where SQLite's locks and shared "
            "memory cannot be relied on; put it on a local disk, or say "
            "--allow-network-filesystem if only this machine uses it",
            escape_controls(path), known.name));
    }
}

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
    JobBook& jobs() override { return m_store->jobs(); }
    CatalogueReader& catalogue() override { return m_store->catalogue(); }

  private:
    std::filesystem::path m_folder;
    std::unique_ptr<Store> m_store;
};

}  // namespace

bool exists(const std::string& location) {
    const std::string path = path_of(location);
    refuse_unknown(location, path);
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

bool is_part_of(const std::string& location, const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const std::string whole = fs::weakly_canonical(fs::absolute(file), ignored).string();
    const std::string path =
        fs::weakly_canonical(fs::absolute(path_of(location)), ignored).string();
    for (const char* suffix : {"", "-wal", "-shm", "-journal", "-lock", "-rate", "-deaths"}) {
        if (whole == path + suffix || fs::equivalent(path + suffix, file, ignored)) return true;
    }
    return false;
}

Engine engine() {
    return sqlite::sqlite_engine();
}

std::unique_ptr<Store> open_scratch_store(Clock& clock) {
    return std::make_unique<ScratchStore>(clock);
}

std::unique_ptr<Store> open_store(const std::string& location, const StoreOptions& options,
                                  Clock& clock) {
    const std::string path = path_of(location);
    refuse_unknown(location, path);
    make_folder(path);
    if (!options.allow_network_filesystem) refuse_network(path);
    return sqlite::open_sqlite_store(path, options, clock);
}

std::unique_ptr<RequestSlots> open_request_slots(const std::string& location, Clock& clock) {
    return std::make_unique<sqlite::FileRequestSlots>(slots_path(location), clock);
}

std::vector<RequestSlots::Hold> request_holds(const std::string& location, Clock& clock) {
    std::error_code ignored;
    if (!std::filesystem::exists(slots_path(location), ignored)) return {};
    return open_request_slots(location, clock)->holds();
}

std::unique_ptr<ChangeWatch> watch_changes(const std::string& location) {
    return sqlite::watch_log(path_of(location));
}

}  // namespace pressings::store
