#include "support/search_index.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "base/name_words.hpp"
#include "base/spelling.hpp"

namespace pressings::test {

namespace {

bool is_word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool has_phrase(const std::vector<std::string>& words, const std::vector<std::string>& phrase) {
    return std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
}

/// How many letters differ.
std::size_t distance_of(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row.back();
}

bool has_like(const std::vector<std::string>& words, const std::string& word,
              std::size_t distance) {
    if (distance == 0) return std::find(words.begin(), words.end(), word) != words.end();
    return std::any_of(words.begin(), words.end(), [&](const auto& own) {
        const bool may_be =
            own.size() <= word.size() + distance && word.size() <= own.size() + distance;
        return may_be && distance_of(own, word) <= distance;
    });
}

}  // namespace

std::vector<std::string> index_words(const std::string& text) {
    std::vector<std::string> words = words_of(text).readings[1];
    std::erase_if(words, [](const std::string& word) { return is_sign(word); });
    if (words.empty()) words.push_back(plain_signs(text));
    return words;
}

struct SearchQuery::Node {
    enum class Kind { all, any, term };
    Kind kind = Kind::term;
    std::vector<Node> parts;
    std::string field;
    std::vector<std::string> words;  ///< of a term, one behind the other
    std::string value{};             ///< of a term, as it stands
    std::size_t distance = 0;        ///< of a term: letters that may differ

    bool fits(const std::vector<std::string>& text) const {
        return distance > 0 ? has_like(text, words.front(), distance) : has_phrase(text, words);
    }

    bool finds(const Fields& fields) const {
        const auto found = [&](const Node& part) { return part.finds(fields); };
        if (kind == Kind::all) return std::all_of(parts.begin(), parts.end(), found);
        if (kind == Kind::any) return std::any_of(parts.begin(), parts.end(), found);
        const Texts& texts = fields(field);
        return std::any_of(texts.begin(), texts.end(),
                           [&](const auto& text) { return fits(text); });
    }

    template <typename Has>
    bool finds_by(const Has& has) const {
        const auto found = [&](const Node& part) { return part.finds_by(has); };
        if (kind == Kind::all) return std::all_of(parts.begin(), parts.end(), found);
        if (kind == Kind::any) return std::any_of(parts.begin(), parts.end(), found);
        return has(field, value);
    }

    /// Terms as they stand, and how many of their words the document has, and it of theirs.
    void rank(const Fields& fields, double& best) const {
        for (const Node& part : parts)
            part.rank(fields, best);
        if (kind != Kind::term) return;
        for (const auto& own : fields(field)) {
            const auto shared = std::count_if(words.begin(), words.end(), [&](const auto& word) {
                return has_like(own, word, distance);
            });
            const double all = static_cast<double>(own.size() + words.size());
            best += all > 0 ? 2.0 * static_cast<double>(shared) / all : 0.0;
        }
    }
};

namespace {

/// Reads a query from left to right; AND binds closer than OR.
template <typename Node>
class QueryReader {
  public:
    explicit QueryReader(const std::string& query) : m_query(query) {}

    Node read() {
        Node node = read_any("");
        skip_blanks();
        if (m_at != m_query.size()) fail("text behind its end");
        return node;
    }

  private:
    Node read_any(const std::string& field) {
        return read_list(field, "OR", Node::Kind::any, &QueryReader::read_all);
    }
    Node read_all(const std::string& field) {
        return read_list(field, "AND", Node::Kind::all, &QueryReader::read_one);
    }

    Node read_list(const std::string& field, const std::string& sign, typename Node::Kind kind,
                   Node (QueryReader::*read_part)(const std::string&)) {
        Node list;
        list.kind = kind;
        do {
            list.parts.push_back((this->*read_part)(field));
        } while (take(sign));
        return list.parts.size() == 1 ? Node{std::move(list.parts[0])} : std::move(list);
    }

    Node read_one(const std::string& field) {
        skip_blanks();
        if (take("(")) {
            Node inner = read_any(field);
            if (!take(")")) fail("a bracket that is not closed");
            return inner;
        }
        const auto colon = m_query.find(':', m_at);
        const bool names_field =
            colon != std::string::npos &&
            m_query.find_first_not_of("abcdefghijklmnopqrstuvwxyz", m_at) == colon;
        if (names_field) {
            const std::string name = m_query.substr(m_at, colon - m_at);
            m_at = colon + 1;
            return read_one(name);
        }
        return read_term(field);
    }

    Node read_term(const std::string& field) {
        Node term;
        term.field = field;
        std::string value;
        if (m_at < m_query.size() && m_query[m_at] == '"') {
            for (++m_at; m_at < m_query.size() && m_query[m_at] != '"'; ++m_at) {
                if (m_query[m_at] == '\\' && m_at + 1 < m_query.size()) ++m_at;
                value += m_query[m_at];
            }
            if (m_at++ >= m_query.size()) fail("a phrase that is not closed");
        } else {
            while (m_at < m_query.size() && (is_word_byte(m_query[m_at]) || m_query[m_at] == '-'))
                value += m_query[m_at++];
            if (value.empty()) fail("a sign that is not escaped");
            if (take("~")) term.distance = read_distance();
        }
        term.words = index_words(value);
        term.value = value;
        return term;
    }

    std::size_t read_distance() {
        const bool is_told = m_at < m_query.size() && m_query[m_at] >= '1' && m_query[m_at] <= '2';
        return is_told ? static_cast<std::size_t>(m_query[m_at++] - '0') : 2;
    }

    bool take(const std::string& sign) {
        skip_blanks();
        if (m_query.compare(m_at, sign.size(), sign) != 0) return false;
        m_at += sign.size();
        return true;
    }

    void skip_blanks() {
        while (m_at < m_query.size() && m_query[m_at] == ' ')
            ++m_at;
    }

    [[noreturn]] void fail(const std::string& problem) const {
        throw std::runtime_error("query " + m_query + ": " + problem);
    }

    const std::string& m_query;
    std::size_t m_at = 0;
};

}  // namespace

SearchQuery::SearchQuery(const std::string& query)
    : m_root(std::make_unique<Node>(QueryReader<Node>{query}.read())) {}
SearchQuery::~SearchQuery() = default;
SearchQuery::SearchQuery(SearchQuery&&) noexcept = default;

bool SearchQuery::finds(const Fields& fields) const {
    return m_root->finds(fields);
}

bool SearchQuery::finds_by(
    const std::function<bool(const std::string& field, const std::string& value)>& has) const {
    return m_root->finds_by(has);
}

double SearchQuery::rank(const Fields& fields) const {
    double best = 0;
    m_root->rank(fields, best);
    return best;
}

}  // namespace pressings::test
