// Albums by their names: how many of the set are matched, and how many of the others can be chosen
// from, by each source that searches.
#include <set>

#include <fmt/format.h>

#include "naming_set.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

struct Figures {
    int pairs = 0;
    int answerable = 0;  ///< pairs that have one safe answer
    int right = 0;
    int wrong = 0;  ///< matched, but by another group, or where nothing is safe
    int refusable = 0;
    int with_candidates = 0;  ///< of these
    int near = 0;             ///< refusals of which the likeliest candidate is known
    int near_first = 0;
    int most_requests = 0;

    double precision() const { return 100.0 * right / std::max(1, right + wrong); }
    double recall() const { return 100.0 * right / std::max(1, answerable); }
    double offered() const { return 100.0 * with_candidates / std::max(1, refusable); }
};

void count(Figures& figures, const NamedPair& pair, const NamingOutcome& outcome) {
    const bool is_match = outcome.answer.size() == 36;
    ++figures.pairs;
    ++(pair.has_answer() ? figures.answerable : figures.refusable);
    if (is_match) ++(outcome.answer == pair.expected ? figures.right : figures.wrong);
    if (!pair.has_answer() && !outcome.candidates.empty()) ++figures.with_candidates;
    if (!is_match) WARN_MESSAGE(!outcome.candidates.empty(), "there is no candidate");
    if (!pair.near.empty()) {
        ++figures.near;
        const bool is_first =
            !outcome.candidates.empty() && outcome.candidates[0].mbid.to_string() == pair.near;
        if (is_first) ++figures.near_first;
        CHECK_MESSAGE(is_first, "the likeliest candidate is not the first");
    }
    figures.most_requests = std::max(figures.most_requests, outcome.requests);
}

/// Each pair, or each fourth.
enum class Share { all, fourth };

Figures try_pairs(ReleaseSource& source, Share share = Share::all) {
    Figures figures;
    std::size_t number = 0;
    for (const NamedPair& pair : read_pairs()) {
        if (share == Share::fourth && number++ % 4 != 0) continue;
        const NamingOutcome outcome = outcome_of(source, pair.named);
        const std::string what = fmt::format("{} [{}]", described(pair.named), pair.trap);
        INFO(what);
        CHECK(outcome.answer == pair.expected);
        CHECK(outcome.candidates.size() <= k_most_candidates);
        if (outcome.answer == "ambiguous") CHECK(outcome.candidates.size() > 1);
        count(figures, pair, outcome);
    }
    return figures;
}

void hold(const std::string& source, const Figures& figures) {
    MESSAGE(fmt::format(
        "{}: {} names; precision {:.1f} % ({} matched, {} wrongly), recall {:.1f} % (of {} that "
        "have one safe answer), candidates for {:.1f} % (of {} others), the likeliest first in {} "
        "of {}; at most {} requests for one",
        source, figures.pairs, figures.precision(), figures.right + figures.wrong, figures.wrong,
        figures.recall(), figures.answerable, figures.offered(), figures.refusable,
        figures.near_first, figures.near, figures.most_requests));
    CHECK(figures.wrong == 0);
    CHECK(figures.recall() >= 95);
    CHECK(figures.offered() >= 95);
}

}  // namespace

TEST_CASE("The names have many kinds of traps") {
    std::set<std::string> traps;
    std::set<std::string> names;
    for (const NamedPair& pair : read_pairs()) {
        traps.insert(pair.trap);
        CHECK_MESSAGE(names.insert(described(pair.named)).second, described(pair.named));
    }
    CHECK(names.size() >= 400);
    CHECK(traps.size() >= 100);
}

TEST_CASE("Names are matched by a web service that searches as it is asked, and never wrongly") {
    NamingService service{SearchManner::boolean};
    const Figures figures = try_pairs(*service.source);
    hold("web service", figures);
    // Eight searches, and the releases of what was found: a page, and the group if it has none.
    CHECK(figures.most_requests <= 10);
}

TEST_CASE("Names are matched by a web service that gives much more, most of it wrong") {
    NamingService service{SearchManner::any_word};
    hold("web service, any word", try_pairs(*service.source, Share::fourth));
}

TEST_CASE("Names are matched by a mirror, and never wrongly") {
    NamingMirror mirror;
    hold("mirror", try_pairs(*mirror.source));
}
