#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

namespace pressings::cli {

/// Appends JSON to a text as it goes: for long streams, where a document in memory for each line
/// would be most of the work. What it writes is, to the byte, what `json_text` makes of such a
/// document. Objects and arrays are closed in the order in which they were opened.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& text) : m_text(text) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }
    /// The name of the value that comes next; plain ASCII.
    void key(std::string_view name);

    void null() { raw("null"); }
    void value(bool value) { raw(value ? "true" : "false"); }
    void value(std::string_view text);
    void value(const std::string& text) { value(std::string_view{text}); }
    void value(const char* text) { value(std::string_view{text}); }
    void value(const Mbid& mbid);
    void value(const PartialDate& date) { value(std::string_view{date.to_string()}); }
    template <std::integral Number>
    void value(Number number) {
        raw(std::to_string(number));
    }
    template <typename Value>
    void value(const std::optional<Value>& maybe) {
        maybe ? value(*maybe) : null();
    }

    template <typename Value>
    void member(std::string_view name, const Value& of) {
        key(name);
        value(of);
    }
    /// A value that is JSON already.
    void raw_member(std::string_view name, std::string_view json) {
        key(name);
        raw(json);
    }

  private:
    void begin(char bracket);
    void end(char bracket);
    void separate();
    void raw(std::string_view json);

    std::string& m_text;
    bool m_is_first = true;
};

}  // namespace pressings::cli
