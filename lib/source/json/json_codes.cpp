#include "source/json/json_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::source {

namespace {

// MusicBrainz's columns for these have 255 characters, of four bytes at most.
constexpr std::size_t k_longest_code = 1020;
constexpr std::size_t k_longest_url = 8 << 10;
constexpr std::size_t k_longest_part_code = 10;  // "GB-ENG" and the like

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

template <typename Is>
bool all(std::string_view text, Is is) {
    return std::all_of(text.begin(), text.end(), is);
}

bool is_country_code(std::string_view text) {
    if (text.size() < 2 || !all(text.substr(0, 2), is_upper)) return false;
    if (text.size() == 2) return true;
    if (text[2] != '-') return text.size() == 4 && all(text, is_upper);
    return text.size() > 3 && text.size() <= k_longest_part_code &&
           all(text.substr(3), [](char c) { return is_upper(c) || is_digit(c) || c == '-'; });
}

bool is_language_code(std::string_view text) {
    return text.size() == 3 && all(text, is_lower);
}

bool is_script_code(std::string_view text) {
    return text.size() == 4 && is_upper(text[0]) && all(text.substr(1), is_lower);
}

bool is_isrc(std::string_view text) {
    return text.size() == 12 && all(text.substr(0, 2), is_upper) &&
           all(text.substr(2, 3), [](char c) { return is_upper(c) || is_digit(c); }) &&
           all(text.substr(5), is_digit);
}

bool is_disc_id(std::string_view text) {
    return text.size() == 28 && text.back() == '-' && all(text, [](char c) {
               return is_upper(c) || is_lower(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
           });
}

bool is_url(std::string_view text) {
    static constexpr std::array<std::string_view, 4> k_run{"javascript", "vbscript", "data",
                                                           "file"};
    const auto end = text.find("://");
    if (end == text.npos || end == 0 || text.size() == end + 3) return false;
    const std::string scheme = ascii_lower(text.substr(0, end));
    const auto is_scheme = [](char c) {
        return is_lower(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    };
    if (!is_lower(scheme[0]) || !all(scheme, is_scheme)) return false;
    if (std::find(k_run.begin(), k_run.end(), scheme) != k_run.end()) return false;
    if (text[end + 3] == '/') return false;
    return all(text, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
}

std::optional<std::string> short_text(const JsonField& field, std::size_t longest) {
    auto text = field.text();
    if (text && text->size() > longest) {
        field.refuse(fmt::format("is longer than {} bytes", longest));
    }
    return text;
}

template <typename Is>
std::optional<std::string> read(const JsonField& field, Is is, std::string_view what) {
    auto text = field.text();
    if (text && !is(*text)) {
        field.refuse(fmt::format("is no {}: \"{}\"", what, escape_controls(shorten(*text, 60))));
    }
    return text;
}

std::string required(const JsonField& field, std::optional<std::string> text) {
    return text ? std::move(*text) : field.required_text();
}

}  // namespace

std::optional<std::string> read_country_code(const JsonField& field) {
    return read(field, is_country_code, "country code");
}

std::optional<std::string> read_language_code(const JsonField& field) {
    return read(field, is_language_code, "language code");
}

std::optional<std::string> read_script_code(const JsonField& field) {
    return read(field, is_script_code, "script code");
}

std::string read_isrc(const JsonField& field) {
    return required(field, read(field, is_isrc, "ISRC"));
}

std::string read_disc_id(const JsonField& field) {
    return required(field, read(field, is_disc_id, "disc id"));
}

std::optional<std::string> read_printed_code(const JsonField& field) {
    return short_text(field, k_longest_code);
}

std::optional<std::string> read_barcode(const JsonField& field) {
    const auto text = short_text(field, k_longest_code);
    return text ? text : field.text_even_empty();
}

std::optional<std::string> read_term(const JsonField& field) {
    return short_text(field, k_longest_code);
}

std::string read_url(const JsonField& field) {
    const auto text = short_text(field, k_longest_url);
    return required(field, text ? read(field, is_url, "URL") : text);
}

}  // namespace pressings::source
