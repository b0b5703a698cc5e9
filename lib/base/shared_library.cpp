#include "base/shared_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace pressings {

namespace {

[[noreturn]] void throw_not_loaded(const std::string& file) {
    const char* why = ::dlerror();
    throw LibraryError(
        fmt::format("a library cannot be loaded: {}; install the package that has {}, or if it is "
                    "there, see that there is memory for it",
                    why == nullptr ? "unknown reason" : why, file));
}

}  // namespace

SharedLibrary::SharedLibrary(const char* file)
    : m_file(file), m_library(::dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
    if (m_library == nullptr) throw_not_loaded(m_file);
}

void* SharedLibrary::address_of(const char* name) const {
    void* found = ::dlsym(m_library, name);
    if (found == nullptr) throw_not_loaded(m_file);
    return found;
}

}  // namespace pressings
