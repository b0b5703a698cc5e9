// Changes JSON as JSON, most of the time: bytes changed at random rarely leave a document that is
// read further than its first brace.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

using Json = nlohmann::json;

/// Deeper documents are left to libFuzzer: writing them takes a call a level.
constexpr int k_deepest = 200;

constexpr std::array k_values{"null",
                              "true",
                              "false",
                              "0",
                              "1",
                              "-1",
                              "7",
                              "2147483647",
                              "2147483648",
                              "1000001",
                              "9223372036854775807",
                              "1e300",
                              "0.5",
                              "\"\"",
                              "\" \"",
                              "\"x\"",
                              "\"1\"",
                              "\"1973\"",
                              "\"1973-03-01\"",
                              "\"\?\?\?\?-03-01\"",
                              "\"1973-\?\?-01\"",
                              "\"1973-02-30\"",
                              "\"GB\"",
                              "\"XW\"",
                              "\"[no label]\"",
                              "\"狂気\"",
                              "\"e\\u0301\"",
                              "\"\\u0000\"",
                              "\"\\u001b[2J\"",
                              "\"\\u202e\"",
                              "\"00000000-0000-0000-0000-000000000000\"",
                              "\"f5093c06-23e3-404f-aeaa-40f72885ee3a\"",
                              "\"1a8c4ac3-6f47-4570-aedb-f1928a0498ea\"",
                              "[]",
                              "{}",
                              "[[]]",
                              "[null]",
                              "{\"id\":\"83d91898-7763-47d7-b03b-b92132375c47\",\"name\":\"A\"}"};

bool is_shallow(const std::uint8_t* data, std::size_t size) {
    int depth = 0;
    int deepest = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == '[' || data[i] == '{') deepest = std::max(deepest, ++depth);
        if (data[i] == ']' || data[i] == '}') --depth;
    }
    return deepest <= k_deepest;
}

class Mutation {
  public:
    Mutation(Json& document, unsigned seed) : m_document(document), m_random(seed) {}

    void run() {
        for (std::size_t left = 1 + below(3); left > 0; --left) {
            m_nodes.clear();
            collect(m_document);
            change(*m_nodes[below(m_nodes.size())]);
        }
    }

  private:
    std::size_t below(std::size_t end) { return m_random() % end; }

    void collect(Json& node) {
        m_nodes.push_back(&node);
        if (!node.is_structured()) return;
        for (Json& member : node)
            collect(member);
    }

    Json some_value() {
        if (below(2) == 0) return Json::parse(k_values[below(k_values.size())]);
        const Json copy = *m_nodes[below(m_nodes.size())];
        constexpr std::size_t k_large = 4000;
        return copy.dump(-1, ' ', false, Json::error_handler_t::replace).size() < k_large
                   ? copy
                   : Json(nullptr);
    }

    void change(Json& node) {
        if (below(3) == 0) {
            node = some_value();
        } else if (node.is_array()) {
            change_list(node);
        } else if (node.is_object()) {
            change_object(node);
        } else if (node.is_string()) {
            change_text(node.get_ref<std::string&>());
        } else if (node.is_number_integer()) {
            node = static_cast<std::int64_t>(static_cast<std::uint64_t>(node.get<std::int64_t>()) +
                                             below(3) - 1);
        } else {
            node = some_value();
        }
    }

    void change_list(Json& list) {
        if (list.empty() || below(3) == 0) {
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(below(list.size() + 1)),
                        some_value());
            return;
        }
        const std::size_t at = below(list.size());
        const Json item = list[at];
        if (below(2) == 0) {
            list.erase(at);
        } else {
            list.push_back(item);
        }
    }

    void change_object(Json& object) {
        const std::size_t at = below(object.size() + 1);
        if (at == object.size()) {
            object[some_key()] = some_value();
            return;
        }
        const auto member = std::next(object.begin(), static_cast<std::ptrdiff_t>(at));
        if (below(2) == 0) {
            object.erase(member);
        } else {
            *member = some_value();
        }
    }

    /// One that some object of the document has.
    std::string some_key() {
        const Json& other = *m_nodes[below(m_nodes.size())];
        if (!other.is_object() || other.empty()) return "id";
        return std::next(other.begin(), static_cast<std::ptrdiff_t>(below(other.size()))).key();
    }

    void change_text(std::string& text) {
        const std::size_t size = text.size();
        constexpr std::size_t k_room = 64;
        text.resize(size + k_room);
        text.resize(
            LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
    }

    Json& m_document;
    std::minstd_rand m_random;
    std::vector<Json*> m_nodes;
};

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
    if (seed % 4 == 0 || !is_shallow(data, size)) return LLVMFuzzerMutate(data, size, most);
    Json document = Json::parse(data, data + size, nullptr, false);
    if (document.is_discarded()) return LLVMFuzzerMutate(data, size, most);
    Mutation{document, seed}.run();
    const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, text.data(), text.size());
    return text.size();
}
