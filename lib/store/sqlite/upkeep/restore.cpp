#include "store/sqlite/upkeep/restore.hpp"

#include <fmt/format.h>

#include "base/draft.hpp"
#include "base/text.hpp"
#include "store/sqlite/upkeep/catalogue_copy.hpp"
#include "store/sqlite/upkeep/old_database.hpp"
#include "store/store_error.hpp"

namespace pressings::store::sqlite {

// Why files are exchanged, and not all pages written into the old file in one transaction, which
// SQLite's journal would make whole as well: that needs an old file that SQLite can open, and what
// is restored is most often one that it cannot.
Restored restore_database(const std::string& path, const std::string& file, Mode mode,
                          const StoreOptions& options, const StopSignals& stop, Clock& clock) {
    Draft draft{path, Draft::Kind::file};
    const CopiedCatalogue copied = copy_catalogue(file, draft, stop, options.busy_timeout_ms);
    Restored restored{copied.albums, copied.releases, std::nullopt, std::nullopt};
    OldDatabase old{path};
    old.exclude_others();
    restored.damage = old.damage();
    if (mode == Mode::dry_run) return restored;
    if (old.is_sound()) old.move_log_into_it();
    old.exclude_all_programs();
    stop.check();
    draft.sync();
    restored.set_aside = old.give_place_to(draft, clock.now_ms());
    return restored;
}

}  // namespace pressings::store::sqlite
