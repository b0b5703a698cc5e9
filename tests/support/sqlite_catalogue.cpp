#include "support/new_catalogue.hpp"

namespace pressings::test {

std::string new_catalogue(const TemporaryFolder& folder) {
    return folder.file("catalog.db");
}

bool catalogue_is_file() {
    return true;
}

bool deaths_show_at_once() {
    return true;
}

store::Pooler pooler_of_catalogue() {
    return store::Pooler::none;
}

}  // namespace pressings::test
