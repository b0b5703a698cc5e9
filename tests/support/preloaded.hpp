#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "preload/control.h"
#include "support/process.hpp"
#include "support/tool.hpp"

namespace pressings::test {

/// Whether the library of tests/preload works here: sanitizers want to be first themselves.
bool can_preload();

/// One call of a tool that fails once, where in truth it would not have.
struct FailingCall {
    preload_call call = preload_open;
    std::int64_t nth = 1;  ///< from 1, over all threads
    int error = 0;         ///< an errno
};

/// "write 17: No space left on device".
std::string to_string(const FailingCall& failing);

struct WatchedRun {
    Finished run;
    std::array<std::int64_t, preload_calls> counts{};  ///< calls from the start of main to its end
    std::int64_t loaded_after = 0;  ///< allocations before the last library was loaded
    bool failed = false;            ///< whether the call came that was to fail
};

/// Runs a tool with the library that counts its calls, and lets one fail if that is asked for.
WatchedRun run_watched(const ToolBench& bench, const std::string& tool,
                       const std::vector<std::string>& arguments, const std::string& input = "",
                       const std::optional<FailingCall>& failing = {});

/// Runs a tool and adds to the file `log` each change that it makes to files under `root`, and what
/// it says on standard output (read_recording() in recording.hpp reads that).
Finished run_recorded(const ToolBench& bench, const std::string& tool,
                      const std::vector<std::string>& arguments, const std::string& input,
                      const std::string& root, const std::string& log);

}  // namespace pressings::test
