#include "support/open_catalogue.hpp"

namespace pressings::test {

std::string new_catalogue(const TemporaryFolder& folder) {
    return folder.file("catalog.db");
}

}  // namespace pressings::test
