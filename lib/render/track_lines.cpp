#include "render/track_lines.hpp"

#include <nlohmann/json.hpp>

#include "cli/json_writer.hpp"
#include "cli/output.hpp"
#include "render/catalogue_json.hpp"

namespace pressings::render {

namespace {

/// How many credits are kept as JSON; a few megabytes.
constexpr std::size_t k_most_credits = 10'000;

void write_recording(cli::JsonWriter& json, const Recording& recording, std::string_view credit) {
    json.begin_object();
    json.member("mbid", recording.mbid);
    json.member("title", recording.title);
    json.member("length_ms", recording.length_ms);
    json.member("video", recording.video);
    json.member("disambiguation", recording.disambiguation);
    json.member("first_release_date", recording.first_release_date);
    json.key("isrcs");
    json.begin_array();
    for (const std::string& isrc : recording.isrcs)
        json.value(isrc);
    json.end_array();
    json.raw_member("artist_credit", credit);
    json.end_object();
}

}  // namespace

const TrackLines::CreditJson& TrackLines::credit(const store::CreditRecord& record) {
    const auto [entry, is_new] = m_credits.try_emplace(record.id);
    if (is_new) {
        entry->second.text = cli::json_text(credit_line(*record.credit));
        entry->second.names = cli::json_text(credit_json(*record.credit));
    }
    return entry->second;
}

std::string_view TrackLines::line(const store::TrackRecord& of) {
    if (m_credits.size() > k_most_credits) m_credits.clear();
    m_line.clear();
    const Track& track = of.track;
    cli::JsonWriter json{m_line};
    json.begin_object();
    json.member("album_id", of.album_id);
    json.member("album_mbid", of.album_mbid);
    json.member("release_id", of.release_id);
    json.member("release_mbid", of.release_mbid);
    json.member("release_title", of.release_title);
    json.member("medium_position", of.medium_position);
    json.member("medium_format", of.medium_format);
    json.member("medium_title", of.medium_title);
    json.member("position", track.position);
    json.member("number", track.number);
    json.member("kind", to_string(track.kind));
    json.member("title", track.title);
    json.member("mbid", track.mbid);
    json.member("length_ms", track.length_ms);
    const CreditJson& credited = credit(of.credit);
    json.raw_member("artist", credited.text);
    json.raw_member("artist_credit", credited.names);
    json.key("recording");
    if (track.recording) {
        write_recording(json, *track.recording, credit(of.recording_credit).names);
    } else {
        json.null();
    }
    json.end_object();
    return m_line;
}

}  // namespace pressings::render
