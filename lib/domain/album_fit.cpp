#include "domain/album_fit.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/spelling.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

Agreement compare_years(const std::optional<int>& told, const Album& album) {
    if (!told) return Agreement::same;
    if (!album.first_release_date || !album.first_release_date->year) return Agreement::unknown;
    return album.first_release_date->year == told ? Agreement::same : Agreement::other;
}

Agreement compare_texts(const std::optional<std::string>& told,
                        const std::optional<std::string>& found) {
    if (!told) return Agreement::same;
    if (!found) return Agreement::unknown;
    return plain_letters(*told) == plain_letters(*found) ? Agreement::same : Agreement::other;
}

int primary_rank(const Album& album) {
    constexpr std::array<std::string_view, 3> k_ranked{"album", "ep", "single"};
    const std::string type = ascii_lower(album.primary_type.value_or(""));
    const auto found = std::find(k_ranked.begin(), k_ranked.end(), type);
    return static_cast<int>(found - k_ranked.begin());
}

bool has_bootlegs_only(const OfferedAlbum& offered) {
    return !offered.editions.empty() &&
           std::all_of(offered.editions.begin(), offered.editions.end(),
                       [](const auto& edition) { return edition.status == "Bootleg"; });
}

int secondary_rank(const OfferedAlbum& offered) {
    constexpr std::array<std::string_view, 5> k_repeating{"compilation", "live", "remix", "dj-mix",
                                                          "demo"};
    if (has_bootlegs_only(offered)) return 3;
    const auto& types = offered.album.secondary_types;
    const bool repeats = std::any_of(types.begin(), types.end(), [&](const std::string& type) {
        return std::find(k_repeating.begin(), k_repeating.end(), ascii_lower(type)) !=
               k_repeating.end();
    });
    return repeats ? 2 : types.empty() ? 0 : 1;
}

/// 0 to 100: how many pairs of neighbouring letters two texts share.
int shared_letters(const std::string& a, const std::string& b) {
    static constexpr std::size_t k_longest = 400;
    const auto pairs_of = [](const std::string& text) {
        std::vector<std::pair<char, char>> pairs;
        for (std::size_t i = 1; i < std::min(text.size(), k_longest); ++i)
            pairs.emplace_back(text[i - 1], text[i]);
        std::sort(pairs.begin(), pairs.end());
        return pairs;
    };
    if (a == b) return 100;
    const auto pairs_a = pairs_of(a);
    const auto pairs_b = pairs_of(b);
    if (pairs_a.empty() || pairs_b.empty()) return 0;
    std::vector<std::pair<char, char>> shared;
    std::set_intersection(pairs_a.begin(), pairs_a.end(), pairs_b.begin(), pairs_b.end(),
                          std::back_inserter(shared));
    return static_cast<int>(200 * shared.size() / (pairs_a.size() + pairs_b.size()));
}

/// Of two artists of the same name no type says which is meant.
bool is_same_artist(const Fit& a, const Fit& b) {
    const ArtistCredit& one = a.offered->album.artist_credit;
    const ArtistCredit& other = b.offered->album.artist_credit;
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const CreditedArtist& x, const CreditedArtist& y) {
                          return x.artist.mbid && x.artist.mbid == y.artist.mbid;
                      });
}

/// An album that is for something (a soundtrack) still comes before a single that is not.
bool has_better_type(const Fit& a, const Fit& b) {
    if (a.primary_rank == 0 && a.secondary_rank <= 1 && b.primary_rank > 0) return true;
    return a.primary_rank <= b.primary_rank && a.secondary_rank <= b.secondary_rank &&
           std::pair{a.primary_rank, a.secondary_rank} !=
               std::pair{b.primary_rank, b.secondary_rank};
}

bool has_equal_type(const Fit& a, const Fit& b) {
    return a.primary_rank == b.primary_rank && a.secondary_rank == b.secondary_rank;
}

