#include "base/boot.hpp"

#include <fstream>

namespace pressings {

const std::string& boot_id() {
    static const std::string id = [] {
        std::ifstream file{"/proc/sys/kernel/random/boot_id"};
        std::string line;
        file >> line;
        return line;
    }();
    return id;
}

bool is_this_boot(std::string_view id) {
    return !id.empty() && id == boot_id();
}

}  // namespace pressings
