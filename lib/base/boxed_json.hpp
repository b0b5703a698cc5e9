#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pressings {

/// The same JSON with each value that the parser cannot hold (a number beyond 64 bits or a double,
/// a string with half of a surrogate pair, lists and objects nested 64 deep) in a box: a string in
/// a list in a list, which no field of MusicBrainz's takes. So it is odd where it stands, and does
/// not make the whole document unreadable. Nothing if there is no such value.
std::optional<std::string> box_unreadable_values(std::string_view json);

/// What is written of a value in a box; the value itself where it is in none.
std::string_view unboxed(std::string_view json);

}  // namespace pressings
