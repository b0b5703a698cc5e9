#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace pressings {

/// A date as exact as MusicBrainz knows it: any of year, month and day may be unknown, but not all
/// three (that is no date at all). `1973`, `1973-03`, `1973-03-01`, and the server's own spellings
/// of the gaps: `????-03`, `1973-??-01`, `????-??-01`.
struct PartialDate {
    std::optional<int> year;
    std::optional<int> month;
    std::optional<int> day;

    /// Reads one of the forms above; nothing for anything else, an impossible day included.
    static std::optional<PartialDate> parse(std::string_view text);

    /// The form that `parse` reads, exactly as MusicBrainz prints it
    /// (musicbrainz-server lib/MusicBrainz/Server/Entity/PartialDate.pm, `format`).
    std::string to_string() const;

    friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

}  // namespace pressings
