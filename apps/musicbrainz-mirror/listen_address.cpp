#include "listen_address.hpp"

#include <charconv>

namespace pressings {

namespace {

constexpr int k_greatest_port = 65535;

std::optional<int> read_port(const std::string& text) {
    int port = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, port);
    const bool is_whole = error == std::errc{} && stop == end && !text.empty();
    if (!is_whole || port < 0 || port > k_greatest_port) return std::nullopt;
    return port;
}

}  // namespace

std::optional<ListenAddress> read_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    const auto port = read_port(text.substr(colon + 1));
    if (!port) return std::nullopt;
    std::string host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return ListenAddress{host, *port};
}

}  // namespace pressings
