#include "store/sql/catalogue/track_reader.hpp"

#include <utility>

#include "store/sql/catalogue/catalogue_sql.hpp"

namespace pressings::store::sql {

namespace {

/// How many credits are kept between releases; a few megabytes.
constexpr std::size_t k_most_credits = 10'000;

}  // namespace

CreditRecord TrackReader::credit(const std::optional<std::int64_t>& id) {
    return {id.value_or(0), &m_credits.load(id)};
}

void TrackReader::read(std::int64_t release_id, std::int64_t album_id,
                       const std::function<void(const TrackRecord&)>& each) {
    if (m_credits.size() > k_most_credits) m_credits.forget();
    TrackRecord record;
    {
        Query row = m_connection.query(sql::k_release_of_tracks);
        if (!row.bind(release_id).step()) return;
        record.release_mbid = row.mbid(0);
        record.release_title = row.text(1);
        record.release_credit = credit(row.maybe_integer(2));
        record.album_mbid = row.maybe_mbid(3);
    }
    record.album_id = album_id;
    record.release_id = release_id;
    Query row = m_connection.query(sql::k_list_tracks);
    row.bind(release_id);
    while (row.step()) {
        TrackRow read = read_track(row);
        record.medium_position = read.medium_position;
        record.medium_format = row.maybe_text(16);
        record.medium_title = row.maybe_text(17);
        record.track = std::move(read.track);
        record.credit = credit(read.credit_id);
        record.recording_credit = credit(read.recording_credit_id);
        each(record);
    }
}

}  // namespace pressings::store::sql
