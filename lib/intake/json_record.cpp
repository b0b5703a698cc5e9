#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/json_parser.hpp"
#include "base/text.hpp"
#include "intake/told_album.hpp"

namespace pressings::intake {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

constexpr std::size_t k_most_groups = 100'000;  // in one answer; the service sends 100

/// A field of the wrong kind; caught where the record is read.
struct BadField {
    std::string field;
    const char* wanted;
};

bool is_absent(const simdjson::simdjson_result<element>& found) {
    return found.error() != simdjson::SUCCESS || found.value_unsafe().is_null();
}

bool has(const object& record, const char* name) {
    return !is_absent(record[name]);
}

std::optional<std::string> text_field(const object& record, const char* name) {
    const auto found = record[name];
    if (is_absent(found)) return std::nullopt;
    std::string_view text;
    if (found.get(text) != simdjson::SUCCESS) throw BadField{name, "a string"};
    return std::string{text};
}

/// A whole number, or a string that may hold one.
std::optional<std::string> number_field(const object& record, const char* name) {
    const auto found = record[name];
    if (is_absent(found)) return std::nullopt;
    std::int64_t number = 0;
    if (found.get(number) == simdjson::SUCCESS) return std::to_string(number);
    std::string_view text;
    if (found.get(text) != simdjson::SUCCESS) throw BadField{name, "a whole number"};
    return std::string{text};
}

std::vector<std::string> text_list(const object& record, const char* name) {
    std::vector<std::string> texts;
    const auto found = record[name];
    if (is_absent(found)) return texts;
    simdjson::dom::array list;
    if (found.get(list) != simdjson::SUCCESS) throw BadField{name, "a list of strings"};
    for (const element item : list) {
        std::string_view text;
        if (item.get(text) != simdjson::SUCCESS) throw BadField{name, "a list of strings"};
        texts.emplace_back(text);
    }
    return texts;
}

/// A list of strings, or one by itself, which may be a whole number.
std::vector<std::string> one_or_more(const object& record, const char* name) {
    const auto found = record[name];
    if (!is_absent(found) && found.value_unsafe().is_array()) return text_list(record, name);
    std::vector<std::string> texts;
    if (auto text = number_field(record, name)) texts.push_back(std::move(*text));
    return texts;
}

std::optional<Mbid> artist_mbid(const object& record, const char* name) {
    const auto text = text_field(record, name);
    if (!text || text->empty()) return std::nullopt;
    const auto mbid = Mbid::parse(*text);
    if (!mbid) throw BadField{fmt::format("the {} of an artist", name), "an MBID"};
    return mbid;
}

/// The names differ between our records and MusicBrainz's.
struct CreditNames {
    const char* list;
    const char* join_phrase;
};
constexpr CreditNames k_ours{"artists", "join_phrase"};
constexpr CreditNames k_exported{"artist_credit", "join_phrase"};  // release-catalog's
constexpr CreditNames k_musicbrainz{"artist-credit", "joinphrase"};

Artist read_artist(const object& record) {
    Artist artist;
    artist.mbid = artist_mbid(record, has(record, "id") ? "id" : "mbid");
    artist.name = text_field(record, "name").value_or("");
    artist.sort_name = text_field(record, has(record, "sort-name") ? "sort-name" : "sort_name");
    artist.disambiguation = text_field(record, "disambiguation");
    artist.type = text_field(record, "type");
    artist.country = text_field(record, "country");
    for (auto* field : {&artist.sort_name, &artist.disambiguation, &artist.type, &artist.country}) {
        if (*field && (*field)->empty()) field->reset();
    }
    return artist;
}

CreditedArtist read_credited(const object& record, const CreditNames& names) {
    CreditedArtist credited;
    credited.name = text_field(record, "name").value_or("");
    credited.join_phrase = text_field(record, names.join_phrase).value_or("");
    object artist;
    if (record["artist"].get(artist) == simdjson::SUCCESS) {
        credited.artist = read_artist(artist);
    } else {
        credited.artist.mbid = artist_mbid(record, "mbid");
    }
    if (credited.name.empty()) credited.name = credited.artist.name;
    if (credited.artist.name.empty()) credited.artist.name = credited.name;
    return credited;
}

ArtistCredit read_credit(const object& record, const CreditNames& names) {
    ArtistCredit credit;
    const auto found = record[names.list];
    if (is_absent(found)) return credit;
    simdjson::dom::array list;
    if (found.get(list) != simdjson::SUCCESS) throw BadField{names.list, "a list of objects"};
    for (const element item : list) {
        object credited;
        if (item.get(credited) != simdjson::SUCCESS) throw BadField{names.list, "objects"};
        credit.push_back(read_credited(credited, names));
    }
    return credit;
}

bool is_musicbrainz(const object& record) {
    return has(record, "id") && !has(record, "mbid") && !has(record, "artists") &&
           !has(record, "artist");
}

/// What a MusicBrainz object is that has a key which no release group has.
std::optional<Refusal> refuse_other_entity(const object& record) {
    static constexpr std::pair<const char*, const char*> k_telling[] = {
        {"release-group", "release"}, {"media", "release"},   {"barcode", "release"},
        {"packaging", "release"},     {"isrcs", "recording"}, {"length", "recording"},
        {"video", "recording"},       {"iswcs", "work"},      {"sort-name", "artist or label"}};
    for (const auto& [key, entity] : k_telling) {
        if (record[key].error() != simdjson::SUCCESS) continue;
        return Refusal{"wrong_entity",
                       fmt::format("it is a MusicBrainz {}, not a release group", entity)};
    }
    return std::nullopt;
}

/// A line of an export of releases or tracks, whose names would be taken for those of an album.
std::optional<Refusal> refuse_other_export(const object& record) {
    if (!has(record, "release_id")) return std::nullopt;
    return refuse_export(has(record, "medium_position") ? "track" : "release");
}

ToldAlbum read_ours(const object& record) {
    ToldAlbum told;
    told.mbid = text_field(record, "mbid");
    told.artist = text_field(record, "artist");
    told.artists = read_credit(record, k_ours);
    if (told.artists.empty()) told.artists = read_credit(record, k_exported);
    told.year = number_field(record, "year");
    told.first_release_date = text_field(record, "first_release_date");
    told.primary_type = text_field(record, "primary_type");
    told.secondary_types = text_list(record, "secondary_types");
    told.barcode = number_field(record, "barcode");
    told.disc_id = text_field(record, "disc_id");
    told.discogs_release = number_field(record, "discogs_release");
    told.discogs_master = number_field(record, "discogs_master");
    told.catnos = one_or_more(record, "catno");
    told.labels = one_or_more(record, "label");
    return told;
}

/// As the web service's lookup, browse and search, and the JSON dumps have a release group.
ToldAlbum read_release_group(const object& record) {
    ToldAlbum told;
    told.mbid = text_field(record, "id");
    told.artists = read_credit(record, k_musicbrainz);
    told.first_release_date = text_field(record, "first-release-date");
    told.primary_type = text_field(record, "primary-type");
    told.secondary_types = text_list(record, "secondary-types");
    return told;
}

ReadAlbum read_object(const object& record, const RecordDefaults& defaults) {
    try {
        const bool musicbrainz = is_musicbrainz(record);
        if (auto refusal =
                musicbrainz ? refuse_other_entity(record) : refuse_other_export(record)) {
            return *refusal;
        }
        ToldAlbum told = musicbrainz ? read_release_group(record) : read_ours(record);
        told.title = text_field(record, "title");
        told.disambiguation = text_field(record, "disambiguation");
        told.queue = text_field(record, "queue");
        told.priority = number_field(record, "priority");
        return make_album(told, defaults);
    } catch (const BadField& bad) {
        return Refusal{"bad_field", fmt::format("{}: it must be {}", bad.field, bad.wanted)};
    }
}

}  // namespace

