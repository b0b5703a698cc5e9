#pragma once

#include <string>

namespace pressings {

/// The absolute path of a file as a URI (RFC 8089): "file:/a%20b". No character of it means
/// anything else there, whatever the path has in it.
std::string file_uri(const std::string& path);

}  // namespace pressings
