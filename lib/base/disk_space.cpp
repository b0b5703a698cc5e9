#include "base/disk_space.hpp"

#include <sys/statvfs.h>

namespace pressings {

DiskSpace disk_space(const std::string& path) {
    struct statvfs disk {};
    if (::statvfs(path.c_str(), &disk) != 0) return {};
    const auto block = static_cast<std::int64_t>(disk.f_frsize);
    return {static_cast<std::int64_t>(disk.f_blocks) * block,
            static_cast<std::int64_t>(disk.f_bavail) * block};
}

}  // namespace pressings
