#pragma once

#include <string>

#include <doctest/doctest.h>

#include "support/temporary_folder.hpp"

namespace pressings::test {

/// Where the engine that a test program is for makes a new catalogue: each engine has a file for
/// it. `folder` lives as long as the catalogue.
std::string new_catalogue(const TemporaryFolder& folder);

/// Whether that is a file of SQLite's; for tests that are about the file, or look into it:
/// TEST_CASE("…" * of_file()).
bool catalogue_is_file();
inline auto of_file() {
    return doctest::skip(!catalogue_is_file());
}

}  // namespace pressings::test
