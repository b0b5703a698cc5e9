#pragma once

#include <memory>
#include <string>

#include "base/time.hpp"
#include "store/album_store.hpp"
#include "store/catalogue_reader.hpp"
#include "store/job_control.hpp"
#include "store/job_inspector.hpp"
#include "store/job_queue.hpp"
#include "store/maintenance.hpp"
#include "store/store_options.hpp"
#include "store/watch_list.hpp"

namespace pressings::store {

/// An open catalogue; its sides share one connection and belong to one thread.
class Store {
  public:
    virtual ~Store() = default;
    virtual AlbumStore& albums() = 0;
    virtual JobQueue& queue() = 0;
    virtual JobInspector& jobs() = 0;
    virtual JobControl& control() = 0;
    virtual Maintenance& maintenance() = 0;
    virtual CatalogueReader& catalogue() = 0;
    virtual WatchList& watches() = 0;
};

/// Opens the catalogue at `location` (a path, or "sqlite:PATH", or "file:PATH"). The path may be a
/// symbolic link: the file behind it is the catalogue. To write, it is made with its folder if it
/// is not there, and brought up to date if it is older; to read, both are errors. UsageError for
/// another kind of location, StoreError if it cannot be opened. `clock` must outlive the store.
std::unique_ptr<Store> open_store(const std::string& location, const StoreOptions& options,
                                  Clock& clock);

/// Whether there is a catalogue at `location` already. UsageError as open_store.
bool exists(const std::string& location, const StoreOptions& options);

/// Whether `file` is the database at `location` or one of the files that belong to it, there or
/// not.
bool is_part_of(const std::string& location, const std::string& file);

/// An empty catalogue that vanishes with the object: to try out what would be written.
std::unique_ptr<Store> open_scratch_store(Clock& clock);

}  // namespace pressings::store
