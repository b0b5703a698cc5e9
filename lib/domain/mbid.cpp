#include "domain/mbid.hpp"

#include <algorithm>

namespace pressings {

namespace {

constexpr std::size_t k_text_size = 36;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_hyphen_place(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

}  // namespace

std::optional<Mbid> Mbid::parse(std::string_view text) {
    if (text.size() != k_text_size) return std::nullopt;
    Mbid mbid;
    std::size_t nibble = 0;
    for (std::size_t at = 0; at < k_text_size; ++at) {
        if (is_hyphen_place(at)) {
            if (text[at] != '-') return std::nullopt;
            continue;
        }
        const int value = hex_value(text[at]);
        if (value < 0) return std::nullopt;
        auto& byte = mbid.m_bytes[nibble / 2];
        byte = static_cast<std::uint8_t>(unsigned{byte} << 4U | static_cast<unsigned>(value));
        ++nibble;
    }
    return mbid;
}

std::optional<Mbid> Mbid::from_bytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() != k_size) return std::nullopt;
    Mbid mbid;
    std::copy(bytes.begin(), bytes.end(), mbid.m_bytes.begin());
    return mbid;
}

std::string Mbid::to_string() const {
    static constexpr std::string_view k_digits = "0123456789abcdef";
    std::string text;
    text.reserve(k_text_size);
    for (const std::uint8_t byte : m_bytes) {
        if (is_hyphen_place(text.size())) text += '-';
        text += k_digits[byte >> 4U];
        text += k_digits[byte & 15U];
    }
    return text;
}

}  // namespace pressings

std::size_t std::hash<pressings::Mbid>::operator()(const pressings::Mbid& mbid) const noexcept {
    const auto& bytes = mbid.bytes();
    return std::hash<std::string_view>{}(
        std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
