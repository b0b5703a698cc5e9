#include "base/boot.hpp"

#include <fstream>

namespace pressings {

std::string boot_id() {
    std::ifstream file{"/proc/sys/kernel/random/boot_id"};
    std::string id;
    file >> id;
    return id.empty() ? "-" : id;
}

}  // namespace pressings
