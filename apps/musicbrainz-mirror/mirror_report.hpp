#pragma once

#include <nlohmann/json.hpp>

#include "base/time.hpp"
#include "cli/output.hpp"
#include "mirror/file/mirror.hpp"
#include "mirror/load/load_mirror.hpp"

namespace pressings {

/// One dump that was loaded; schema/json/loaded-dump.json.
nlohmann::ordered_json loaded_json(const mirror::LoadedDump& loaded);
std::string loaded_text(const mirror::LoadedDump& loaded);

/// What is in a mirror; schema/json/mirror-info.json.
nlohmann::ordered_json info_json(const mirror::MirrorFacts& facts, Millis now_ms);
void print_info(const mirror::MirrorFacts& facts, Millis now_ms, cli::Output& output);

}  // namespace pressings
