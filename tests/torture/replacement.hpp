#pragma once

#include <string>
#include <vector>

#include "torture/aftermath.hpp"
#include "torture/role.hpp"

namespace pressings::test {

/// What becomes of a database while processes have it open.
enum class Replacement {
    another,  ///< another file with the same contents gets the name
    removed,  ///< it is removed; the same contents are put back when all have noticed
    moved     ///< it gets another name, and its own again when all have noticed
};

/// Holds all processes, does that to the database, and lets them go on. Each worker that has it
/// open must end by itself, with status 3 if nothing else ended it: nobody shall work on a file
/// that has no name. Afterwards none of the processes is there any more, and the database has all
/// that was in it.
void replace_database(Subject& subject, std::vector<Role>& roles, const std::string& db,
                      Replacement manner);

}  // namespace pressings::test
