#include "source/json/json_fields.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/boxed_json.hpp"
#include "base/text.hpp"
#include "source/fault_table.hpp"
#include "source/json/odd_value.hpp"

namespace pressings::source {

namespace {

using simdjson::dom::element_type;

constexpr std::size_t k_longest_text = 64 << 10;
constexpr std::size_t k_most_entries = 1'000'000;

[[noreturn]] void refuse_document(const std::string& subject, std::string_view problem) {
    throw answer_error("bad_answer", fmt::format("malformed answer: {} {}", subject, problem));
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

}  // namespace

JsonDocument::JsonDocument(std::string_view json, std::string subject)
    : m_subject(std::move(subject)) {
    auto error = m_parser->parse(json).get(m_root);
    if (error == simdjson::NUMBER_ERROR || error == simdjson::STRING_ERROR ||
        error == simdjson::DEPTH_ERROR) {
        const auto boxed = box_unreadable_values(json);
        if (boxed) error = m_parser->parse(*boxed).get(m_root);
    }
    if (error != simdjson::SUCCESS) {
        refuse_document(m_subject,
                        fmt::format("is not readable JSON: {}", simdjson::error_message(error)));
    }
}

/// false: it is more than a release may have.
bool JsonDocument::add_entries(std::size_t entries) const {
    m_entries += entries;
    if (m_entries > m_most_entries_here) return false;
    if (m_entries <= k_most_entries) return true;
    refuse_document(
        m_subject, fmt::format("has more than {} entries in the lists up to here", k_most_entries));
}

JsonField JsonDocument::root() const {
    return {this, nullptr, {}, JsonField::k_no_index, m_root};
}

JsonField::JsonField(const JsonDocument* document, const JsonField* parent, std::string_view key,
                     std::size_t index, std::optional<simdjson::dom::element> value)
    : m_document(document), m_parent(parent), m_key(key), m_index(index), m_value(value) {
    if (m_value && m_value->is_null()) m_value.reset();
}

JsonField JsonField::operator[](std::string_view key) const& {
    std::optional<simdjson::dom::element> member;
    if (!is_missing()) {
        simdjson::dom::object object;
        if (m_value->get(object) != simdjson::SUCCESS) refuse("is not an object");
        simdjson::dom::element found;
        if (object.at_key(key).get(found) == simdjson::SUCCESS) member = found;
    }
    return {m_document, this, key, k_no_index, member};
}

std::string_view JsonField::checked_string() const {
    std::string_view text;
    if (m_value->get(text) != simdjson::SUCCESS) refuse("is not a string");
    if (text.size() > k_longest_text) {
        refuse(fmt::format("is longer than {} bytes", k_longest_text));
    }
    if (text.find('\0') != std::string_view::npos) refuse("contains a NUL character");
    return text;
}

std::optional<std::string> JsonField::text_even_empty() const {
    if (is_missing()) return std::nullopt;
    return std::string{checked_string()};
}

std::optional<std::string> JsonField::text() const {
    auto text = text_even_empty();
    if (text && text->empty()) text.reset();
    return text;
}

std::string JsonField::required_text() const {
    if (is_missing()) refuse("is missing");
    const std::string_view text = checked_string();
    if (text.empty()) refuse("is empty");
    return std::string{text};
}

std::optional<Mbid> JsonField::mbid() const {
    if (is_missing()) return std::nullopt;
    const std::string_view text = checked_string();
    const auto mbid = Mbid::parse(text);
    if (!mbid || *mbid == Mbid{}) {
        refuse(fmt::format("is no MBID: \"{}\"", escape_controls(shorten(text, 60))));
    }
    return mbid;
}

Mbid JsonField::required_mbid() const {
    const auto id = mbid();
    if (!id) refuse("is missing");
    return *id;
}

std::optional<PartialDate> JsonField::date() const {
    if (is_missing()) return std::nullopt;
    const std::string_view text = checked_string();
    if (text.empty()) return std::nullopt;
    const auto date = PartialDate::parse(text);
    if (!date) refuse(fmt::format("is no date: \"{}\"", escape_controls(shorten(text, 60))));
    return date;
}

std::optional<std::int64_t> JsonField::number(std::int64_t least, std::int64_t most) const {
    if (is_missing()) return std::nullopt;
    std::optional<std::int64_t> number;
    if (m_value->type() == element_type::STRING) {
        if (checked_string().empty()) return std::nullopt;
        number = parse_digits(checked_string());
    } else if (std::int64_t value = 0; m_value->get(value) == simdjson::SUCCESS) {
        number = value;
    }
    if (!number) refuse("is not a whole number");
    if (*number < least || *number > most) {
        refuse(fmt::format("is {}, outside {} to {}", *number, least, most));
    }
    return number;
}

std::optional<int> JsonField::small_number(int least, int most) const {
    const auto value = number(least, most);
    if (!value) return std::nullopt;
    return static_cast<int>(*value);
}

std::optional<bool> JsonField::flag() const {
    if (is_missing()) return std::nullopt;
    if (bool value = false; m_value->get(value) == simdjson::SUCCESS) return value;
    if (m_value->type() == element_type::STRING) refuse("is neither true nor false");
    return number(0, 1) == 1;
}

std::size_t JsonField::size() const {
    simdjson::dom::array items;
    return is_missing() || m_value->get(items) != simdjson::SUCCESS ? 0 : items.size();
}

simdjson::dom::array JsonField::list(std::size_t most_items) const {
    simdjson::dom::array items;
    if (m_value->get(items) != simdjson::SUCCESS) refuse("is not a list");
    if (items.size() > most_items) {
        refuse(fmt::format("has {} entries, more than {}", items.size(), most_items));
    }
    if (!m_document->add_entries(items.size())) {
        refuse(fmt::format("makes it more than {} entries in the lists of the release",
                           JsonDocument::k_most_entries_of_release));
    }
    return items;
}

std::optional<std::string> JsonField::json() const {
    if (is_missing()) return std::nullopt;
    return std::string{simdjson::minify(*m_value)};
}

void JsonField::refuse(std::string_view problem) const {
    auto value = json();
    if (value) value = shorten(unboxed(*value), k_most_oddity_bytes);
    throw OddValue(m_document->subject(), {std::nullopt, path(), std::move(value),
                                           std::string{problem}, k_reader_version});
}

std::string JsonField::path() const {
    if (m_parent == nullptr) return {};
    const std::string parent = m_parent->path();
    if (m_index != k_no_index) return fmt::format("{}[{}]", parent, m_index);
    return parent.empty() ? std::string{m_key} : fmt::format("{}.{}", parent, m_key);
}

}  // namespace pressings::source
