#pragma once

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace pressings::test {

/// Kinds of events in an order by lot, each as often as it is in the deck: so even a short run sees
/// all of them.
template <typename Kind>
class Deck {
  public:
    /// How many there are of each kind.
    explicit Deck(const std::vector<std::pair<Kind, int>>& kinds) {
        for (const auto& [kind, count] : kinds)
            m_all.insert(m_all.end(), static_cast<std::size_t>(count), kind);
    }

    /// The next one; all are shuffled again when none is left.
    Kind draw(std::mt19937& random) {
        if (m_left.empty()) {
            m_left = m_all;
            std::shuffle(m_left.begin(), m_left.end(), random);
        }
        const Kind kind = m_left.back();
        m_left.pop_back();
        return kind;
    }

    /// All have been drawn, and none is shuffled again yet.
    bool is_used_up() const { return m_left.empty(); }

  private:
    std::vector<Kind> m_all;
    std::vector<Kind> m_left;
};

}  // namespace pressings::test