/// Compares what was told with each group.
class Comparison {
  public:
    explicit Comparison(const NamedAlbum& named)
        : m_named(named), m_title(named.title), m_credit(named.artist_credit) {}

    std::vector<Fit> compare(std::span<const OfferedAlbum> offered) {
        std::vector<Fit> fits;
        std::unordered_set<Mbid> known;
        for (const OfferedAlbum& one : offered) {
            if (one.album.mbid && known.insert(*one.album.mbid).second) fits.push_back(fit(one));
        }
        const bool is_any_named =
            std::any_of(fits.begin(), fits.end(), [](const Fit& fit) { return fit.is_named(); });
        if (!is_any_named) reduce(fits);
        for (Fit& fit : fits)
            fit.is_doubtful = is_doubtful(fit, fits);
        return fits;
    }

  private:
    Fit fit(const OfferedAlbum& offered) const {
        const Album& album = offered.album;
        Fit fit;
        fit.offered = &offered;
        fit.title = m_title.closeness_to(offered);
        fit.credit = m_credit.closeness_to(offered);
        fit.year = compare_years(m_named.year, album);
        fit.type = compare_texts(m_named.primary_type, album.primary_type);
        fit.disambiguation = compare_texts(m_named.disambiguation, album.disambiguation);
        fit.primary_rank = primary_rank(album);
        fit.secondary_rank = secondary_rank(offered);
        fit.likeness = likeness(fit);
        return fit;
    }

    int likeness(const Fit& fit) const {
        const Album& album = fit.offered->album;
        const int title =
            fit.title ? 100
                      : shared_letters(m_title.name().signs, plain_signs(album.title.value_or("")));
        const int credit = fit.credit
                               ? 100
                               : shared_letters(m_credit.name().signs,
                                                plain_signs(credit_text(album.artist_credit)));
        return (60 * title + 40 * credit) / 100;
    }

    void reduce(std::vector<Fit>& fits) const {
        for (Fit& fit : fits) {
            if (!fit.title) fit.title = m_title.reduced_closeness_to(*fit.offered);
            fit.likeness = likeness(fit);
        }
    }

    /// Named so, but perhaps not meant.
    bool is_doubtful(const Fit& fit, const std::vector<Fit>& fits) const {
        if (!fit.is_named()) return false;
        const bool is_year_sure = m_named.year && fit.year == Agreement::same;
        // "Knife" by "Knife" may be another band's than "The Knife" by "The Knife".
        const bool is_self_titled =
            is_same(m_title.name().without_article, m_credit.name().without_article);
        if (is_self_titled && fit.title == Closeness::article && fit.credit == Closeness::article &&
            !is_year_sure) {
            return true;
        }
        // Of no known year, beside one of a year that is not the one told.
        return fit.year == Agreement::unknown &&
               std::any_of(fits.begin(), fits.end(), [](const Fit& other) {
                   return other.is_named() && other.year == Agreement::other;
               });
    }

    const NamedAlbum& m_named;
    ToldTitle m_title;
    ToldCredit m_credit;
};

}  // namespace

std::vector<Fit> fits_of(const NamedAlbum& named, std::span<const OfferedAlbum> offered) {
    return Comparison{named}.compare(offered);
}

bool is_closer(const Fit& a, const Fit& b) {
    // Whoever types tells nothing by small letters: two names that differ in these are as close.
    const auto level = [](Closeness way) {
        return static_cast<int>(std::max(way, Closeness::letters));
    };
    const auto closeness_of = [&](const Fit& fit) {
        return std::array{level(*fit.title), level(*fit.credit), static_cast<int>(fit.year),
                          static_cast<int>(fit.type), static_cast<int>(fit.disambiguation)};
    };
    const auto of_a = closeness_of(a);
    const auto of_b = closeness_of(b);
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        if (of_a[i] > of_b[i]) return false;
    }
    if (!is_same_artist(a, b)) return of_a != of_b;
    if (has_better_type(a, b)) return true;
    return has_equal_type(a, b) && of_a != of_b;
}

}  // namespace pressings
