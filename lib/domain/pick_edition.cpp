#include "domain/pick_edition.hpp"

#include <algorithm>

#include "domain/edition_marks.hpp"

namespace pressings {

namespace {

using Rank = std::vector<long>;

constexpr long k_last = 1'000'000'000;

/// Days in the order wanted; gaps behind what is known.
long date_rank(const std::optional<PartialDate>& date, bool earliest) {
    if (!date || !date->year) return k_last;
    constexpr int k_behind = 99;
    const int month = date->month.value_or(earliest ? k_behind : 0);
    const int day = date->day.value_or(earliest ? k_behind : 0);
    const long order = (*date->year * 100L + month) * 100L + day;
    return earliest ? order : -order;
}

long rank_by(const EditionWish& wish, const Release& release) {
    const std::string& value = wish.values.front();
    switch (wish.key) {
        case EditionKey::date:
            return date_rank(release.date, value == "earliest");
        case EditionKey::tracks: {
            const auto count = track_count(release);
            return !count ? k_last : value == "most" ? -*count : *count;
        }
        case EditionKey::country:
        case EditionKey::format:
        case EditionKey::status:
        case EditionKey::label:
        case EditionKey::packaging:
        case EditionKey::barcode:
            break;
    }
    return static_cast<long>(matched_value(wish, release).value_or(wish.values.size()));
}

/// The wishes, and what decides where they do not.
EditionWishes with_usual(EditionWishes wishes) {
    for (const EditionWish& usual : {EditionWish{EditionKey::status, {"Official"}},
                                     EditionWish{EditionKey::date, {"earliest"}}}) {
        wishes.push_back(usual);
    }
    return wishes;
}

bool is_excluded(const EditionWishes& exclude, const Release& release) {
    return std::any_of(exclude.begin(), exclude.end(), [&](const EditionWish& wish) {
        return matched_value(wish, release).has_value();
    });
}

struct Candidate {
    std::size_t place = 0;
    Rank rank;
};

std::vector<Candidate> candidates_of(std::span<const Release> editions, const EditionWishes& wishes,
                                     const EditionWishes& exclude) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < editions.size(); ++i) {
        if (is_excluded(exclude, editions[i])) continue;
        Candidate candidate{i, {}};
        for (const EditionWish& wish : wishes)
            candidate.rank.push_back(rank_by(wish, editions[i]));
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

/// Whether the first candidate, which is the best by all, is also the best by this wish alone.
bool is_best_by(std::size_t wish, const std::vector<Candidate>& candidates) {
    const long best = candidates.front().rank[wish];
    return best < k_last &&
           std::all_of(candidates.begin(), candidates.end(),
                       [&](const Candidate& one) { return one.rank[wish] >= best; });
}

std::vector<WishOutcome> outcomes_of(const EditionWishes& prefer,
                                     const std::vector<Candidate>& candidates,
                                     const Release& picked) {
    std::vector<WishOutcome> outcomes;
    for (std::size_t i = 0; i < prefer.size(); ++i) {
        const EditionWish& wish = prefer[i];
        const bool is_order = wish.key == EditionKey::date || wish.key == EditionKey::tracks;
        outcomes.push_back(
            {wish, edition_value(wish.key, picked),
             is_order ? is_best_by(i, candidates) : matched_value(wish, picked).has_value()});
    }
    return outcomes;
}

Decision decision_of(const EditionWishes& wishes, std::span<const Release> editions,
                     const Candidate& best, const Candidate& next) {
    Decision decision{next.place, std::nullopt, std::nullopt, std::nullopt};
    const auto differs = std::mismatch(best.rank.begin(), best.rank.end(), next.rank.begin());
    if (differs.first == best.rank.end()) return decision;
    const EditionKey key = wishes[static_cast<std::size_t>(differs.first - best.rank.begin())].key;
    decision.key = key;
    decision.has = edition_value(key, editions[best.place]);
    decision.next_has = edition_value(key, editions[next.place]);
    return decision;
}

}  // namespace

EditionChoice pick_edition(std::span<const Release> editions, const EditionWishes& prefer,
                           const EditionWishes& exclude) {
    const EditionWishes wishes = with_usual(prefer);
    auto candidates = candidates_of(editions, wishes, exclude);
    EditionChoice choice{candidates.size(), std::nullopt};
    if (candidates.empty()) return choice;
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank < b.rank : editions[a.place].mbid < editions[b.place].mbid;
    });
    const Candidate& best = candidates.front();
    choice.picked =
        PickedEdition{best.place, outcomes_of(prefer, candidates, editions[best.place]), {}};
    if (candidates.size() > 1) {
        choice.picked->decision = decision_of(wishes, editions, best, candidates[1]);
    }
    return choice;
}

}  // namespace pressings
