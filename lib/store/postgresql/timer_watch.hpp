#pragma once

#include <memory>

#include "store/request_slots.hpp"

namespace pressings::store::postgresql {

/// Says twice a second that there may have been a change. Who looks then reads an index that tells
/// at once that nothing is due; who writes has nothing to do for it, and it works through a pooler
/// and on a server that knows no LISTEN.
std::unique_ptr<ChangeWatch> watch_by_timer();

}  // namespace pressings::store::postgresql