ReadAlbum read_json_record(std::string_view json, const RecordDefaults& defaults) {
    if (json.find('\0') != std::string_view::npos) {
        return Refusal{"nul_byte", "there is a NUL byte in it"};
    }
    if (!is_utf8(json)) return Refusal{"bad_utf8", "it is not UTF-8"};
    const LentJsonParser parser;
    element document;
    const auto error = parser->parse(json).get(document);
    if (error != simdjson::SUCCESS) {
        return Refusal{"bad_json",
                       fmt::format("it is not JSON: {}", simdjson::error_message(error))};
    }
    object record;
    if (document.get(record) == simdjson::SUCCESS) return read_object(record, defaults);
    std::string_view reference;
    if (document.get(reference) == simdjson::SUCCESS) return read_reference(reference, defaults);
    return Refusal{"bad_json", "it is neither an object nor an MBID or URL in quotes"};
}

std::optional<std::vector<std::string>> release_groups_in(std::string_view json) {
    if (json.find("\"release-groups\"") == std::string_view::npos) return std::nullopt;
    const LentJsonParser parser;
    element document;
    if (parser->parse(json).get(document) != simdjson::SUCCESS) return std::nullopt;
    simdjson::dom::array groups;
    if (document["release-groups"].get(groups) != simdjson::SUCCESS) return std::nullopt;
    if (groups.size() > k_most_groups) return std::nullopt;
    std::vector<std::string> records;
    for (const element group : groups)
        records.push_back(simdjson::minify(group));
    return records;
}

}  // namespace pressings::intake
