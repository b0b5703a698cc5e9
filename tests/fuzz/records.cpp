#include "fuzz/records.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "fuzz/target.hpp"

namespace pressings::fuzz {

namespace {

using Json = nlohmann::json;

Json artist_json(const Artist& artist) {
    Json written{{"name", artist.name}};
    if (artist.mbid) written["id"] = artist.mbid->to_string();
    if (artist.sort_name) written["sort-name"] = *artist.sort_name;
    if (artist.disambiguation) written["disambiguation"] = *artist.disambiguation;
    if (artist.type) written["type"] = *artist.type;
    if (artist.country) written["country"] = *artist.country;
    return written;
}

Json credit_json(const ArtistCredit& credit) {
    Json list = Json::array();
    for (const CreditedArtist& credited : credit) {
        list.push_back({{"name", credited.name},
                        {"join_phrase", credited.join_phrase},
                        {"artist", artist_json(credited.artist)}});
    }
    return list;
}

void require_reason(const intake::Refusal& refusal) {
    constexpr std::array<std::string_view, 9> k_codes{"bad_utf8",     "nul_byte",    "bad_json",
                                                      "bad_field",    "bad_mbid",    "bad_date",
                                                      "wrong_entity", "no_identity", "too_long"};
    require(refusal.code == "bad_row" ||
                std::find(k_codes.begin(), k_codes.end(), refusal.code) != k_codes.end(),
            "a refusal has a known code");
    require_safe_message(refusal.message);
}

void require_credit(const ArtistCredit& credit) {
    require(credit.size() <= 1000, "artists are bounded");
    for (const CreditedArtist& credited : credit) {
        require(!credited.name.empty(), "an artist has a name");
        const Artist& artist = credited.artist;
        for (const std::string* text : {&credited.name, &credited.join_phrase, &artist.name})
            require_storable(*text);
        for (const auto* text :
             {&artist.sort_name, &artist.disambiguation, &artist.type, &artist.country}) {
            if (*text) require_storable(**text);
        }
    }
}

void require_request(const AlbumRequest& request) {
    const Album& album = request.album;
    const bool named = album.title && !album.artist_credit.empty();
    require(album.mbid || request.release_mbid || !request.identifiers.empty() || named,
            "an album has an identity");
    require(!(album.mbid && request.release_mbid), "and one alone");
    for (const auto* text : {&album.title, &album.primary_type, &album.disambiguation}) {
        if (!*text) continue;
        require(!(*text)->empty(), "a text says something");
        require_storable(**text);
    }
    require(album.secondary_types.size() <= 50, "types are bounded");
    for (const std::string& type : album.secondary_types)
        require_storable(type);
    require_credit(album.artist_credit);
    require(is_queue_name(request.queue), "a queue has a name");
    require(request.priority >= -1'000'000 && request.priority <= 1'000'000, "as a priority is");
    require(!request.year || (*request.year >= 1 && *request.year <= 9999), "a year is a year");
}

std::string outcome_of(const intake::Record& record) {
    if (const auto* refusal = std::get_if<intake::Refusal>(&record.album)) {
        return refusal->code + " " + refusal->message;
    }
    return write(std::get<AlbumRequest>(record.album));
}

}  // namespace

std::string write(const AlbumRequest& request) {
    const Album& album = request.album;
    Json written{{"artists", credit_json(album.artist_credit)},
                 {"secondary_types", album.secondary_types},
                 {"queue", request.queue},
                 {"priority", request.priority}};
    if (album.mbid) written["mbid"] = album.mbid->to_string();
    if (request.release_mbid) {
        written["mbid"] = "https://musicbrainz.org/release/" + request.release_mbid->to_string();
    }
    for (const Identifier& identifier : request.identifiers) {
        Json& place = written[std::string{to_string(identifier.kind)}];
        if (identifier.kind == IdentifierKind::catno) {
            place.push_back(identifier.value);
            written["label"] = identifier.labels;
        } else {
            place = identifier.value;
        }
    }
    if (album.title) written["title"] = *album.title;
    if (request.year) written["year"] = *request.year;
    if (album.first_release_date) {
        written["first_release_date"] = album.first_release_date->to_string();
    }
    if (album.primary_type) written["primary_type"] = *album.primary_type;
    if (album.disambiguation) written["disambiguation"] = *album.disambiguation;
    return written.dump();
}

void require_record(const intake::Record& record) {
    constexpr std::size_t k_kept_text = 4096 + 3;
    require(record.text.size() <= k_kept_text, "of a record no more than its beginning is kept");
    if (const auto* refusal = std::get_if<intake::Refusal>(&record.album)) {
        require_reason(*refusal);
        return;
    }
    const auto& request = std::get<AlbumRequest>(record.album);
    require_request(request);
    const std::string written = write(request);
    const auto again = intake::read_json_record(written, {});
    const auto* equal = std::get_if<AlbumRequest>(&again);
    require(equal != nullptr && write(*equal) == written, "written and read, it is equal");
}

ReadBatch read_all(intake::RecordReader& reader, std::size_t input_bytes) {
    ReadBatch batch;
    std::int64_t last_line = 0;
    try {
        while (const auto record = reader.next()) {
            require(record->line >= std::max<std::int64_t>(last_line, 1), "records are in order");
            last_line = record->line;
            require_record(*record);
            batch.records.push_back(
                fmt::format("{} {} {}", record->line, outcome_of(*record), record->text));
            require(batch.records.size() <= input_bytes + 1, "records end when the input does");
        }
    } catch (const Error& error) {
        batch.error = error.what();
        require_safe_message(batch.error);
    }
    return batch;
}

}  // namespace pressings::fuzz
