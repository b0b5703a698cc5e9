#pragma once

#include <optional>
#include <string>

#include <SQLiteCpp/Exception.h>

namespace pressings::sqlite {

/// What the limit on the size of files has to do with an error; nothing if it is another error, or
/// there is no limit.
std::optional<std::string> size_limit_hint(const SQLite::Exception& error);

}  // namespace pressings::sqlite
