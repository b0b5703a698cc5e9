#include "intake/told_album.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "intake/told_identifiers.hpp"

namespace pressings::intake {

namespace {

constexpr std::size_t k_longest_text = std::size_t{64} * 1024;
constexpr std::size_t k_most_artists = 1000;
constexpr std::size_t k_most_types = 50;
constexpr int k_priority_bound = 1'000'000;

/// A text field without the blanks around it; a blank one says nothing.
std::optional<std::string> text_of(const std::optional<std::string>& field) {
    if (!field) return std::nullopt;
    const auto text = trim(*field);
    return text.empty() ? std::nullopt : std::optional{std::string{text}};
}

std::optional<int> whole_number(std::string_view text, int least, int most) {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc{} || result.ptr != end || value < least || value > most) {
        return std::nullopt;
    }
    return value;
}

std::optional<Refusal> refuse_artist(const CreditedArtist& credited) {
    const Artist& artist = credited.artist;
    if (trim(credited.name).empty()) {
        return Refusal{"bad_field", "artists: an artist without a name"};
    }
    for (const std::string* text : {&credited.name, &credited.join_phrase, &artist.name}) {
        if (auto refusal = refuse_text("artists", *text)) return refusal;
    }
    for (const auto* text :
         {&artist.sort_name, &artist.disambiguation, &artist.type, &artist.country}) {
        if (!*text) continue;
        if (auto refusal = refuse_text("artists", **text)) return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> refuse_texts(const ToldAlbum& told) {
    const std::pair<std::string_view, const std::optional<std::string>*> fields[] = {
        {"mbid", &told.mbid},
        {"artist", &told.artist},
        {"title", &told.title},
        {"year", &told.year},
        {"first_release_date", &told.first_release_date},
        {"primary_type", &told.primary_type},
        {"disambiguation", &told.disambiguation},
        {"barcode", &told.barcode},
        {"disc_id", &told.disc_id},
        {"discogs_release", &told.discogs_release},
        {"discogs_master", &told.discogs_master},
        {"queue", &told.queue},
        {"priority", &told.priority}};
    for (const auto& [name, text] : fields) {
        if (!*text) continue;
        if (auto refusal = refuse_text(name, **text)) return refusal;
    }
    const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {
        {"secondary_types", &told.secondary_types},
        {"catno", &told.catnos},
        {"label", &told.labels}};
    for (const auto& [name, texts] : lists) {
        for (const std::string& text : *texts) {
            if (auto refusal = refuse_text(name, text)) return refusal;
        }
    }
    for (const CreditedArtist& credited : told.artists) {
        if (auto refusal = refuse_artist(credited)) return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> refuse_counts(const ToldAlbum& told) {
    if (told.artists.size() > k_most_artists) {
        return Refusal{"bad_field", fmt::format("artists: more than {}", k_most_artists)};
    }
    if (told.secondary_types.size() > k_most_types) {
        return Refusal{"bad_field", fmt::format("secondary_types: more than {}", k_most_types)};
    }
    return std::nullopt;
}

/// The numbers, the date and the queue; each wrong one is a refusal that names it.
std::optional<Refusal> take_values(const ToldAlbum& told, AlbumRequest& request) {
    if (const auto year = text_of(told.year)) {
        request.year = whole_number(*year, 1, 9999);
        if (!request.year) {
            return Refusal{"bad_field",
                           fmt::format("year: {} is no year from 1 to 9999", quote(*year))};
        }
    }
    if (const auto date = text_of(told.first_release_date)) {
        request.album.first_release_date = PartialDate::parse(*date);
        if (!request.album.first_release_date) {
            return Refusal{"bad_date",
                           fmt::format("first_release_date: {} is no date; write YYYY, YYYY-MM or "
                                       "YYYY-MM-DD",
                                       quote(*date))};
        }
    }
    if (request.year && !request.album.first_release_date) {
        request.album.first_release_date = PartialDate::parse(fmt::format("{:04}", *request.year));
    }
    if (const auto queue = text_of(told.queue)) {
        if (!is_queue_name(*queue)) {
            return Refusal{"bad_field", fmt::format("queue: {} is no name of a queue; use up to "
                                                    "64 letters, digits and _.:-",
                                                    quote(*queue))};
        }
        request.queue = *queue;
    }
    if (const auto priority = text_of(told.priority)) {
        const auto value = whole_number(*priority, -k_priority_bound, k_priority_bound);
        if (!value) {
            return Refusal{"bad_field",
                           fmt::format("priority: {} is no whole number from {} to {}",
                                       quote(*priority), -k_priority_bound, k_priority_bound)};
        }
        request.priority = *value;
    }
    return std::nullopt;
}

/// The primary types as of 2026 (https://musicbrainz.org/doc/Release_Group/Type); another stays.
std::optional<std::string> as_musicbrainz_writes(std::optional<std::string> type) {
    for (const std::string_view known : {"Album", "Single", "EP", "Broadcast", "Other"}) {
        if (type && ascii_lower(*type) == ascii_lower(known)) return std::string{known};
    }
    return type;
}

ArtistCredit credit_of(const ToldAlbum& told) {
    if (!told.artists.empty()) return told.artists;
    ArtistCredit credit;
    if (const auto artist = text_of(told.artist)) {
        CreditedArtist credited;
        credited.name = *artist;
        credited.artist.name = *artist;
        credit.push_back(std::move(credited));
    }
    return credit;
}

}  // namespace

std::optional<Refusal> refuse_text(std::string_view field, std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {
        return Refusal{"nul_byte", fmt::format("{}: there is a NUL character in it", field)};
    }
    if (!is_utf8(text))
        return Refusal{"bad_utf8", fmt::format("{}: not UTF-8; save the list as UTF-8", field)};
    if (text.size() > k_longest_text) {
        return Refusal{"bad_field", fmt::format("{}: longer than {} bytes", field, k_longest_text)};
    }
    return std::nullopt;
}

Refusal refuse_export(std::string_view entity) {
    return {"wrong_entity",
            fmt::format("it is from an export of {}s; albums are written by `release-catalog "
                        "export --what albums`",
                        entity)};
}

ReadAlbum make_album(const ToldAlbum& told, const RecordDefaults& defaults) {
    if (auto refusal = refuse_texts(told)) return *refusal;
    if (auto refusal = refuse_counts(told)) return *refusal;
    AlbumRequest request;
    request.queue = defaults.queue;
    request.priority = defaults.priority;
    request.moves_job = defaults.told || text_of(told.queue) || text_of(told.priority);
    if (const auto mbid = text_of(told.mbid)) {
        auto named = read_reference(*mbid, defaults);
        if (auto* refusal = std::get_if<Refusal>(&named)) return *refusal;
        request.album.mbid = std::get<AlbumRequest>(named).album.mbid;
        request.release_mbid = std::get<AlbumRequest>(named).release_mbid;
        request.identifiers = std::get<AlbumRequest>(named).identifiers;
    }
    if (auto refusal = take_identifiers(told, request)) return *refusal;
    if (auto refusal = take_values(told, request)) return *refusal;
    request.album.title = text_of(told.title);
    request.album.artist_credit = credit_of(told);
    request.album.primary_type = as_musicbrainz_writes(text_of(told.primary_type));
    request.album.disambiguation = text_of(told.disambiguation);
    for (const std::string& type : told.secondary_types) {
        if (const auto text = text_of(type)) request.album.secondary_types.push_back(*text);
    }
    const bool named = request.album.title && !request.album.artist_credit.empty();
    const bool known = request.album.mbid || request.release_mbid || !request.identifiers.empty();
    if (!known && !named) {
        const auto catno = std::find_if(told.catnos.begin(), told.catnos.end(), is_no_catno);
        if (catno != told.catnos.end()) {
            return Refusal{"no_identity",
                           fmt::format("catno: {} says that there is no catalogue number, and "
                                       "nothing else tells which album it is",
                                       quote(*catno))};
        }
        return Refusal{"no_identity",
                       "it names no album: give an mbid, an artist and a title, a "
                       "barcode, a catno, a disc_id, or a Discogs id"};
    }
    return request;
}

ReadAlbum make_named_album(std::string_view artist, std::string_view title, std::optional<int> year,
                           const RecordDefaults& defaults) {
    ToldAlbum told;
    told.artist = std::string{artist};
    told.title = std::string{title};
    if (year) told.year = std::to_string(*year);
    return make_album(told, defaults);
}

}  // namespace pressings::intake
