#include "store/sql/facet_counts.hpp"

#include "store/sql/catalogue/stats_sql.hpp"

namespace pressings::store::sql {

void FacetCounts::count(CountedBy facet, std::string_view value, int change) {
    auto& changes = m_changes[static_cast<std::size_t>(facet)];
    const auto found = changes.find(value);
    if (found != changes.end()) {
        found->second += change;
    } else {
        changes.emplace(value, change);
    }
}

void FacetCounts::count(const ReleaseFacts& release, int change) {
    const auto by = [&](CountedBy facet, const std::optional<std::string>& value) {
        count(facet, value ? std::string_view{*value} : std::string_view{}, change);
    };
    count(CountedBy::format, to_string(release.format), change);
    by(CountedBy::status, release.status);
    by(CountedBy::country, release.country);
    by(CountedBy::decade, release.decade);
    if (!release.labels.empty()) count(CountedBy::known, "label", change);
    for (const Mbid& label : release.labels)
        count(CountedBy::label, label.to_string(), change);
    if (release.has_barcode) count(CountedBy::known, "barcode", change);
    if (release.is_without_barcode) count(CountedBy::known, "no_barcode", change);
    if (release.has_tracks) count(CountedBy::known, "tracks", change);
}

void FacetCounts::write(Connection& connection) const {
    for (std::size_t facet = 0; facet < k_counted_by.size(); ++facet) {
        for (const auto& [value, change] : m_changes[facet]) {
            if (change == 0) continue;
            connection.query(sql::k_change_count).bind(k_counted_by[facet], value, change).write();
        }
    }
}

}  // namespace pressings::store::sql
