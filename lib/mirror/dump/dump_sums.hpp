#pragma once

#include <optional>
#include <string>

namespace pressings::mirror {

/// The SHA-256 that SHA256SUMS in the same folder says of the file, in small letters; nothing if
/// there is none or it does not name the file. Error if it is there and cannot be read, or says
/// something else than a sum.
std::optional<std::string> published_sum(const std::string& path);

}  // namespace pressings::mirror
