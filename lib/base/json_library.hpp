#pragma once

namespace pressings {

/// Makes simdjson's library ready; to be called before the first document is read, for simdjson
/// itself cannot say that it is not there. LibraryError if it cannot be loaded.
///
/// A library of C++ brings the whole of C++'s with it, so a tool that has its own linked in
/// (PRESSINGS_LINK_IN) loads it with the first document only.
void load_json_library();

}  // namespace pressings
