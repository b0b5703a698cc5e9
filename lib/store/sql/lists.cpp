#include "store/sql/lists.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pressings::store::sql {

std::string id_list(std::span<const std::int64_t> ids) {
    return fmt::format("[{}]", fmt::join(ids, ","));
}

std::string name_list(std::span<const std::string> names) {
    std::string array = "[";
    for (const std::string& name : names) {
        if (name.find_first_of("\"\\") != std::string::npos) continue;
        array += array.size() > 1 ? ",\"" : "\"";
        array += name + "\"";
    }
    return array + "]";
}

}  // namespace pressings::store::sql
