#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pressings {

/// A MusicBrainz identifier: a UUID, 16 bytes.
class Mbid {
  public:
    static constexpr std::size_t k_size = 16;

    /// All zero; MusicBrainz gives this to nothing.
    Mbid() = default;

    /// Reads the 36-character form, in either case; nothing if it is anything else.
    static std::optional<Mbid> parse(std::string_view text);

    /// Takes exactly 16 bytes; nothing if there are more or fewer.
    static std::optional<Mbid> from_bytes(std::span<const std::uint8_t> bytes);

    /// The 36-character form in lower case.
    std::string to_string() const;

    const std::array<std::uint8_t, k_size>& bytes() const { return m_bytes; }

    friend auto operator<=>(const Mbid&, const Mbid&) = default;

  private:
    std::array<std::uint8_t, k_size> m_bytes{};
};

}  // namespace pressings

template <>
struct std::hash<pressings::Mbid> {
    std::size_t operator()(const pressings::Mbid& mbid) const noexcept;
};
