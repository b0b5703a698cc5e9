#include "torture/small_disk.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "support/own_namespaces.hpp"

namespace pressings::test {

namespace {

constexpr const char* k_whole_size = "size=2g";

bool get_own_mounts() {
    return enter_own_namespaces(CLONE_NEWNS) &&
           ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

bool set_size(const std::string& folder, const std::string& size) {
    return ::mount(nullptr, folder.c_str(), nullptr, MS_REMOUNT, size.c_str()) == 0;
}

}  // namespace

SmallDisk::SmallDisk()
    : m_mounted(get_own_mounts() &&
                ::mount("tmpfs", folder().c_str(), "tmpfs", 0, k_whole_size) == 0) {}

SmallDisk::~SmallDisk() {
    if (m_mounted) ::umount2(folder().c_str(), MNT_DETACH);
}

void SmallDisk::fill(std::uint64_t room) const {
    constexpr int k_tries = 100;  // what is written meanwhile needs more than was asked for
    for (int i = 0; i < k_tries; ++i) {
        struct statvfs status {};
        if (::statvfs(folder().c_str(), &status) != 0) return;
        const std::uint64_t used = (status.f_blocks - status.f_bfree) * status.f_frsize;
        if (set_size(folder(), "size=" + std::to_string(used + room))) return;
    }
}

void SmallDisk::make_room() const {
    set_size(folder(), k_whole_size);
}

}  // namespace pressings::test
