#pragma once

#include "bench/measure.hpp"
#include "bench/postgresql/databases.hpp"

namespace pressings::bench {

/// 1 to 1,000 workers on one queue (with --quick to 100), to see where it bends.
Survey workers_on_one_queue(const Databases& databases);

}  // namespace pressings::bench
