#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pressings::store::postgresql {

/// An array as the server reads it from text: {1,NULL,"a \"b\""}
/// (https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO).
class ArrayText {
  public:
    void add_null() { element("NULL"); }
    void add_integer(std::int64_t value) { element(std::to_string(value)); }
    void add_text(std::string_view value);
    void add_text(const std::optional<std::string>& value) {
        value ? add_text(std::string_view{*value}) : add_null();
    }
    void add_bytes(std::span<const std::uint8_t> value);
    void add_bytes(const std::string& value) {
        add_bytes({reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
    }
    /// What was added so far, as an array.
    std::string text() const { return m_elements.empty() ? "{}" : "{" + m_elements + "}"; }
    void clear() { m_elements.clear(); }
    /// Of the text, in bytes.
    std::size_t size() const { return m_elements.size(); }

  private:
    void element(std::string_view written);

    std::string m_elements;
};

}  // namespace pressings::store::postgresql
