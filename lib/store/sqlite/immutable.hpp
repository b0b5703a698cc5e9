#pragma once

#include <string>

namespace pressings::store::sqlite {

/// The URI by which SQLite reads the file at `path` alone, without its log and without any lock:
/// for one that nobody changes (https://sqlite.org/uri.html).
std::string immutable_uri(const std::string& path);

}  // namespace pressings::store::sqlite
