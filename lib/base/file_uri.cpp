#include "base/file_uri.hpp"

#include <filesystem>

#include "base/text.hpp"

namespace pressings {

std::string file_uri(const std::string& path) {
    return "file:" + percent_encoded(std::filesystem::absolute(path).string(), "/");
}

std::string immutable_uri(const std::string& path) {
    return file_uri(path) + "?mode=ro&immutable=1";
}

}  // namespace pressings
