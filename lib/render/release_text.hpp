#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// What is not known is empty. None of this is escaped.
std::string date_text(const std::optional<PartialDate>& date);

/// "kranky KRANK 043; Constellation CST012".
std::string labels_text(const Release& release);

/// "kranky; Constellation", each once, and "KRANK 043; CST012".
std::string label_names(const Release& release);
std::string catalogue_numbers(const Release& release);

/// "2×12" Vinyl + CD".
std::string media_text(const Release& release);

/// "4:27".
std::string length_text(const std::optional<std::int64_t>& length_ms);

/// The credit by the names that artists are sorted by: "Beatles, The".
std::string sort_name(const ArtistCredit& credit);

/// By what editions stand in order of date: unknown dates come last, of a year without a month
/// before one with.
std::string date_key(const Release& release);
/// Whether an edition stands before another of its group: by date, country, labels and MBID.
bool is_earlier(const store::ReleaseRecord* a, const store::ReleaseRecord* b);

}  // namespace pressings::render
