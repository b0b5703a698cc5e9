#include "base/size_limit.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace pressings {

std::optional<std::string> size_limit_hint() {
    const auto limit = file_size_limit();
    if (!limit) return std::nullopt;
    return fmt::format(
        "a file would grow beyond the limit on the size of files (ulimit -f, {} KB), or the disk "
        "fails; raise the limit and run again, nothing is lost",
        *limit / 1024);
}

}  // namespace pressings
