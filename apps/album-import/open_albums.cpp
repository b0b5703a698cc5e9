#include <algorithm>
#include <set>

#include "domain/job.hpp"
#include "settling.hpp"

namespace pressings {

namespace {

bool is_open(const store::JobRecord& job) {
    return job.kind == to_string(JobKind::releases) && job.album_id && !job.mbid && job.error;
}

std::optional<NamedAlbum> named(store::Store& store, std::int64_t album_id) {
    const auto record = store.catalogue().album(album_id);
    if (!record || record->album.mbid || !record->album.title) return std::nullopt;
    NamedAlbum named;
    named.artist_credit = record->album.artist_credit;
    named.title = *record->album.title;
    const auto& date = record->album.first_release_date;
    if (date) named.year = date->year;
    return named;
}

}  // namespace

std::vector<OpenAlbum> open_albums(store::Store& store) {
    std::vector<OpenAlbum> albums;
    std::set<std::int64_t> known;
    store::JobFilter failed;
    failed.state = JobState::failed;
    failed.limit = 0;
    for (const char* code : {"not_found", "ambiguous"}) {
        failed.error_code = code;
        store.jobs().jobs(failed, [&](const store::JobRecord& job) {
            if (!is_open(job) || !known.insert(*job.album_id).second) return;
            albums.push_back({*job.album_id, job.id, {}, job.error->message, {}});
        });
    }
    std::erase_if(albums, [&](OpenAlbum& album) {
        auto words = named(store, album.album_id);
        if (words) album.named = std::move(*words);
        return !words;
    });
    for (OpenAlbum& album : albums)
        album.candidates = store.jobs().candidates(album.job_id);
    std::sort(albums.begin(), albums.end(),
              [](const OpenAlbum& a, const OpenAlbum& b) { return a.album_id < b.album_id; });
    return albums;
}

std::optional<std::string> looked_for(store::Store& store, std::int64_t album_id) {
    const auto words = named(store, album_id);
    return words ? std::optional{described(*words)} : std::nullopt;
}

}  // namespace pressings
