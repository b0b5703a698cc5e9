#include "base/error.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/resource.h>

namespace pressings {

std::string errno_text(int error_number) {
    std::string text = std::generic_category().message(error_number);
    if (error_number == EFBIG && file_size_limit()) {
        text += ": the limit on the size of files (ulimit -f) is reached; raise it";
    }
    return text;
}

std::optional<std::int64_t> file_size_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(limit.rlim_cur);
}

}  // namespace pressings
