#pragma once

#include <string>
#include <string_view>

namespace pressings {

/// Which boot of the machine this is: times of Clock::steady_ms() of another one mean nothing.
/// Empty if it cannot be found out; then it is not the same as any other.
const std::string& boot_id();

/// Whether what bears this id was written in this boot, for certain.
bool is_this_boot(std::string_view id);

}  // namespace pressings
