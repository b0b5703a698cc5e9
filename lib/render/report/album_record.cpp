#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/time.hpp"
#include "domain/edition_marks.hpp"
#include "render/release_text.hpp"
#include "render/report/editions.hpp"
#include "render/report/records.hpp"

namespace pressings::render::report {

namespace {

using cli::JsonWriter;
using store::AlbumRecord;
using store::ReleaseRecord;

/// The commonest of the values that are known, the first of them where two are equally common.
template <typename ValueOf>
std::optional<std::string> usual(const std::vector<ReleaseRecord>& releases,
                                 const ValueOf& value_of) {
    std::map<std::string, int> votes;
    for (const ReleaseRecord& record : releases) {
        if (const auto& value = value_of(record.release)) ++votes[*value];
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == votes.end() ? std::nullopt : std::optional{most->first};
}

void put_credit(JsonWriter& json, const ArtistCredit& credit) {
    json.key("c");
    json.begin_array();
    for (const CreditedArtist& credited : credit) {
        json.begin_array();
        put_shown(json, credited.name);
        put_shown(json, credited.join_phrase);
        json.value(credited.artist.mbid);
        json.end_array();
    }
    json.end_array();
}

/// The names of the places where it came out, each once.
void put_places(JsonWriter& json, const Release& release) {
    std::vector<std::string> names;
    for (const ReleaseEvent& event : release.events) {
        const std::string name = place_name(event.country, event.area_name);
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    if (names.empty() && release.country) {
        names.push_back(place_name(release.country, std::nullopt));
    }
    if (names.empty()) return;
    json.key("c");
    json.begin_array();
    for (const std::string& name : names)
        put_shown(json, name);
    json.end_array();
}

/// Writes an album with its editions; keeps what is said once for all of them.
class AlbumWriter {
  public:
    AlbumWriter(const AlbumRecord& album, const std::vector<ReleaseRecord>& releases)
        : m_album(album),
          m_releases(releases),
          m_language(usual(releases, [](const Release& one) { return one.language; })),
          m_script(usual(releases, [](const Release& one) { return one.script; })) {}

    std::string text() {
        m_json.begin_object();
        put_head();
        put_groups();
        put_labels();
        m_json.end_object();
        return std::move(m_text);
    }

  private:
    void put_head() {
        const Album& album = m_album.album;
        m_json.member("i", m_album.id);
        if (album.mbid) m_json.member("m", *album.mbid);
        member_shown(m_json, "t", album.title.value_or(""));
        member_shown(m_json, "x", album.disambiguation.value_or(""));
        put_credit(m_json, album.artist_credit);
        if (album.first_release_date) m_json.member("d", *album.first_release_date);
        member_shown(m_json, "y", type_text(album));
        m_json.member("a", format_time(m_album.created_at_ms));
        if (m_album.imported_at_ms) m_json.member("p", format_time(*m_album.imported_at_ms));
        if (m_album.job_state) m_json.member("s", *m_album.job_state);
        if (m_album.removed_at_ms) m_json.member("r", format_time(*m_album.removed_at_ms));
        put_genres();
    }

    void put_genres() {
        constexpr std::size_t k_shown = 6;
        std::vector<Genre> genres = m_album.album.genres.value_or(std::vector<Genre>{});
        std::stable_sort(genres.begin(), genres.end(), [](const Genre& a, const Genre& b) {
            return a.count.value_or(0) > b.count.value_or(0);
        });
        if (genres.empty()) return;
        genres.resize(std::min(genres.size(), k_shown));
        m_json.key("g");
        m_json.begin_array();
        for (const Genre& genre : genres)
            put_shown(m_json, genre.name);
        m_json.end_array();
    }

    void put_groups() {
        m_json.key("e");
        m_json.begin_array();
        for (const EditionGroup& group : edition_groups(m_releases)) {
            m_json.begin_array();
            m_json.value(group.title);
            put_shown(m_json, group.status);
            m_json.value(to_string(group.format));
            put_editions(group.editions);
            m_json.end_array();
        }
        m_json.end_array();
    }

    void put_editions(const std::vector<const ReleaseRecord*>& editions) {
        std::vector<const Release*> releases;
        for (const ReleaseRecord* record : editions)
            releases.push_back(&record->release);
        const auto marks = edition_marks(releases);
        m_json.begin_array();
        for (std::size_t i = 0; i < editions.size(); ++i)
            put_edition(*editions[i], marks[i]);
        m_json.end_array();
    }

    void put_edition(const ReleaseRecord& record, const EditionMarks& marks) {
        const Release& release = record.release;
        m_json.begin_object();
        m_json.member("i", record.id);
        m_json.member("m", release.mbid);
        if (release.date) m_json.member("d", *release.date);
        put_places(m_json, release);
        put_label_info(release);
        if (release.barcode) m_json.member("b", escape_controls(*release.barcode));
        member_shown(m_json, "f", media_text(release));
        if (const auto tracks = track_count(release)) m_json.member("n", *tracks);
        put_marks(release, marks);
        if (record.removed_at_ms) m_json.member("r", format_time(*record.removed_at_ms));
        m_json.end_object();
    }

    void put_marks(const Release& release, const EditionMarks& marks) {
        if (marks.title || release.title != m_album.album.title.value_or(release.title)) {
            member_shown(m_json, "t", release.title);
        }
        if (marks.disambiguation) member_shown(m_json, "x", release.disambiguation.value_or(""));
        if (marks.packaging) member_shown(m_json, "p", release.packaging.value_or(""));
        if (release.language != m_language) {
            member_shown(m_json, "g", release.language.value_or(""));
        }
        if (release.script != m_script) member_shown(m_json, "k", release.script.value_or(""));
    }

    void put_label_info(const Release& release) {
        if (release.label_info.empty()) return;
        m_json.key("l");
        m_json.begin_array();
        for (const LabelInfo& info : release.label_info) {
            m_json.begin_array();
            info.label ? m_json.value(place_of(*info.label)) : m_json.null();
            put_maybe(m_json, info.catalog_number);
            m_json.end_array();
        }
        m_json.end_array();
    }

    std::size_t place_of(const Label& label) {
        const auto [found, is_new] = m_places.try_emplace(label.mbid, m_labels.size());
        if (is_new) m_labels.push_back(&label);
        return found->second;
    }

    void put_labels() {
        m_json.key("l");
        m_json.begin_array();
        for (const Label* label : m_labels) {
            m_json.begin_array();
            put_shown(m_json, label->name);
            m_json.value(label->mbid);
            m_json.end_array();
        }
        m_json.end_array();
    }

    const AlbumRecord& m_album;
    const std::vector<ReleaseRecord>& m_releases;
    std::optional<std::string> m_language;
    std::optional<std::string> m_script;
    std::string m_text;
    JsonWriter m_json{m_text};
    std::map<Mbid, std::size_t> m_places;
    std::vector<const Label*> m_labels;
};

}  // namespace

std::string album_record(const AlbumRecord& album, const std::vector<ReleaseRecord>& releases) {
    return AlbumWriter{album, releases}.text();
}

}  // namespace pressings::render::report
