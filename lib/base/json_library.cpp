#include "base/json_library.hpp"

#ifdef PRESSINGS_LINK_IN

#include <algorithm>

#include <simdjson.h>

#include "base/shared_library.hpp"
#include "base/sonames.hpp"

namespace pressings {

using simdjson::internal::error_code_info;

/// The texts of the errors, under the name by which simdjson's headers refer to them.
extern error_code_info json_errors[simdjson::NUM_ERROR_CODES] asm(
    "_ZN8simdjson8internal11error_codesE");
error_code_info json_errors[simdjson::NUM_ERROR_CODES] = {};

namespace {

using Implementation = simdjson::internal::atomic_ptr<const simdjson::implementation>;

/// The parts of the library that its headers refer to.
struct JsonLibrary {
    Implementation& (*active_implementation)() = nullptr;
    char* (*to_chars)(char*, const char*, double) = nullptr;
};

const JsonLibrary& json_library() {
    static const JsonLibrary loaded = [] {
        const SharedLibrary library{soname::k_simdjson};
        JsonLibrary found;
        library.find("_ZN8simdjson25get_active_implementationEv", found.active_implementation);
        library.find("_ZN8simdjson8internal8to_charsEPcPKcd", found.to_chars);
        const error_code_info* texts = nullptr;
        library.find("_ZN8simdjson8internal11error_codesE", texts);
        std::copy_n(texts, std::size(json_errors), json_errors);
        return found;
    }();
    return loaded;
}

}  // namespace

void load_json_library() {
    json_library();
}

}  // namespace pressings

namespace simdjson {

internal::atomic_ptr<const implementation>& get_active_implementation() {
    return pressings::json_library().active_implementation();
}

char* internal::to_chars(char* first, const char* last, double value) {
    return pressings::json_library().to_chars(first, last, value);
}

}  // namespace simdjson

#else

namespace pressings {

void load_json_library() {}

}  // namespace pressings

#endif
