#pragma once

#include <functional>
#include <string_view>

#include "cli/output.hpp"

namespace pressings::cli {

/// What a tool's process says at its end; see the README.
enum ExitStatus : int {
    k_done = 0,
    k_part_failed = 1,
    k_usage = 2,
    k_environment = 3,
};

/// Runs a tool: errors become a message on stderr and an exit status, what is left in the output
/// is written. If standard output is closed early, the tool ends with `if_closed`.
int run_main(std::string_view tool, const std::function<int(Output&)>& body,
             int if_closed = k_done);

}  // namespace pressings::cli
