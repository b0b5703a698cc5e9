#pragma once

#include <string>
#include <vector>

#include "render/report/page.hpp"
#include "render/report/tally.hpp"
#include "store/job_inspector.hpp"

namespace pressings::render::report {

/// What the start page tells of.
struct Overview {
    store::CatalogueStats stats;
    store::QueueStatus queue;
    std::vector<store::ChangeRecord> changes;  ///< the last ones, the latest first
    std::string database;                      ///< " --db PATH" where it has to be typed
};

/// The first page: complete without a script.
std::string start_page(const Frame& frame, const Overview& overview, const Tally& tally);

/// Its panel of the queue: how it is, what waits, what to type.
std::string queue_panel(const Overview& overview);
/// The jobs that failed last, and why; nothing if none has.
std::string failed_panel(const Overview& overview);
/// Its panels of what was imported and what changed of late.
std::string recent_panels(const Overview& overview, const Tally& tally);

}  // namespace pressings::render::report
