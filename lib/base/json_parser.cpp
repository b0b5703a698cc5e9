#include "base/json_parser.hpp"

#include <algorithm>
#include <new>

#include "base/json_library.hpp"

namespace pressings {

using simdjson::simdjson_result;
using simdjson::dom::element;

JsonParser::JsonParser(std::size_t deepest, std::size_t usual_bytes)
    : m_deepest(deepest), m_usual_bytes(usual_bytes) {}

simdjson_result<element> JsonParser::parse(std::string_view json) {
    return parse(json, Padding::none);
}

simdjson_result<element> JsonParser::parse_padded(std::string_view json) {
    return parse(json, Padding::there);
}

simdjson_result<element> JsonParser::parse(std::string_view json, Padding padding) {
    load_json_library();
    auto error = simdjson::SUCCESS;
    if (m_parser.capacity() < json.size() || m_parser.max_depth() != m_deepest) {
        error = m_parser.allocate(std::max(json.size(), m_usual_bytes), m_deepest);
    }
    element root;
    if (error == simdjson::SUCCESS) {
        error = m_parser.parse(json.data(), json.size(), padding == Padding::none).get(root);
    }
    if (error == simdjson::MEMALLOC) {
        m_parser = simdjson::dom::parser{};
        throw std::bad_alloc{};
    }
    if (error != simdjson::SUCCESS) return error;
    return root;
}

}  // namespace pressings
