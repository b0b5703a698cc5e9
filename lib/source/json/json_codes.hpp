#pragma once

#include <optional>
#include <string>

#include "source/json/json_fields.hpp"

/// Texts of a fixed shape. Each is nothing where the field is missing or empty, and refused
/// (SourceError "bad_answer") where it has another shape than MusicBrainz's own tables allow
/// (musicbrainz-server admin/sql/CreateTables.sql, lib/MusicBrainz/Server/Validation.pm).
namespace pressings::source {

/// ISO 3166 as MusicBrainz uses it: a country or what it counts as one ("GB", "XW", "SU"), a part
/// of a country ("CN-71"), a country that is no more ("YUCS").
std::optional<std::string> read_country_code(const JsonField& field);

/// ISO 639-3: "eng", "zxx".
std::optional<std::string> read_language_code(const JsonField& field);

/// ISO 15924: "Latn", "Qaaa".
std::optional<std::string> read_script_code(const JsonField& field);

/// 12 characters, without hyphens; required.
std::string read_isrc(const JsonField& field);

/// 28 characters (https://musicbrainz.org/doc/Disc_ID_Calculation); required.
std::string read_disc_id(const JsonField& field);

/// What is printed on a sleeve or given by a shop is any text, but a short one: a barcode (which
/// may be known to be empty), an ASIN, a catalogue number, the number of a track.
std::optional<std::string> read_printed_code(const JsonField& field);
std::optional<std::string> read_barcode(const JsonField& field);

/// The name of a status, a type, a format: MusicBrainz adds new ones, but none that are long.
std::optional<std::string> read_term(const JsonField& field);

/// "https://…" or another scheme with a host; none that a browser would run; no white space or
/// control character; required.
std::string read_url(const JsonField& field);

}  // namespace pressings::source
