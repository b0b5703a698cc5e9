#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/time.hpp"
#include "cli/output.hpp"
#include "domain/upcoming.hpp"
#include "render/album_text.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// A release that is dated ahead, or may be.
struct UpcomingRelease {
    store::ReleaseRecord record;
    Ahead ahead = Ahead::yes;
    Millis updated_at_ms = 0;  ///< when the catalogue last saw it change
};

/// The schema is schema/json/upcoming.json. Days are counted from `today`.
nlohmann::ordered_json upcoming_json(const UpcomingRelease& upcoming, Day today);

/// A table, those that only may be ahead at its end.
void print_upcoming(const std::vector<UpcomingRelease>& upcoming, const cli::Screen& screen,
                    cli::Output& output);

/// A calendar (RFC 5545) with an event of a whole day for each release whose day is known; gives
/// how many have none. `now_ms` is when it is made.
int write_calendar(const std::vector<UpcomingRelease>& upcoming, Millis now_ms,
                   cli::Output& output);

/// A feed (RFC 4287) with an entry a release. `name` tells feeds of one kind apart: the filters.
void write_feed(const std::vector<UpcomingRelease>& upcoming, const std::string& name,
                Millis now_ms, cli::Output& output);

/// A line of a calendar, folded so that no part is longer than 75 bytes and none is cut inside a
/// character, with the line ends of RFC 5545. `value` is text and gets escaped.
std::string calendar_line(const std::string& name, const std::string& value);

}  // namespace pressings::render
