#pragma once

#include <string>

#include <doctest/doctest.h>

#include "store/store_options.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

/// Where the engine that a test program is for makes a new catalogue: each engine has a file for
/// it. `folder` lives as long as the catalogue.
std::string new_catalogue(const TemporaryFolder& folder);
/// What stands before it.
store::Pooler pooler_of_catalogue();

/// Whether that is a file of SQLite's; for tests that are about the file, or look into it:
/// TEST_CASE("…" * of_file()).
bool catalogue_is_file();
inline auto of_file() {
    return doctest::skip(!catalogue_is_file());
}
/// The other way round: TEST_CASE("…" * of_server()).
inline auto of_server() {
    return doctest::skip(catalogue_is_file());
}

/// Whether it shows at once that a worker has died; else it does when its lease ends. For tests of
/// the former: TEST_CASE("…" * of_known_deaths()).
bool deaths_show_at_once();
inline auto of_known_deaths() {
    return doctest::skip(!deaths_show_at_once());
}

}  // namespace pressings::test
