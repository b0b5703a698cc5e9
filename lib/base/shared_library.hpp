#pragma once

#include <stdexcept>
#include <string>

namespace pressings {

/// A library is not installed, or there is no memory for it. (No Error: those are about what was
/// asked for.)
class LibraryError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A library that is loaded when it is first needed, not when the tool starts: most runs need it
/// not, and loading it would take them longer than their work. It stays loaded for good.
class SharedLibrary {
  public:
    /// `file` is its name as the dynamic linker knows it (base/sonames.hpp). LibraryError if it
    /// cannot be loaded.
    explicit SharedLibrary(const char* file);

    /// Points `function` at the library's function of this name. LibraryError if there is
    /// none.
    template <typename Function>
    void find(const char* name, Function*& function) const {
        function = reinterpret_cast<Function*>(address_of(name));
    }

  private:
    void* address_of(const char* name) const;

    std::string m_file;
    void* m_library;
};

}  // namespace pressings
