#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace pressings {

/// Which release groups are wanted by their types, primary or secondary, in any case: "album",
/// "live".
struct TypeFilter {
    std::vector<std::string> wanted{};    ///< of any of these; of every type if there are none
    std::vector<std::string> excluded{};  ///< of none of these

    bool takes_all() const { return wanted.empty() && excluded.empty(); }

    friend bool operator==(const TypeFilter&, const TypeFilter&) = default;
};

/// A group of which nothing but the MBID could be read is taken: it may be wanted.
bool is_taken(const Album& album, const TypeFilter& filter);

/// "album,ep,-live", where a job keeps it; "" for a filter that takes all.
std::string to_text(const TypeFilter& filter);
TypeFilter parse_type_filter(std::string_view text);

}  // namespace pressings
