#include "render/report/report.hpp"

#include <algorithm>
#include <set>

#include "render/report/assets.hpp"
#include "render/report/records.hpp"

namespace pressings::render::report {

namespace {

FormatCounts counts_of(const std::vector<store::ReleaseRecord>& releases) {
    FormatCounts counts{};
    for (const store::ReleaseRecord& record : releases) {
        if (!record.removed_at_ms) ++counts[static_cast<std::size_t>(record.format)];
    }
    return counts;
}

std::string whole_script() {
    std::string script;
    for (const std::string_view part : k_script)
        script += part;
    return script;
}

}  // namespace

Report::Report(cli::ReportFolder& folder, Frame frame, const store::CatalogueStats& stats)
    : m_folder(folder), m_frame(std::move(frame)), m_tally(stats), m_shards(folder) {
    m_frame.shards = shard_counts(stats);
}

void Report::add(const store::AlbumRecord& album,
                 const std::vector<store::ReleaseRecord>& releases) {
    const ShardCounts& shards = m_frame.shards;
    const FormatCounts counts = counts_of(releases);
    m_tally.add(album, releases, counts);
    // More albums than were counted cannot come: both are of one view.
    m_shards.add("list", std::min(m_albums / k_albums_in_a_list, shards.lists - 1),
                 list_record(album, counts));
    m_shards.add("albums", album.id % shards.albums, album_record(album, releases));
    if (const std::string tracks = tracks_record(album.id, releases); !tracks.empty()) {
        m_shards.add("tracks", album.id % shards.tracks, tracks);
    }
    add_artists(album, counts);
    add_label_records(album, releases, shards.labels, m_shards);
    ++m_albums;
    m_releases += static_cast<std::int64_t>(releases.size());
}

void Report::add_artists(const store::AlbumRecord& album, const FormatCounts& counts) {
    std::set<Mbid> told;
    for (const CreditedArtist& credited : album.album.artist_credit) {
        const auto& mbid = credited.artist.mbid;
        if (!mbid || !told.insert(*mbid).second) continue;
        m_shards.add("artists", part_of(*mbid, m_frame.shards.artists),
                     artist_record(credited.artist, album, counts));
    }
}

/// A page may ask for any part, so each is there, with or without records.
void Report::begin_all() {
    const ShardCounts& shards = m_frame.shards;
    const std::pair<const char*, std::int64_t> kinds[] = {{"list", shards.lists},
                                                          {"albums", shards.albums},
                                                          {"tracks", shards.tracks},
                                                          {"artists", shards.artists},
                                                          {"labels", shards.labels}};
    for (const auto& [kind, count] : kinds) {
        for (std::int64_t part = 0; part < count; ++part)
            m_shards.begin(kind, part);
    }
}

void Report::finish(const Overview& overview) {
    begin_all();
    m_shards.finish();
    m_folder.add("index.html", start_page(m_frame, overview, m_tally));
    m_folder.add("albums.html", shell(m_frame, "albums", "Albums"));
    m_folder.add("album.html", shell(m_frame, "album", "Album"));
    m_folder.add("artist.html", shell(m_frame, "artist", "Artist"));
    m_folder.add("label.html", shell(m_frame, "label", "Label"));
    m_folder.add("report.css", k_styles);
    m_folder.add("report.js", whole_script());
    m_folder.add("icon.svg", k_icon);
}

}  // namespace pressings::render::report
