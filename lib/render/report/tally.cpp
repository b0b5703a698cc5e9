#include "render/report/tally.hpp"

#include <algorithm>

#include "render/report/editions.hpp"

namespace pressings::render::report {

namespace {

constexpr std::size_t k_recent = 10;

}  // namespace

Tally::Tally(const store::CatalogueStats& stats) {
    for (const store::Count& count : stats.by_country) {
        if (count.name) m_wanted_countries.insert(*count.name);
    }
    for (const store::Count& count : stats.by_label) {
        if (count.name) m_labels.emplace(*count.name, std::nullopt);
    }
}

void Tally::add(const store::AlbumRecord& album, const std::vector<store::ReleaseRecord>& releases,
                const FormatCounts& counts) {
    m_albums.add(album.created_at_ms);
    for (const store::ReleaseRecord& record : releases) {
        if (!record.removed_at_ms) add_release(record);
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        m_formats[i] += counts[i];
    if (album.imported_at_ms) add_import(album, counts);
}

void Tally::add_release(const store::ReleaseRecord& record) {
    constexpr int k_decade = 10;
    const Release& release = record.release;
    m_releases.add(record.created_at_ms);
    if (release.date && release.date->year) {
        const int decade = *release.date->year / k_decade * k_decade;
        ++m_decades[decade][static_cast<std::size_t>(record.format)];
    }
    for (const ReleaseEvent& event : release.events) {
        if (!event.country || !event.area_name || !m_wanted_countries.contains(*event.country)) {
            continue;
        }
        m_countries.try_emplace(*event.country, place_name(event.country, event.area_name));
    }
    for (const LabelInfo& info : release.label_info) {
        if (!info.label) continue;
        const auto wanted = m_labels.find(info.label->name);
        if (wanted != m_labels.end() && !wanted->second) wanted->second = info.label->mbid;
    }
}

void Tally::add_import(const store::AlbumRecord& album, const FormatCounts& counts) {
    const Millis at_ms = *album.imported_at_ms;
    if (m_imports.size() == k_recent && at_ms <= m_imports.back().at_ms) return;
    const auto place = std::find_if(m_imports.begin(), m_imports.end(),
                                    [&](const RecentImport& other) { return other.at_ms < at_ms; });
    m_imports.insert(place, {album.id, credit_text(album.album.artist_credit),
                             album.album.title.value_or("(title not known)"), at_ms, counts});
    if (m_imports.size() > k_recent) m_imports.pop_back();
}

std::string Tally::country(const std::string& code) const {
    const auto found = m_countries.find(code);
    return found == m_countries.end() ? place_name(code, std::nullopt) : found->second;
}

std::optional<Mbid> Tally::label(const std::string& name) const {
    const auto found = m_labels.find(name);
    return found == m_labels.end() ? std::nullopt : found->second;
}

}  // namespace pressings::render::report
