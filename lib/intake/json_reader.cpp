#include <deque>

#include "base/text.hpp"
#include "intake/readers.hpp"
#include "intake/told_album.hpp"

namespace pressings::intake {

namespace {

/// An answer of MusicBrainz's is one object of many records, so it may be longer than they.
constexpr std::size_t k_longest_value = std::size_t{16} << 20U;

bool is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// One JSON value as it stands in the input; empty and not complete where a list is not closed.
struct Value {
    std::int64_t line = 0;
    std::string text;
    bool too_long = false;
    bool complete = false;
};

/// Cuts JSON text into values without understanding more of it than strings and brackets.
class Splitter {
  public:
    explicit Splitter(std::unique_ptr<TextInput> input) : m_input(std::move(input)) {}

    std::optional<Value> next() {
        skip_between();
        Value value;
        value.line = m_input->line();
        if (m_input->peek() < 0) {
            if (!m_in_list) return std::nullopt;
            m_in_list = false;
            return value;
        }
        const int first = m_input->peek();
        if (first == '{' || first == '[') {
            value.complete = read_nested(value);
        } else if (first == '"') {
            take(value);
            value.complete = read_string(value);
        } else {
            read_word(value);
        }
        if (!value.complete) m_in_list = false;
        return value;
    }
    void stop() { m_input->stop(); }

  private:
    /// Blanks, and the brackets and commas of a list at the top.
    void skip_between() {
        for (int c = m_input->peek(); c >= 0; c = m_input->peek()) {
            const bool opens_list = c == '[' && !m_in_list;
            if (!is_blank(c) && !opens_list && c != ',' && c != ']') return;
            if (opens_list) m_in_list = true;
            if (c == ']') m_in_list = false;
            m_input->get();
        }
    }

    int take(Value& value) {
        const int c = m_input->get();
        if (c < 0) return c;
        if (value.text.size() < k_longest_value) {
            value.text += static_cast<char>(c);
        } else {
            value.too_long = true;
        }
        return c;
    }

    /// Up to the closing quote, or to the end of the line, behind which no string goes on; false
    /// if the input ended before.
    bool read_string(Value& value) {
        for (int c = take(value); c >= 0; c = take(value)) {
            if (c == '\\') take(value);
            if (c == '"' || c == '\n') return true;
        }
        return false;
    }

    bool read_nested(Value& value) {
        std::int64_t depth = 0;  // packed, gigabytes of brackets are a few bytes
        for (int c = take(value); c >= 0; c = take(value)) {
            if (c == '"' && !read_string(value)) return false;
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && --depth == 0) return true;
        }
        return false;
    }

    void read_word(Value& value) {
        for (int c = m_input->peek(); c >= 0; c = m_input->peek()) {
            if (is_blank(c) || c == ',' || c == ']' || c == '{' || c == '"') break;
            take(value);
        }
        value.complete = true;
    }

    std::unique_ptr<TextInput> m_input;
    bool m_in_list = false;
};

class JsonReader final : public RecordReader {
  public:
    JsonReader(std::unique_ptr<TextInput> input, const RecordDefaults& defaults)
        : m_splitter(std::move(input)), m_defaults(defaults) {}

    std::optional<Record> next() override {
        while (m_groups.empty()) {
            const auto value = m_splitter.next();
            if (!value) return std::nullopt;
            auto groups = release_groups_in(value->text);
            if (!groups) return read(*value);
            m_groups.assign(groups->begin(), groups->end());
            m_groups_line = value->line;
        }
        const std::string group = std::move(m_groups.front());
        m_groups.pop_front();
        return make_record(m_groups_line, group,
                           group.size() > k_max_record_bytes ? ReadAlbum{too_long()}
                                                             : read_json_record(group, m_defaults));
    }
    void stop() override { m_splitter.stop(); }

  private:
    Record read(const Value& value) {
        if (!value.complete) {
            return make_record(
                value.line, value.text,
                Refusal{"bad_json", value.text.empty()
                                        ? "the input ends before its list does; "
                                          "there may have been more"
                                        : "the input ends inside this record; "
                                          "nothing behind where it begins was read"});
        }
        if (value.too_long || value.text.size() > k_max_record_bytes) {
            return make_record(value.line, value.text, too_long());
        }
        return make_record(value.line, value.text, read_json_record(value.text, m_defaults));
    }

    Splitter m_splitter;
    RecordDefaults m_defaults;
    std::deque<std::string> m_groups;  ///< of an answer of MusicBrainz's, still to be given
    std::int64_t m_groups_line = 0;
};

}  // namespace

std::unique_ptr<RecordReader> make_json_reader(std::unique_ptr<TextInput> input,
                                               const RecordDefaults& defaults) {
    return std::make_unique<JsonReader>(std::move(input), defaults);
}

}  // namespace pressings::intake
