#include "base/shared_library.hpp"

#include <doctest/doctest.h>

using pressings::SharedLibrary;

TEST_CASE("A library is loaded at run time and its functions are found") {
    const SharedLibrary math{"libm.so.6"};
    double (*square_root)(double) = nullptr;
    math.find("sqrt", square_root);
    CHECK(square_root(9) == 3);
}

TEST_CASE("A library or a function that is not there is told with what to install") {
    CHECK_THROWS_WITH_AS(SharedLibrary("libnone.so.1"),
                         doctest::Contains("install the package that has libnone.so.1"),
                         pressings::LibraryError);
    const SharedLibrary math{"libm.so.6"};
    double (*none)(double) = nullptr;
    CHECK_THROWS_WITH_AS(math.find("no_such_function", none), doctest::Contains("libm.so.6"),
                         pressings::LibraryError);
}
