#include "source/host.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <arpa/inet.h>

#include "base/text.hpp"

namespace pressings::source {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// The addresses whose first `bits` are those of `start`. IPv4 is written as IPv6 has it:
/// ::ffff:10.0.0.0.
struct Block {
    const char* start;
    std::size_t bits;
};

constexpr std::size_t k_mapped_bits = 96;
constexpr std::array k_own_blocks{Block{"::ffff:127.0.0.0", k_mapped_bits + 8},
                                  Block{"::ffff:10.0.0.0", k_mapped_bits + 8},
                                  Block{"::ffff:172.16.0.0", k_mapped_bits + 12},
                                  Block{"::ffff:192.168.0.0", k_mapped_bits + 16},
                                  Block{"::ffff:169.254.0.0", k_mapped_bits + 16},
                                  Block{"::1", 128},
                                  Block{"fc00::", 7},
                                  Block{"fe80::", 10}};

std::optional<Bytes> address(const std::string& text) {
    Bytes bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    if (::inet_pton(AF_INET6, ("::ffff:" + text).c_str(), bytes.data()) == 1) return bytes;
    return std::nullopt;
}

bool is_in(const Bytes& bytes, const Block& block) {
    const Bytes start = *address(block.start);
    for (std::size_t bit = 0; bit < block.bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
        if (((bytes[bit / 8] ^ start[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

/// "[fe80::1%eth0]" is fe80::1.
std::string without_brackets(const std::string& host) {
    if (!host.starts_with('[') || !host.ends_with(']')) return host;
    const std::string inner = host.substr(1, host.size() - 2);
    return inner.substr(0, inner.find('%'));
}

/// "user@host:port" as it stands in the URL.
std::string_view authority_of(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    return url.substr(0, url.find_first_of("/?#"));
}

std::string_view without_port(std::string_view host) {
    if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

}  // namespace

std::optional<std::string> host_of(const std::string& source) {
    const auto end_of_scheme = source.find("://");
    if (end_of_scheme == std::string::npos) return std::nullopt;
    const std::string scheme = ascii_lower(source.substr(0, end_of_scheme));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    std::string_view host = authority_of(source);
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    host = without_port(host);
    if (host.ends_with('.')) host.remove_suffix(1);  // the same name, written in full
    return ascii_lower(host);
}

bool is_musicbrainz(const std::string& host) {
    return host == "musicbrainz.org" || host.ends_with(".musicbrainz.org");
}

bool is_own(const std::string& host) {
    if (host == "localhost" || host.ends_with(".localhost")) return true;
    const auto bytes = address(without_brackets(host));
    return bytes && std::any_of(k_own_blocks.begin(), k_own_blocks.end(),
                                [&](const Block& block) { return is_in(*bytes, block); });
}

double default_rate(const std::string& host) {
    return is_own(host) ? 50.0 : 1.0;
}

}  // namespace pressings::source
