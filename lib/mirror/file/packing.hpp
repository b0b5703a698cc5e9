#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pressings::mirror {

using Bytes = std::span<const std::uint8_t>;

/// What documents of a kind have in common, learnt from some of them, for packing them singly
/// (https://facebook.github.io/zstd/#small-data). "" if they are too few to learn from.
std::string train_dictionary(std::span<const std::string_view> samples);

/// Packs documents with zstd. Not thread-safe.
class Packer {
  public:
    /// `dictionary` may be "".
    explicit Packer(std::string_view dictionary);
    ~Packer();
    Packer(Packer&&) noexcept;

    /// Valid until the next call.
    Bytes pack(std::string_view json);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Unpacks what a Packer packed; it says itself which dictionary it needs. Not thread-safe.
class Unpacker {
  public:
    Unpacker();
    ~Unpacker();

    void add_dictionary(Bytes dictionary);

    /// Error if it is damaged, or unpacks to more than the longest line of a dump.
    std::string unpack(Bytes packed);

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace pressings::mirror
