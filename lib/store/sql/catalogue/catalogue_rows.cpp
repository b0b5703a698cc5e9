#include "store/sql/catalogue/catalogue_rows.hpp"

#include "base/text_list.hpp"
#include "store/sql/catalogue/catalogue_sql.hpp"
#include "store/sql/catalogue/detail_rows.hpp"

namespace pressings::store::sql {

namespace {

std::optional<bool> maybe_flag(const Query& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional{*value != 0} : std::nullopt;
}

std::vector<ReleaseEvent> load_events(Connection& connection, std::int64_t release_id) {
    std::vector<ReleaseEvent> events;
    Query row = connection.query(sql::k_load_events);
    row.bind(release_id);
    while (row.step()) {
        events.push_back(
            {row.maybe_date(0), row.maybe_text(1), row.maybe_mbid(2), row.maybe_text(3)});
    }
    return events;
}

std::vector<LabelInfo> load_label_info(Connection& connection, std::int64_t release_id) {
    std::vector<LabelInfo> infos;
    Query row = connection.query(sql::k_load_label_info);
    row.bind(release_id);
    while (row.step()) {
        LabelInfo info;
        info.catalog_number = row.maybe_text(0);
        if (const auto mbid = row.maybe_mbid(1)) {
            info.label = Label{*mbid,
                               row.text(2),
                               row.maybe_text(3),
                               row.maybe_text(4),
                               row.maybe_text(5),
                               row.maybe_integer(6)};
        }
        infos.push_back(std::move(info));
    }
    return infos;
}

std::vector<Medium> load_media(Connection& connection, std::int64_t release_id) {
    std::vector<Medium> media;
    Query row = connection.query(sql::k_load_media);
    row.bind(release_id);
    while (row.step()) {
        Medium medium;
        medium.position = static_cast<int>(row.integer(0));
        medium.mbid = row.maybe_mbid(1);
        medium.format = row.maybe_text(2);
        medium.title = row.maybe_text(3);
        if (const auto count = row.maybe_integer(4)) medium.track_count = static_cast<int>(*count);
        if (row.integer(5) != 0) medium.tracks.emplace();
        if (row.integer(6) != 0) medium.discs.emplace();
        media.push_back(std::move(medium));
    }
    return media;
}

Medium* find_medium(std::vector<Medium>& media, int position) {
    for (Medium& medium : media) {
        if (medium.position == position) return &medium;
    }
    return nullptr;
}

void load_tracks(Connection& connection, std::int64_t release_id, std::vector<Medium>& media) {
    Credits credits{connection};
    Query row = connection.query(sql::k_load_tracks);
    row.bind(release_id);
    while (row.step()) {
        TrackRow read = read_track(row);
        read.track.artist_credit = credits.load(read.credit_id);
        if (read.track.recording) {
            read.track.recording->artist_credit = credits.load(read.recording_credit_id);
        }
        Medium* medium = find_medium(media, read.medium_position);
        if (medium != nullptr && medium->tracks) medium->tracks->push_back(std::move(read.track));
    }
}

Release read_release(const Query& row) {
    Release release;
    release.mbid = row.mbid(0);
    release.title = row.text(1);
    release.status = row.maybe_text(3);
    release.packaging = row.maybe_text(4);
    release.quality = row.maybe_text(5);
    release.disambiguation = row.maybe_text(6);
    release.language = row.maybe_text(7);
    release.script = row.maybe_text(8);
    release.barcode = row.maybe_text(9);
    release.asin = row.maybe_text(10);
    release.date = row.maybe_date(11);
    release.country = row.maybe_text(12);
    return release;
}

}  // namespace

TrackRow read_track(const Query& row) {
    TrackRow read;
    read.medium_position = static_cast<int>(row.integer(0));
    read.track.position = static_cast<int>(row.integer(1));
    read.track.kind = parse_track_kind(row.text(2));
    read.track.number = row.text(3);
    read.track.title = row.text(4);
    read.track.mbid = row.maybe_mbid(5);
    read.track.length_ms = row.maybe_integer(6);
    read.credit_id = row.maybe_integer(7);
    const auto recording_mbid = row.maybe_mbid(8);
    if (!recording_mbid) return read;
    Recording& recording = read.track.recording.emplace();
    recording.mbid = *recording_mbid;
    recording.title = row.text(9);
    read.recording_credit_id = row.maybe_integer(10);
    recording.length_ms = row.maybe_integer(11);
    recording.video = maybe_flag(row, 12);
    recording.disambiguation = row.maybe_text(13);
    recording.first_release_date = row.maybe_date(14);
    recording.isrcs = split_list(row.maybe_text(15).value_or(""), ' ');
    return read;
}

const ArtistCredit& Credits::load(std::optional<std::int64_t> credit_id) {
    const auto [entry, is_new] = m_read.try_emplace(credit_id.value_or(0));
    if (is_new) entry->second = load_credit(m_connection, credit_id);
    return entry->second;
}

ArtistCredit load_credit(Connection& connection, std::optional<std::int64_t> credit_id) {
    ArtistCredit credit;
    if (!credit_id) return credit;
    Query row = connection.query(sql::k_load_credit);
    row.bind(*credit_id);
    while (row.step()) {
        credit.push_back({row.text(0), row.text(1),
                          Artist{row.maybe_mbid(2), row.text(3), row.maybe_text(4),
                                 row.maybe_text(5), row.maybe_text(6), row.maybe_text(7)}});
    }
    return credit;
}

std::vector<std::string> load_secondary_types(Connection& connection, std::int64_t album_id) {
    std::vector<std::string> types;
    Query row = connection.query(sql::k_load_secondary_types);
    row.bind(album_id);
    while (row.step())
        types.push_back(row.text(0));
    return types;
}

std::optional<Album> load_album(Connection& connection, std::int64_t album_id) {
    Album album;
    std::optional<std::int64_t> credit_id;
    {
        Query row = connection.query(sql::k_load_album);
        row.bind(album_id);
        if (!row.step()) return std::nullopt;
        album.mbid = row.maybe_mbid(0);
        album.title = row.maybe_text(1);
        credit_id = row.maybe_integer(2);
        album.first_release_date = row.maybe_date(3);
        album.primary_type = row.maybe_text(4);
        album.disambiguation = row.maybe_text(5);
    }
    album.artist_credit = load_credit(connection, credit_id);
    album.secondary_types = load_secondary_types(connection, album_id);
    load_album_details(connection, album_id, album);
    return album;
}

std::optional<Release> load_release(Connection& connection, std::int64_t release_id,
                                    Tracks tracks) {
    Release release;
    std::optional<std::int64_t> credit_id;
    {
        Query row = connection.query(sql::k_load_release);
        row.bind(release_id);
        if (!row.step()) return std::nullopt;
        release = read_release(row);
        credit_id = row.maybe_integer(2);
    }
    release.artist_credit = load_credit(connection, credit_id);
    release.events = load_events(connection, release_id);
    release.label_info = load_label_info(connection, release_id);
    release.media = load_media(connection, release_id);
    load_release_details(connection, release_id, release);
    if (tracks == Tracks::load) {
        load_tracks(connection, release_id, release.media);
    } else {
        for (Medium& medium : release.media)
            medium.tracks.reset();
    }
    return release;
}

}  // namespace pressings::store::sql
