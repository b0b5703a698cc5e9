#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "render/release_text.hpp"
#include "render/report/records.hpp"

namespace pressings::render::report {

namespace {

using cli::JsonWriter;
using store::ReleaseRecord;

/// "CD 1: The title"
std::string heading(const Medium& medium) {
    std::string text = fmt::format("{} {}", medium.format.value_or("Medium"), medium.position);
    if (medium.title) text += ": " + *medium.title;
    return text;
}

/// A text for each track that has one to say, by its place: {"3":"Somebody"}.
template <typename TextOf>
void put_by_place(JsonWriter& json, std::string_view name, const std::vector<Track>& tracks,
                  const TextOf& text_of) {
    bool is_begun = false;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const std::string text = text_of(tracks[i]);
        if (text.empty()) continue;
        if (!is_begun) {
            json.key(name);
            json.begin_object();
            is_begun = true;
        }
        json.member(std::to_string(i), escape_controls(text));
    }
    if (is_begun) json.end_object();
}

bool is_plainly_numbered(const std::vector<Track>& tracks) {
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (tracks[i].number != std::to_string(i + 1)) return false;
    }
    return true;
}

template <typename Put>
void put_list(JsonWriter& json, std::string_view name, const std::vector<Track>& tracks,
              const Put& put) {
    json.key(name);
    json.begin_array();
    for (const Track& track : tracks)
        put(track);
    json.end_array();
}

/// The editions of an album share most titles, and many share whole media: each is said once.
class TracksWriter {
  public:
    void add(const ReleaseRecord& record) {
        std::vector<std::size_t> media;
        for (const Medium& medium : record.release.media) {
            if (!medium.tracks || medium.tracks->empty()) continue;
            media.push_back(place_of(m_media_places, m_media, medium_json(record, medium)));
        }
        if (!media.empty()) m_editions.emplace_back(record.id, std::move(media));
    }

    std::string text(std::int64_t album_id) const {
        if (m_editions.empty()) return "";
        std::string text;
        JsonWriter json{text};
        json.begin_object();
        json.member("i", album_id);
        json.raw_member("s", fmt::format("[{}]", fmt::join(m_titles, ",")));
        json.raw_member("h", fmt::format("[{}]", fmt::join(m_media, ",")));
        json.key("r");
        json.begin_object();
        for (const auto& [id, media] : m_editions)
            json.raw_member(std::to_string(id), fmt::format("[{}]", fmt::join(media, ",")));
        json.end_object();
        json.end_object();
        return text;
    }

  private:
    using Places = std::map<std::string, std::size_t>;

    static std::size_t place_of(Places& places, std::vector<std::string>& all, std::string json) {
        const auto [found, is_new] = places.try_emplace(json, all.size());
        if (is_new) all.push_back(std::move(json));
        return found->second;
    }

    std::size_t title_place(const std::string& title) {
        std::string text;
        JsonWriter json{text};
        put_shown(json, title);
        return place_of(m_title_places, m_titles, std::move(text));
    }

    std::string medium_json(const ReleaseRecord& record, const Medium& medium) {
        const std::vector<Track>& tracks = *medium.tracks;
        const std::string artist = credit_text(record.release.artist_credit);
        std::string text;
        JsonWriter json{text};
        json.begin_object();
        member_shown(json, "h", heading(medium));
        put_list(json, "t", tracks, [&](const Track& one) { json.value(title_place(one.title)); });
        put_list(json, "l", tracks, [&](const Track& one) {
            one.length_ms ? json.value((*one.length_ms + 500) / 1000) : json.null();
        });
        if (!is_plainly_numbered(tracks)) {
            put_list(json, "n", tracks, [&](const Track& one) { put_shown(json, one.number); });
        }
        put_by_place(json, "a", tracks, [&](const Track& one) {
            const std::string credit = credit_text(one.artist_credit);
            return credit == artist ? "" : credit;
        });
        put_by_place(json, "k", tracks, [](const Track& one) {
            return one.kind == TrackKind::track ? "" : std::string{to_string(one.kind)};
        });
        json.end_object();
        return text;
    }

    Places m_title_places;
    std::vector<std::string> m_titles;
    Places m_media_places;
    std::vector<std::string> m_media;
    std::vector<std::pair<std::int64_t, std::vector<std::size_t>>> m_editions;
};

}  // namespace

std::string tracks_record(std::int64_t album_id, const std::vector<ReleaseRecord>& releases) {
    TracksWriter writer;
    for (const ReleaseRecord& record : releases)
        writer.add(record);
    return writer.text(album_id);
}

}  // namespace pressings::render::report
