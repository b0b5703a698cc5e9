#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace pressings {

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong).
bool is_utf8(std::string_view text);

/// `text` without white space (space, tab, CR, LF, VT, FF) at its ends.
std::string_view trim(std::string_view text);

/// ASCII letters made small; other bytes stay.
std::string ascii_lower(std::string_view text);

/// Makes outside text safe for a terminal and a log line: control characters (C0, DEL, C1, and the
/// invisible ones that break or reorder a line, U+2028-202E and U+2066-2069) become "\n", "\t" or
/// "\u{1B}", a byte that is not UTF-8 becomes "\x{FF}". The marks U+200E and U+200F stay: names in
/// Hebrew or Arabic have them, and they move nothing but the punctuation beside them.
std::string escape_controls(std::string_view text);

/// Makes a JSON document safe for a terminal and a log line without changing what it says: DEL, the
/// C1 controls and the characters that break or reorder a line become "\u0085". What is below
/// U+0020 is escaped in JSON anyway. `json` must be UTF-8.
std::string escape_in_json(std::string json);

/// For comparing names: compatibility forms, case, diacritics and runs of white space do not count
/// (NFKD without marks, case folded: https://unicode.org/reports/tr15/). Bytes that are not UTF-8
/// become U+FFFD.
std::string fold(std::string_view text);

/// Columns that `text` takes on a terminal: combining marks 0, East Asian wide characters 2.
std::size_t display_width(std::string_view text);

/// The longest beginning of `text` that takes at most `columns`; if something was cut, it ends
/// with "…" inside that width.
std::string fit_width(std::string_view text, std::size_t columns);

/// At most `bytes` bytes of `text`, cut between characters, "…" added if something was cut.
std::string shorten(std::string_view text, std::size_t bytes);

/// `text` as a part of a URI: all but letters, figures, "-._~" and what is in `kept` as "%41"
/// (RFC 3986, 2.1 and 2.3).
std::string percent_encoded(std::string_view text, std::string_view kept = "");

/// Outside text for a message: made safe, short, and in quotes.
std::string quote(std::string_view text);

/// The closest of `candidates` by edit distance, empty if none is near: for "did you mean".
std::string_view closest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace pressings
