#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/packed_input.hpp"

namespace pressings::intake {

/// A record longer than this is refused, and passed over without being held.
inline constexpr std::size_t k_max_record_bytes = std::size_t{1} << 20U;

/// Text read byte by byte or line by line, counting lines. A UTF-8 byte order mark at the start is
/// dropped; UTF-16 is an Error. Memory is bounded by the block and the longest record. What is read
/// does not depend on the size of the block, which is 4 bytes at least.
class TextInput {
  public:
    static constexpr std::size_t k_usual_block_bytes = std::size_t{128} * 1024;

    explicit TextInput(const std::string& path, std::size_t block_bytes = k_usual_block_bytes);

    /// The first bytes of the text, as many as one block has; nothing is consumed.
    std::string_view beginning();

    /// The next byte, or -1 at the end.
    int get() {
        if (m_at == m_block.size() && !refill()) return -1;
        const char c = m_block[m_at++];
        if (c == '\n') ++m_line;
        return static_cast<unsigned char>(c);
    }
    int peek() {
        if (m_at == m_block.size() && !refill()) return -1;
        return static_cast<unsigned char>(m_block[m_at]);
    }
    /// Puts text that was just read back in front of what is still to be; it began on `line`.
    void put_back(std::string_view text, std::int64_t line);

    /// The line that the next byte is on, from 1.
    std::int64_t line() const { return m_line; }
    const std::string& name() const { return m_input.name(); }

    /// From any thread: ends the input here, also for who waits for it.
    void stop() { m_input.stop(); }

    struct Line {
        std::int64_t number = 0;
        std::string text;  ///< without the line end; its beginning, if it is too long
        bool too_long = false;
    };
    std::optional<Line> next_line();

  private:
    bool refill();
    void drop_byte_order_mark();

    PackedInput m_input;
    std::size_t m_block_bytes;
    std::string m_block;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
};

}  // namespace pressings::intake
