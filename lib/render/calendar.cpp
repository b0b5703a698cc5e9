#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "render/html.hpp"
#include "render/release_text.hpp"
#include "render/upcoming.hpp"

/// iCalendar: https://www.rfc-editor.org/rfc/rfc5545
namespace pressings::render {

namespace {

constexpr std::size_t k_longest_line = 75;  // bytes, without the line end: section 3.1
constexpr std::string_view k_line_end = "\r\n";

/// TEXT of section 3.3.11.
std::string escaped(const std::string& text) {
    std::string escaped;
    for (const char c : escape_controls(text)) {
        if (c == '\\' || c == ';' || c == ',') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string folded(std::string_view line) {
    const auto is_inside_character = [&](std::size_t at) {
        return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
    };
    std::string text;
    std::size_t room = k_longest_line;
    while (line.size() > room) {
        std::size_t end = room;
        while (end > 1 && is_inside_character(end))
            --end;
        text.append(line.substr(0, end)).append(k_line_end).append(" ");
        line.remove_prefix(end);
        room = k_longest_line - 1;  // the blank counts
    }
    return text.append(line).append(k_line_end);
}

std::string date(Day day) {
    const std::chrono::year_month_day parts{day};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(parts.year()),
                       static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

/// "20261129T101500Z" of "2026-11-29T10:15:00.000Z".
std::string stamp(Millis time_ms) {
    std::string text = format_time(time_ms).substr(0, 19);
    text.erase(
        std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
        text.end());
    return text + "Z";
}

std::string summary(const Release& release) {
    const std::string artist = credit_text(release.artist_credit);
    return fmt::format("{}{}{}", artist.empty() ? "" : artist + " - ", release.title,
                       release.disambiguation ? " (" + *release.disambiguation + ")" : "");
}

std::string description(const Release& release) {
    std::vector<std::string> parts;
    for (const std::string& part : {media_text(release), release.country.value_or(""),
                                    labels_text(release), release.status.value_or("")}) {
        if (!part.empty()) parts.push_back(part);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string event(const Release& release, Day day, Millis now_ms) {
    std::string text = folded("BEGIN:VEVENT");
    text += folded(fmt::format("UID:{}@pressings", release.mbid.to_string()));
    text += folded("DTSTAMP:" + stamp(now_ms));
    text += folded("DTSTART;VALUE=DATE:" + date(day));
    text += folded("DTEND;VALUE=DATE:" + date(day + std::chrono::days{1}));  // the first day after
    text += calendar_line("SUMMARY", summary(release));
    if (const std::string more = description(release); !more.empty())
        text += calendar_line("DESCRIPTION", more);
    text += folded("URL:" + musicbrainz_url(Entity::release, release.mbid));
    text += folded("TRANSP:TRANSPARENT");
    return text + folded("END:VEVENT");
}

/// A calendar must have a component (section 3.6): a time zone, if there is no event.
constexpr std::string_view k_time_zone =
    "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

}  // namespace

std::string calendar_line(const std::string& name, const std::string& value) {
    return folded(name + ":" + escaped(value));
}

int write_calendar(const std::vector<UpcomingRelease>& upcoming, Millis now_ms,
                   cli::Output& output) {
    output.write(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        "PRODID:-//Pressings//release-catalog//EN\r\nCALSCALE:GREGORIAN\r\n");
    int without_day = 0;
    for (const UpcomingRelease& one : upcoming) {
        const Release& release = one.record.release;
        if (const auto day = exact_day(*release.date)) {
            output.write(event(release, *day, now_ms));
        } else {
            ++without_day;
        }
    }
    if (without_day == static_cast<int>(upcoming.size())) output.write(k_time_zone);
    output.write("END:VCALENDAR\r\n");
    return without_day;
}

}  // namespace pressings::render
