#include "store/sqlite/immutable.hpp"

#include "base/file_uri.hpp"

namespace pressings::store::sqlite {

std::string immutable_uri(const std::string& path) {
    return file_uri(path) + "?mode=ro&immutable=1";
}

}  // namespace pressings::store::sqlite
