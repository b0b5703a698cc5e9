#pragma once

#include <memory>
#include <string>

#include "store/request_slots.hpp"

namespace pressings::store::postgresql {

/// Slots in a table, by the server's clock: all hosts that work on the database share them. They
/// have a connection of their own, so that no request waits for a write transaction.
std::unique_ptr<RequestSlots> open_request_slots(const std::string& location,
                                                 const StoreOptions& options, Clock& clock);

}  // namespace pressings::store::postgresql
