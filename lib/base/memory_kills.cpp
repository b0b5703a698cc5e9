#include "base/memory_kills.hpp"

#include <cstdint>
#include <fstream>
#include <string>

namespace pressings {

std::optional<std::int64_t> memory_kills() {
    std::ifstream file{"/proc/vmstat"};
    std::string name;
    std::int64_t value = 0;
    while (file >> name >> value) {
        if (name == "oom_kill") return value;
    }
    return std::nullopt;
}

}  // namespace pressings
