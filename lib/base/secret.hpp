#pragma once

#include <string>

namespace pressings {

/// A URL, or a string of libpq ("service=music password=…"), for people and logs: without the
/// passwords in it. Other text stays as it is.
std::string without_password(const std::string& location);

}  // namespace pressings
