#include "support/new_catalogue.hpp"

namespace pressings::test {

std::string new_catalogue(const TemporaryFolder& folder) {
    return folder.file("catalog.db");
}

bool catalogue_is_file() {
    return true;
}

}  // namespace pressings::test
