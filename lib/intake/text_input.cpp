#include "intake/text_input.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace pressings::intake {

TextInput::TextInput(const std::string& path, std::size_t block_bytes)
    : m_input(path), m_block_bytes(block_bytes) {
    refill();
    drop_byte_order_mark();
}

bool TextInput::refill() {
    m_block.resize(m_block_bytes);
    m_block.resize(m_input.read(m_block, m_line));
    m_at = 0;
    return !m_block.empty();
}

void TextInput::drop_byte_order_mark() {
    const std::string_view text = beginning();
    const bool has_mark = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    const bool has_wide_letters =
        text.size() >= 4 && ((text[0] == 0 && text[2] == 0) || (text[1] == 0 && text[3] == 0));
    if (has_mark || has_wide_letters) {
        throw Error(fmt::format("{} is UTF-16; save it as UTF-8", name()));
    }
    if (text.starts_with("\xEF\xBB\xBF")) m_at += 3;
}

std::string_view TextInput::beginning() {
    return std::string_view{m_block}.substr(m_at);
}

void TextInput::put_back(std::string_view text, std::int64_t line) {
    m_line = line;
    if (std::string_view{m_block}.substr(0, m_at).ends_with(text)) {
        m_at -= text.size();
        return;
    }
    m_block = std::string{text} + m_block.substr(m_at);
    m_at = 0;
}

std::optional<TextInput::Line> TextInput::next_line() {
    if (peek() < 0) return std::nullopt;
    Line line;
    line.number = m_line;
    while (peek() >= 0) {
        const auto end = m_block.find('\n', m_at);
        const std::size_t stop = end == std::string::npos ? m_block.size() : end;
        const std::size_t room = k_max_record_bytes - line.text.size();
        line.too_long = line.too_long || stop - m_at > room;
        line.text.append(m_block, m_at, std::min(stop - m_at, room));
        m_at = stop;
        if (end != std::string::npos) {
            get();
            break;
        }
    }
    if (line.text.ends_with('\r')) line.text.pop_back();
    return line;
}

}  // namespace pressings::intake
