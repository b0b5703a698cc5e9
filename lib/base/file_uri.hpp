#pragma once

#include <string>

namespace pressings {

/// The absolute path of a file as a URI (RFC 8089): "file:/a%20b". No character of it means
/// anything else there, whatever the path has in it.
std::string file_uri(const std::string& path);

/// The URI by which SQLite reads the file alone, without its log and without any lock: for one that
/// nobody changes (https://sqlite.org/uri.html).
std::string immutable_uri(const std::string& path);

}  // namespace pressings
