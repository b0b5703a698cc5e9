#include "domain/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace pressings {

namespace {

constexpr std::size_t k_longest = 200;

std::vector<std::pair<char, char>> pairs_of(const std::string& text) {
    std::vector<std::pair<char, char>> pairs;
    for (std::size_t i = 1; i < text.size(); ++i)
        pairs.emplace_back(text[i - 1], text[i]);
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

int shared_pairs(const std::string& a, const std::string& b) {
    const auto pairs_a = pairs_of(a);
    const auto pairs_b = pairs_of(b);
    if (pairs_a.empty() || pairs_b.empty()) return 0;
    std::vector<std::pair<char, char>> shared;
    std::set_intersection(pairs_a.begin(), pairs_a.end(), pairs_b.begin(), pairs_b.end(),
                          std::back_inserter(shared));
    return static_cast<int>(200 * shared.size() / (pairs_a.size() + pairs_b.size()));
}

/// Levenshtein's distance, as a share of the longer text.
int kept_letters(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
        }
    }
    const std::size_t longer = std::max(a.size(), b.size());
    return longer == 0 ? 0 : static_cast<int>(100 - 100 * row.back() / longer);
}

/// That all words told are there says more than that all that are there were told.
int shared_words(const std::vector<std::string>& told, const std::vector<std::string>& found) {
    constexpr std::size_t k_of_told = 65;
    if (told.empty() || found.empty()) return 0;
    const auto shared = static_cast<std::size_t>(
        std::count_if(told.begin(), told.end(), [&](const std::string& word) {
            return std::find(found.begin(), found.end(), word) != found.end();
        }));
    const std::size_t of_found = std::min(shared, found.size());
    return static_cast<int>(k_of_told * shared / told.size() +
                            (100 - k_of_told) * of_found / found.size());
}

}  // namespace

int likeness(const Name& told, const Name& found) {
    const std::string a = told.signs.substr(0, k_longest);
    const std::string b = found.signs.substr(0, k_longest);
    if (a.empty() || b.empty()) return 0;
    if (a == b) return 100;
    return std::max(
        {shared_pairs(a, b), kept_letters(a, b),
         shared_words(told.without_article.readings[0], found.without_article.readings[0])});
}

}  // namespace pressings
