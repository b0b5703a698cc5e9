#include "domain/mbid.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pressings {

namespace {

constexpr std::size_t k_text_size = 36;

constexpr std::size_t k_hyphens[] = {8, 13, 18, 23};

/// Where the two digits of each byte are.
constexpr std::array<std::uint8_t, Mbid::k_size> k_digits_at = {0,  2,  4,  6,  9,  11, 14, 16,
                                                                19, 21, 24, 26, 28, 30, 32, 34};

constexpr std::uint8_t k_no_digit = 0xFF;

/// What each character is worth as a hexadecimal digit. A drain reads some sixty MBIDs a release.
constexpr std::array<std::uint8_t, 256> k_hex_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(k_no_digit);
    for (std::uint8_t i = 0; i < 10; ++i)
        values['0' + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i)
        values['a' + i] = values['A' + i] = static_cast<std::uint8_t>(10 + i);
    return values;
}();

unsigned hex_value(char c) {
    return k_hex_values[static_cast<unsigned char>(c)];
}

}  // namespace

std::optional<Mbid> Mbid::parse(std::string_view text) {
    if (text.size() != k_text_size) return std::nullopt;
    for (const std::size_t at : k_hyphens) {
        if (text[at] != '-') return std::nullopt;
    }
    Mbid mbid;
    unsigned all = 0;
    for (std::size_t i = 0; i < k_size; ++i) {
        const unsigned high = hex_value(text[k_digits_at[i]]);
        const unsigned low = hex_value(text[k_digits_at[i] + 1U]);
        all |= high | low;
        mbid.m_bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
    }
    if (all > 15) return std::nullopt;
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
    std::string text(k_text_size, '-');
    for (std::size_t i = 0; i < k_size; ++i) {
        text[k_digits_at[i]] = k_digits[m_bytes[i] >> 4U];
        text[k_digits_at[i] + 1U] = k_digits[m_bytes[i] & 15U];
    }
    return text;
}

}  // namespace pressings

std::size_t std::hash<pressings::Mbid>::operator()(const pressings::Mbid& mbid) const noexcept {
    const auto& bytes = mbid.bytes();
    return std::hash<std::string_view>{}(
        std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
