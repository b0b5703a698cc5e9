#include "cli/json_writer.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

namespace {

/// Whether JSON has it as it stands, and a terminal may.
bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

bool needs_no_escape(std::string_view text) {
    return text.find_first_of("\"\\\x7F") == std::string_view::npos &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20; }) &&
           is_utf8(text);
}

}  // namespace

void JsonWriter::separate() {
    if (!m_is_first) m_text += ',';
    m_is_first = false;
}

void JsonWriter::begin(char bracket) {
    separate();
    m_text += bracket;
    m_is_first = true;
}

void JsonWriter::end(char bracket) {
    m_text += bracket;
    m_is_first = false;
}

void JsonWriter::key(std::string_view name) {
    separate();
    m_text += '"';
    m_text += name;
    m_text += "\":";
    m_is_first = true;
}

void JsonWriter::raw(std::string_view json) {
    separate();
    m_text += json;
}

void JsonWriter::value(std::string_view text) {
    separate();
    if (std::all_of(text.begin(), text.end(), is_plain)) {
        m_text.append(1, '"').append(text).append(1, '"');
    } else if (needs_no_escape(text)) {
        m_text.append(1, '"').append(escape_in_json(std::string{text})).append(1, '"');
    } else {
        m_text += json_text(nlohmann::ordered_json(text));
    }
}

void JsonWriter::value(const Mbid& mbid) {
    constexpr std::string_view k_figures = "0123456789abcdef";
    separate();
    m_text += '"';
    std::size_t at = 0;
    for (const std::uint8_t byte : mbid.bytes()) {
        if (at == 4 || at == 6 || at == 8 || at == 10) m_text += '-';
        m_text += k_figures[byte >> 4U];
        m_text += k_figures[byte & 0xFU];
        ++at;
    }
    m_text += '"';
}

}  // namespace pressings::cli
