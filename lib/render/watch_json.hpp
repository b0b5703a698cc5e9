#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "store/watch_list.hpp"

namespace pressings::render {

/// "gone": not looked at any more; "looking": it has a job; "due": it is to be looked at;
/// "waiting": it is not yet.
std::string watch_state(const store::WatchRecord& watch, Millis now_ms);

nlohmann::ordered_json watch_json(const store::WatchRecord& watch, Millis now_ms);

}  // namespace pressings::render
