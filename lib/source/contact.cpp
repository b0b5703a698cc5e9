#include "source/contact.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/host.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_longest = 254;  // of a mail address, by RFC 5321

/// Plain ASCII in which a comment of a User-Agent does not end (RFC 9110, 5.6.5).
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isgraph(c) != 0 && c < 0x80 && c != '(' && c != ')' && c != '\\';
    });
}

/// "example.org": of two names at least, none of them empty.
bool is_full_host(std::string_view host) {
    const bool is_closed = host.starts_with('.') || host.ends_with('.');
    return !is_closed && host.find('.') != std::string_view::npos &&
           host.find("..") == std::string_view::npos &&
           std::all_of(host.begin(), host.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '.';
           });
}

/// Of a URL or a mail address; "" if it is neither.
std::string host_in(std::string_view contact) {
    if (auto host = host_of(std::string{contact})) return *host;
    const auto at = contact.find('@');
    const bool is_mail =
        at != std::string_view::npos && at > 0 && contact.find('/') == contact.npos;
    return is_mail ? ascii_lower(contact.substr(at + 1)) : "";
}

}  // namespace

std::string contact_fault(std::string_view contact) {
    const bool is_good =
        contact.size() <= k_longest && is_plain(contact) && is_full_host(host_in(contact));
    if (is_good) return {};
    return fmt::format(
        "{} is neither a mail address nor a URL; write it like you@example.org or "
        "https://example.org/you",
        quote(contact));
}

bool is_example(std::string_view contact) {
    constexpr std::array<std::string_view, 7> k_names{
        "example.org", "example.com", "example.net", "example", "invalid", "test", "localhost"};
    const std::string host = "." + host_in(contact);
    return std::any_of(k_names.begin(), k_names.end(), [&](std::string_view name) {
        return host.ends_with(fmt::format(".{}", name));
    });
}

}  // namespace pressings::source
