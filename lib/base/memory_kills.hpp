#pragma once

#include <cstdint>
#include <optional>

namespace pressings {

/// How many processes the kernel has killed for want of memory since the machine was started, in
/// whatever container (oom_kill of /proc/vmstat, Linux 4.13 and later); nothing if it does not say.
std::optional<std::int64_t> memory_kills();

}  // namespace pressings
