#pragma once

#include <string>

namespace pressings {

/// What tells this start of the machine from every other one; "-" if that is not to be had.
std::string boot_id();

}  // namespace pressings
