#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include <simdjson.h>

namespace pressings {

/// simdjson's parser for one document after the other, whose memory is used again. Where memory
/// runs out simdjson blames the document, and reads through a null pointer if the same parser is
/// used once more; here that is std::bad_alloc, and the next document gets a new parser.
class JsonParser {
  public:
    /// Documents that nest deeper than `deepest` are refused. The first document takes the memory
    /// for one of `usual_bytes`, so that most others need no more.
    explicit JsonParser(std::size_t deepest, std::size_t usual_bytes = 0);

    /// The root of the document, good until the next; an error is the document's own. LibraryError
    /// if simdjson cannot be loaded.
    simdjson::simdjson_result<simdjson::dom::element> parse(std::string_view json);
    /// The same without a copy: behind `json` are SIMDJSON_PADDING bytes that may be read.
    simdjson::simdjson_result<simdjson::dom::element> parse_padded(std::string_view json);

    /// The longest document that needs no more memory.
    std::size_t capacity() const { return m_parser.capacity(); }

  private:
    enum class Padding { none, there };
    simdjson::simdjson_result<simdjson::dom::element> parse(std::string_view json, Padding padding);

    std::size_t m_deepest;
    std::size_t m_usual_bytes;
    simdjson::dom::parser m_parser;
};

/// A parser for documents from outside that nobody else has until the end of the scope. Its memory
/// is used again, unless a document needed unusually much.
class LentJsonParser {
  public:
    LentJsonParser();
    ~LentJsonParser();
    LentJsonParser(const LentJsonParser&) = delete;
    LentJsonParser& operator=(const LentJsonParser&) = delete;

    JsonParser* operator->() const { return m_parser.get(); }

  private:
    std::unique_ptr<JsonParser> m_parser;
};

}  // namespace pressings
