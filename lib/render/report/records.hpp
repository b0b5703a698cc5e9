#pragma once

#include <string>
#include <vector>

#include "render/report/shards.hpp"

/// The records of the data files, as JSON; what report.js makes pages of. Names are a letter or
/// two, for there are millions of them; what is not known is left out or null.
namespace pressings::render::report {

/// An album as a line of the list: [id, artist, title, date, type, counts by format, state]; the
/// state is "" for imported ones, else "waits", "failed" or "not asked".
std::string list_record(const store::AlbumRecord& album, const FormatCounts& counts);

/// An album with its editions:
///   i id, m MBID, t title, x comment, c credit [[name, join phrase, MBID]], d date, y type,
///   p imported, a added, s state of its last job, r removed, g genres, l labels [[name, MBID]],
///   e groups [[title, status, format, [edition]]]
/// and an edition:
///   i id, m MBID, d date, c places, l [[label's place in the list or null, catalogue number]],
///   b barcode ("" where there is none), f media, n tracks; and what sets it apart: t title,
///   x comment, p packaging, g language, k script, r removed.
std::string album_record(const store::AlbumRecord& album,
                         const std::vector<store::ReleaseRecord>& releases);

/// The tracks of an album's editions: i id of the album, s titles, h media, r the media of each
/// edition by its id. A medium: h heading, t titles' places in the list, l seconds, n numbers if
/// they are not 1, 2, 3, a artists by place where they are not the release's, k kinds by place.
/// Nothing if no track is known.
std::string tracks_record(std::int64_t album_id, const std::vector<store::ReleaseRecord>& releases);

/// An album of an artist: [MBID, name, comment, album, title, date, type, counts, credit].
std::string artist_record(const Artist& artist, const store::AlbumRecord& album,
                          const FormatCounts& counts);

/// A label's editions of an album, added to the files of labels:
/// [MBID, name, comment, album, artist, title, [[edition, date, number, media, places]]].
void add_label_records(const store::AlbumRecord& album,
                       const std::vector<store::ReleaseRecord>& releases, std::int64_t parts,
                       Shards& shards);

}  // namespace pressings::render::report
