#pragma once

#include "cli/output.hpp"
#include "options.hpp"

namespace pressings {

/// Serves until SIGTERM or SIGINT. Prints the root of the service when it answers.
int serve(const MirrorOptions& options, cli::Output& output);

}  // namespace pressings
