#include "domain/album_fit.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/spelling.hpp"
#include "base/text.hpp"
#include "domain/likeness.hpp"
#include "domain/numerals.hpp"
#include "domain/title_forms.hpp"

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

constexpr std::size_t k_most_names = 30;  // of a group, that are compared

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
        : m_named(named), m_title(named.title), m_credit(named.artist_credit) {
        if (auto title = title_behind_artist(named)) m_behind_artist.emplace(*title);
    }

    std::vector<Fit> compare(std::span<const OfferedAlbum> offered) {
        std::vector<Fit> fits;
        std::unordered_set<Mbid> known;
        for (const OfferedAlbum& one : offered) {
            if (one.album.mbid && known.insert(*one.album.mbid).second) fits.push_back(fit(one));
        }
        read_on(fits);
        for (Fit& fit : fits)
            fit.is_doubtful = is_doubtful(fit, fits);
        return fits;
    }

  private:
    Fit fit(const OfferedAlbum& offered) const {
        const Album& album = offered.album;
        Fit fit;
        fit.offered = &offered;
        fit.title = m_title.closeness_to(offered, Reading::whole);
        fit.credit = m_credit.closeness_to(offered);
        fit.year = compare_years(m_named.year, album);
        fit.type = compare_texts(m_named.primary_type, album.primary_type);
        fit.disambiguation = compare_texts(m_named.disambiguation, album.disambiguation);
        fit.primary_rank = primary_rank(album);
        fit.secondary_rank = secondary_rank(offered);
        fit.credit_likeness = fit.credit ? 100 : likeness_of_credits(offered);
        fit.likeness = likeness(fit);
        return fit;
    }

    int likeness(const Fit& fit) const {
        const int title = fit.title ? 100 : likeness_of_titles(*fit.offered);
        return (60 * title + 40 * fit.credit_likeness) / 100;
    }

    int likeness_of_titles(const OfferedAlbum& offered) const {
        const auto like = [&](std::string_view title) {
            const Name name{title};
            return std::max(pressings::likeness(m_title.name(), name),
                            pressings::likeness(m_title.bare_name(), name));
        };
        int best = like(offered.album.title.value_or(""));
        for (std::size_t i = 0; i < std::min(offered.aliases.size(), k_most_names); ++i)
            best = std::max(best, like(offered.aliases[i]));
        for (std::size_t i = 0; i < std::min(offered.editions.size(), k_most_names); ++i) {
            const std::string& title = offered.editions[i].title;
            if (title != offered.album.title) best = std::max(best, like(title));
        }
        return best;
    }

    int likeness_of_credits(const OfferedAlbum& offered) const {
        const ArtistCredit& credit = offered.album.artist_credit;
        int best = pressings::likeness(m_credit.name(), Name{credit_text(credit)});
        for (std::size_t i = 0; i < credit.size() && i < k_most_names; ++i) {
            best =
                std::max(best, pressings::likeness(m_credit.name(), Name{credit[i].artist.name}));
            if (i >= offered.artist_aliases.size()) continue;
            for (const std::string& alias : offered.artist_aliases[i])
                best = std::max(best, pressings::likeness(m_credit.name(), Name{alias}));
        }
        return best;
    }

    /// Where no group is named in one way, the next way is tried.
    void read_on(std::vector<Fit>& fits) const {
        const auto is_any_named = [&] {
            return std::any_of(fits.begin(), fits.end(),
                               [](const Fit& fit) { return fit.is_named(); });
        };
        for (const Reading reading : {Reading::numbers, Reading::marks, Reading::subtitle}) {
            if (is_any_named()) return;
            for (Fit& fit : fits)
                read(fit, reading, fits);
        }
        if (is_any_named() || !m_behind_artist) return;
        for (Fit& fit : fits) {
            const bool fits_so = m_behind_artist->closeness_to(*fit.offered, Reading::whole) ||
                                 m_behind_artist->closeness_to(*fit.offered, Reading::marks);
            if (!fit.title && fits_so) fit.title = Closeness::reduced;
            fit.likeness = likeness(fit);
        }
    }

    void read(Fit& fit, Reading reading, const std::vector<Fit>& fits) const {
        if (fit.title) return;
        const bool is_told = fit.offered->album.title.has_value();
        fit.title = is_told ? m_title.closeness_to(*fit.offered, reading) : std::nullopt;
        if (!fit.title) return;
        if (reading == Reading::subtitle && !may_differ_in_subtitle(fit, fits)) fit.title.reset();
        if (reading == Reading::marks && !m_named.year && m_title.year()) {
            fit.year = compare_years(m_title.year(), fit.offered->album);
        }
        fit.likeness = likeness(fit);
    }

    /// Whoever tells more than the group's title may mean another of a series that begins so, or
    /// two albums at once; and whoever tells less, one of a series whose parts are numbered.
    bool may_differ_in_subtitle(const Fit& fit, const std::vector<Fit>& fits) const {
        if (fit.credit > Closeness::alias) return false;
        const bool tells_more = m_title.is_longer_than(*fit.offered);
        const auto beginning =
            beginning_of(tells_more ? Name{*fit.offered->album.title} : m_title.bare_name());
        return std::none_of(fits.begin(), fits.end(), [&](const Fit& other) {
            if (&other == &fit || !other.credit || !other.offered->album.title) return false;
            const auto words = beginning_of(Name{*other.offered->album.title});
            const bool begins_so = words.size() > beginning.size() &&
                                   std::equal(beginning.begin(), beginning.end(), words.begin());
            if (begins_so && (tells_more || is_figure(words[beginning.size()]))) return true;
            return tells_more && m_title.has_subtitle(Name{*other.offered->album.title});
        });
    }

    static std::vector<std::string> beginning_of(const Name& name) {
        return with_figures(name.without_article.readings.back());
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
    std::optional<ToldTitle> m_behind_artist;  ///< "Abraxas" of "Santana - Abraxas"
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
