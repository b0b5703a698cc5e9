#include "base/secret.hpp"

#include <algorithm>
#include <string_view>

namespace pressings {

namespace {

/// "scheme://user:password@host" without ":password".
std::string without_userinfo(const std::string& url) {
    const auto start = url.find("://");
    if (start == std::string::npos) return url;
    const auto end = std::min(url.find_first_of("/?#", start + 3), url.size());
    const auto at = url.rfind('@', end);
    const auto colon = url.find(':', start + 3);
    if (at == std::string::npos || at < start || colon > at) return url;
    return url.substr(0, colon) + url.substr(at);
}

/// Where a value of libpq's ends that begins at `start`: at its quote, if it has one.
std::size_t end_of_value(const std::string& text, std::size_t start) {
    if (start == text.size() || text[start] != '\'') {
        return std::min(text.find_first_of(" \t\n&", start), text.size());
    }
    for (std::size_t i = start + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '\'')
            return i + 1;
    }
    return text.size();
}

}  // namespace

std::string without_password(const std::string& location) {
    constexpr std::string_view k_name = "password=";
    std::string shown = without_userinfo(location);
    for (auto at = shown.find(k_name); at != std::string::npos; at = shown.find(k_name, at + 1)) {
        const auto start = at + k_name.size();
        shown.replace(start, end_of_value(shown, start) - start, "...");
    }
    return shown;
}

}  // namespace pressings
