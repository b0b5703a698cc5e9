#pragma once

#include <optional>
#include <string>

namespace pressings {

/// Where a server listens.
struct ListenAddress {
    std::string host;  ///< without brackets
    int port = 0;      ///< 0: any that is free
};

/// Reads "127.0.0.1:5000" or "[::1]:5000"; nothing if it is none.
std::optional<ListenAddress> read_address(const std::string& text);

}  // namespace pressings
