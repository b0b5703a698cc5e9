#include "base/file_uri.hpp"

#include <filesystem>
#include <string_view>

#include <fmt/format.h>

namespace pressings {

std::string file_uri(const std::string& path) {
    constexpr std::string_view k_plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        uri += k_plain.find(c) != std::string_view::npos
                   ? std::string(1, c)
                   : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

std::string immutable_uri(const std::string& path) {
    return file_uri(path) + "?mode=ro&immutable=1";
}

}  // namespace pressings
