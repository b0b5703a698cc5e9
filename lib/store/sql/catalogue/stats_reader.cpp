// The part of SqlCatalogueReader that gives statistics.
#include <algorithm>
#include <map>

#include "domain/job.hpp"
#include "store/sql/catalogue/sql_catalogue_reader.hpp"
#include "store/sql/catalogue/stats_sql.hpp"
#include "store/sql/facet_counts.hpp"

namespace pressings::store::sql {

namespace {

constexpr std::size_t k_largest = 20;

/// What release_counts has, by what it counts.
using FacetTable = std::map<std::string, std::vector<Count>, std::less<>>;

FacetTable read_facets(Connection& connection) {
    FacetTable facets;
    Query row = connection.query(sql::k_release_counts);
    while (row.step()) {
        const std::string value = row.text(1);
        facets[row.text(0)].push_back(
            {value.empty() ? std::nullopt : std::optional{value}, row.integer(2)});
    }
    return facets;
}

std::vector<Count> take(FacetTable& facets, CountedBy facet) {
    return std::move(facets[std::string{k_counted_by[static_cast<std::size_t>(facet)]}]);
}

std::vector<Count> largest_first(std::vector<Count> counts) {
    std::sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
        return a.count != b.count ? a.count > b.count : a.name < b.name;
    });
    return counts;
}

/// By name, what is not known last.
std::vector<Count> by_name(std::vector<Count> counts) {
    std::sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
        return a.name.has_value() != b.name.has_value() ? a.name.has_value() : a.name < b.name;
    });
    return counts;
}

std::int64_t known(const std::vector<Count>& counts) {
    std::int64_t sum = 0;
    for (const Count& count : counts)
        sum += count.name ? count.count : 0;
    return sum;
}

std::int64_t of(const std::vector<Count>& counts, std::string_view name) {
    for (const Count& count : counts) {
        if (count.name == name) return count.count;
    }
    return 0;
}

std::vector<Count> read_largest_labels(Connection& connection) {
    std::vector<Count> labels;
    Query row = connection.query(sql::k_largest_labels);
    while (row.step()) {
        const auto mbid = Mbid::parse(row.text(0));
        Query name = connection.query(sql::k_name_of_label);
        if (mbid && name.bind(*mbid).step()) labels.push_back({name.text(0), row.integer(1)});
    }
    return labels;
}

void read_releases(Connection& connection, CatalogueStats& stats) {
    FacetTable facets = read_facets(connection);
    const auto known_of = take(facets, CountedBy::known);
    stats.with_label = of(known_of, "label");
    stats.with_barcode = of(known_of, "barcode");
    stats.without_barcode = of(known_of, "no_barcode");
    stats.with_tracks = of(known_of, "tracks");
    stats.by_format = largest_first(take(facets, CountedBy::format));
    stats.by_status = largest_first(take(facets, CountedBy::status));
    stats.by_country = largest_first(take(facets, CountedBy::country));
    stats.by_decade = by_name(take(facets, CountedBy::decade));
    stats.with_country = known(stats.by_country);
    stats.with_date = known(stats.by_decade);
    if (stats.by_country.size() > k_largest) stats.by_country.resize(k_largest);
    stats.by_label = largest_first(read_largest_labels(connection));
}

void read_totals(Connection& connection, CatalogueStats& stats) {
    Query row = connection.query(sql::k_catalogue_totals);
    while (row.step()) {
        const std::string what = row.text(0);
        const std::int64_t value = row.integer(1);
        if (what == "albums") stats.albums = value;
        if (what == "albums_imported") stats.albums_imported = value;
        if (what == "releases") stats.releases = value;
        if (what == "releases_removed") stats.releases_removed = value;
        if (what == "media") stats.media = value;
        if (what == "tracks") stats.tracks = value;
    }
}

}  // namespace

void SqlCatalogueReader::read_albums(CatalogueStats& stats) {
    const std::int64_t never_imported = stats.albums - stats.albums_imported;
    if (never_imported == 0) return;
    const auto count = [&](std::string_view statement) {
        Query row = m_connection.query(statement);
        return row.bind(to_string(JobKind::releases)).step() ? row.integer(0) : 0;
    };
    stats.albums_waiting = count(sql::k_count_unimported_waiting);
    stats.albums_failed = count(sql::k_count_unimported_failed);
    stats.albums_never_asked = never_imported - stats.albums_waiting - stats.albums_failed;
}

CatalogueStats SqlCatalogueReader::stats(Recordings recordings) {
    return guarded(m_connection, [&] {
        CatalogueStats stats;
        ReadTransaction view{m_connection};
        read_totals(m_connection, stats);
        read_albums(stats);
        read_releases(m_connection, stats);
        stats.artists = m_connection.integer(sql::k_count_artists);
        stats.labels = m_connection.integer(sql::k_count_labels);
        if (recordings == Recordings::always || stats.tracks <= k_few_tracks) {
            stats.recordings = m_connection.integer(sql::k_count_recordings);
        }
        return stats;
    });
}

}  // namespace pressings::store::sql
