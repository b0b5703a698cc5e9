#include "domain/compare_editions.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/text.hpp"

namespace pressings {

namespace {

using Presence = ComparedCell::Presence;

bool are_tracks_known(const Release& release) {
    return !release.media.empty() &&
           std::all_of(release.media.begin(), release.media.end(),
                       [](const Medium& medium) { return medium.tracks.has_value(); });
}

int known_tracks(const Release& release) {
    std::size_t count = 0;
    for (const Medium& medium : release.media)
        count += medium.tracks ? medium.tracks->size() : 0;
    return static_cast<int>(count);
}

/// The editions, as their places, the one with most tracks in front.
std::vector<std::size_t> in_order(std::span<const Release> editions) {
    std::vector<std::size_t> places(editions.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto most =
        std::max_element(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            return known_tracks(editions[a]) < known_tracks(editions[b]);
        });
    if (most != places.end()) std::rotate(places.begin(), most, most + 1);
    return places;
}

/// Builds the matrix, an edition after the other.
class Matrix {
  public:
    explicit Matrix(std::size_t editions) : m_editions(editions) {}

    void add(std::size_t edition, const Release& release) {
        for (const Medium& medium : release.media) {
            for (const Track& track : medium.tracks.value_or(std::vector<Track>{}))
                add(edition, medium, track);
        }
    }

    std::vector<ComparedTrack> finish() { return std::move(m_tracks); }

  private:
    void add(std::size_t edition, const Medium& medium, const Track& track) {
        ComparedTrack& row = row_for(edition, track);
        if (!row.length_ms) row.length_ms = track.length_ms;
        ComparedCell& cell = row.cells[edition];
        if (++cell.times > 1) return;
        cell = {Presence::present, 1, medium.position, track.number, track.length_ms, {}};
        if (!cell.length_ms) return;
        const std::int64_t difference = *cell.length_ms - *row.length_ms;
        if (difference > k_same_length_ms || difference < -k_same_length_ms) {
            cell.difference_ms = difference;
        }
    }

    /// The row of the same recording, else of the same title that this edition is not yet in; else
    /// a new one.
    ComparedTrack& row_for(std::size_t edition, const Track& track) {
        if (track.recording) {
            const auto found = m_by_recording.find(track.recording->mbid);
            if (found != m_by_recording.end()) return m_tracks[found->second];
        }
        const std::string title = fold(track.title);
        const auto is_free = [&](std::size_t row) {
            return m_tracks[row].cells[edition].presence != Presence::present;
        };
        for (const std::size_t row : m_by_title[title]) {
            if (!is_free(row) || (track.recording && m_tracks[row].recording)) continue;
            if (track.recording) set_recording(row, track.recording->mbid);
            return m_tracks[row];
        }
        return add_row(track, title);
    }

    void set_recording(std::size_t row, const Mbid& recording) {
        m_tracks[row].recording = recording;
        m_by_recording.emplace(recording, row);
    }

    ComparedTrack& add_row(const Track& track, const std::string& title) {
        ComparedTrack added{std::nullopt, track.kind, track.title, std::nullopt, {}};
        added.cells.resize(m_editions);
        m_tracks.push_back(std::move(added));
        const std::size_t row = m_tracks.size() - 1;
        m_by_title[title].push_back(row);
        if (track.recording) set_recording(row, track.recording->mbid);
        return m_tracks.back();
    }

    std::size_t m_editions;
    std::vector<ComparedTrack> m_tracks;
    std::map<Mbid, std::size_t> m_by_recording;
    std::map<std::string, std::vector<std::size_t>> m_by_title;  ///< folded
};

/// Who has not all tracks known may have any.
void mark_unknown(std::span<const Release> editions, std::vector<ComparedTrack>& tracks) {
    for (std::size_t i = 0; i < editions.size(); ++i) {
        if (are_tracks_known(editions[i])) continue;
        for (ComparedTrack& track : tracks) {
            if (track.cells[i].presence == Presence::missing)
                track.cells[i].presence = Presence::unknown;
        }
    }
}

ComparedEdition count(std::size_t place, const Release& release,
                      const std::vector<ComparedTrack>& tracks) {
    ComparedEdition edition{are_tracks_known(release), known_tracks(release), 0, 0};
    for (const ComparedTrack& track : tracks) {
        const Presence here = track.cells[place].presence;
        if (here == Presence::missing) ++edition.missing;
        const auto others = std::count_if(
            track.cells.begin(), track.cells.end(),
            [](const ComparedCell& cell) { return cell.presence == Presence::present; });
        if (here == Presence::present && others == 1) ++edition.only_here;
    }
    return edition;
}

}  // namespace

int Comparison::common() const {
    return static_cast<int>(
        std::count_if(tracks.begin(), tracks.end(), [](const ComparedTrack& track) {
            return std::none_of(
                track.cells.begin(), track.cells.end(),
                [](const ComparedCell& cell) { return cell.presence == Presence::missing; });
        }));
}

Comparison compare_editions(std::span<const Release> editions) {
    Matrix matrix{editions.size()};
    for (const std::size_t place : in_order(editions))
        matrix.add(place, editions[place]);
    Comparison comparison{matrix.finish(), {}};
    mark_unknown(editions, comparison.tracks);
    for (std::size_t i = 0; i < editions.size(); ++i)
        comparison.editions.push_back(count(i, editions[i], comparison.tracks));
    return comparison;
}

}  // namespace pressings
