#include "base/json_library.hpp"

#ifdef PRESSINGS_LINK_IN

#include <algorithm>
#include <exception>
#include <new>

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

/// simdjson brings a C++ library of its own, shared where ours is linked in, with handlers of its
/// own. It ends there for want of memory alone, in a function that may not throw: as that is ended
/// elsewhere, so it is there.
[[noreturn]] void end_without_memory() {
    try {
        if (const auto handler = std::get_new_handler()) handler();
    } catch (const std::bad_alloc&) {
    }
    std::terminate();
}

void share_end(const SharedLibrary& library) {
    std::terminate_handler (*set_terminate)(std::terminate_handler) = nullptr;
    library.find("_ZSt13set_terminatePFvvE", set_terminate);
    set_terminate(end_without_memory);
}

const JsonLibrary& json_library() {
    static const JsonLibrary loaded = [] {
        const SharedLibrary library{soname::k_simdjson};
        share_end(library);
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
