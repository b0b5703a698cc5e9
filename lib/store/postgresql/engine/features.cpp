#include "store/postgresql/engine/features.hpp"

#include <cstdlib>

namespace pressings::store::postgresql {

Features Features::behind(Pooler pooler) {
    const char* const plain = std::getenv("PRESSINGS_POSTGRESQL_PLAIN");
    const bool has_all = plain == nullptr || *plain == '\0';
    return {pooler == Pooler::none, has_all, has_all};
}

}  // namespace pressings::store::postgresql
