#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pressings::test {

/// How a search takes its query.
enum class SearchManner {
    boolean,   ///< AND, OR, phrases and words as Lucene has them
    any_word,  ///< what shares any word with the query, wherever: much more, most of it wrong
};

/// The words by which the search server finds things: folded, abbreviations as one word, without
/// punctuation and signs; of a text that is nothing else the text.
std::vector<std::string> index_words(const std::string& text);

/// A query of Lucene's language as far as it is used here: field:"phrase", field:word, word~2 for
/// what differs from it by so many letters, field:(… AND …), joined by AND and OR, in brackets or
/// not.
class SearchQuery {
  public:
    /// The words of each text that a document has in a field; none if it has no such field.
    using Texts = std::vector<std::vector<std::string>>;
    using Fields = std::function<const Texts&(const std::string& field)>;

    explicit SearchQuery(const std::string& query);
    ~SearchQuery();
    SearchQuery(SearchQuery&&) noexcept;

    /// Whether it finds the document. std::runtime_error at construction if it is malformed.
    bool finds(const Fields& fields) const;
    /// The same where fields are not compared word by word: `has(field, value)` says it of a term.
    bool finds_by(
        const std::function<bool(const std::string& field, const std::string& value)>& has) const;
    /// How well the document fits: the share of its own words and the query's that agree.
    double rank(const Fields& fields) const;

  private:
    struct Node;
    std::unique_ptr<Node> m_root;
};

}  // namespace pressings::test
