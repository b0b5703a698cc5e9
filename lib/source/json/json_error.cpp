#include "source/json/json_error.hpp"

#include <simdjson.h>

#include "base/json_library.hpp"
#include "base/text.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_longest_error = 8 << 10;  // a genuine one has some hundred bytes

/// The text of "error", if it and "help" are all that the object has.
std::optional<std::string> error_in(const simdjson::dom::object& object) {
    std::optional<std::string> error;
    for (const auto& [key, value] : object) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
        if (key == "error") {
            error = std::string{text};
        } else if (key != "help") {
            return std::nullopt;
        }
    }
    return error;
}

}  // namespace

std::optional<std::string> service_error(std::string_view body, std::string_view content_type) {
    if (!is_json_type(content_type) || body.size() > k_longest_error) return std::nullopt;
    load_json_library();
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(body.data(), body.size()).get(object) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return error_in(object);
}

bool says_not_found(std::string_view error) {
    return ascii_lower(error) == "not found";
}

bool is_json_type(std::string_view content_type) {
    const std::string type = ascii_lower(content_type.substr(0, content_type.find(';')));
    return type.find("json") != std::string::npos;
}

}  // namespace pressings::source
