#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/catalogue.hpp"

/// What stands on a record, or what another catalogue calls it: by that MusicBrainz knows which it
/// is. Pure: no I/O.
namespace pressings {

/// The surest first.
enum class IdentifierKind { discogs_master, discogs_release, disc_id, barcode, catno };

inline constexpr IdentifierKind k_identifier_kinds[] = {
    IdentifierKind::discogs_master, IdentifierKind::discogs_release, IdentifierKind::disc_id,
    IdentifierKind::barcode, IdentifierKind::catno};

/// As a column of a list is called: "barcode".
std::string_view to_string(IdentifierKind kind);
std::optional<IdentifierKind> parse_identifier_kind(std::string_view name);

struct Identifier {
    IdentifierKind kind = IdentifierKind::barcode;
    std::string value;
    std::vector<std::string> labels{};  ///< of a catalogue number: who may have given it; none: any

    friend bool operator==(const Identifier&, const Identifier&) = default;
};

/// Why a text is no identifier of its kind: a sentence that shows it, and what to do.
struct BadIdentifier {
    std::string message;
};

using ReadIdentifier = std::variant<Identifier, BadIdentifier>;

/// Reads a code as people and other programs write it. A barcode is an EAN-13, UPC-A or EAN-8 with
/// the right check digit; blanks, hyphens and a spreadsheet's marks are dropped. A disc id is
/// MusicBrainz's (https://musicbrainz.org/doc/Disc_ID_Calculation). A Discogs id is a number, what
/// Discogs writes for it ("[r249504]", "m10362"), or a URL of the page.
ReadIdentifier read_identifier(IdentifierKind kind, std::string_view text);

/// The Discogs release or master that a URL or "[r249504]" names; nothing if it names neither.
std::optional<Identifier> read_discogs_reference(std::string_view text);

/// Whether a catalogue number says that there is none ("none", "[none]", "N/A", "unknown").
bool is_no_catno(std::string_view text);

/// What two identifiers of a kind have in common that mean the same, labels aside: a UPC-A is the
/// EAN-13 with a zero in front, and of a catalogue number letters and figures alone count.
std::string comparable(const Identifier& identifier);

/// Whether two names are of one label: one may have words that the other leaves out ("Harvest",
/// "EMI Harvest").
bool is_same_label(std::string_view a, std::string_view b);

/// Whether the release has it, as far as that is known of it. Labels are left aside.
bool bears(const Release& release, const Identifier& identifier);
/// Whether a catalogue number of it, of one of the labels, is among these.
bool bears(const std::vector<LabelInfo>& label_info, const Identifier& catno);

/// "barcode 724382975229", "catalogue number \"SHVL 804\" (\"Harvest\")": safe and short.
std::string described(const Identifier& identifier);

}  // namespace pressings
