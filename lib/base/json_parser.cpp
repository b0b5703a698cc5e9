#include "base/json_parser.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "base/json_library.hpp"
#include "base/spares.hpp"

namespace pressings {

using simdjson::simdjson_result;
using simdjson::dom::element;

namespace {

constexpr std::size_t k_deepest = 128;  // a genuine document with all its relations has about 20

/// Most records and releases fit into the one, a parser for the other has some 5 MB.
constexpr std::size_t k_usual_document = 64 << 10;
constexpr std::size_t k_largest_spare = 512 << 10;

Spares<JsonParser>& spare_parsers() {
    static Spares<JsonParser> spares;
    return spares;
}

}  // namespace

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

LentJsonParser::LentJsonParser() : m_parser(spare_parsers().take()) {
    if (m_parser == nullptr) m_parser = std::make_unique<JsonParser>(k_deepest, k_usual_document);
}

LentJsonParser::~LentJsonParser() {
    if (m_parser->capacity() <= k_largest_spare) spare_parsers().give_back(std::move(m_parser));
}

}  // namespace pressings
