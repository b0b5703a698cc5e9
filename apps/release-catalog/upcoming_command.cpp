#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "declare.hpp"
#include "filters.hpp"
#include "render/upcoming.hpp"

namespace pressings {

using render::UpcomingRelease;
using store::CatalogueReader;

namespace {

constexpr Millis k_day_ms = 24 * 60 * 60 * Millis{1000};

std::chrono::days days_within(const std::string& text) {
    const Millis within_ms = cli::duration_option("--within", text);
    return std::chrono::days{(within_ms + k_day_ms - 1) / k_day_ms};
}

/// The day that is told, or the one that it is in UTC.
Day today_of(const UpcomingOptions& options, Millis now_ms) {
    if (!options.today)
        return std::chrono::floor<std::chrono::days>(
            std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{now_ms}});
    const auto date = PartialDate::parse(*options.today);
    const auto day = date ? exact_day(*date) : std::nullopt;
    if (day) return *day;
    throw UsageError(
        fmt::format("--today {}: not a day; write it like 2026-11-29", quote(*options.today)));
}

/// When the catalogue saw a release change: the last of its changes, else when its album was put
/// in. Releases of one album come one after the other.
class LastChanges {
  public:
    explicit LastChanges(CatalogueReader& catalogue) : m_catalogue(catalogue) {}

    Millis of(const store::ReleaseRecord& release) {
        if (release.album_id != m_album_id) look_up(release.album_id);
        const auto found = m_changed_ms.find(release.release.mbid);
        return found == m_changed_ms.end() ? m_album_ms : found->second;
    }

  private:
    void look_up(std::int64_t album_id) {
        m_album_id = album_id;
        m_changed_ms.clear();
        const auto album = m_catalogue.album(album_id);
        m_album_ms = album ? album->created_at_ms : 0;
        m_catalogue.changes({album_id, 0, 0}, [&](const store::ChangeRecord& change) {
            if (change.release_mbid) m_changed_ms[*change.release_mbid] = change.at_ms;
        });
    }

    CatalogueReader& m_catalogue;
    std::int64_t m_album_id = 0;
    Millis m_album_ms = 0;
    std::map<Mbid, Millis> m_changed_ms;
};

/// What is dated ahead; what only may be, at the end.
std::vector<UpcomingRelease> upcoming_of(CatalogueReader& catalogue, const CatalogOptions& options,
                                         Day today) {
    auto filter = release_filter(options.filter, catalogue);
    filter.limit = 0;
    filter.dated_from =
        fmt::format("{:04}", static_cast<int>(std::chrono::year_month_day{today}.year()));
    std::optional<std::chrono::days> within;
    if (options.upcoming.within) within = days_within(*options.upcoming.within);
    std::vector<UpcomingRelease> found;
    LastChanges changes{catalogue};
    catalogue.releases(filter, [&](const store::ReleaseRecord& release) {
        const Ahead ahead =
            release.release.date ? ahead_of(*release.release.date, today, within) : Ahead::no;
        if (ahead != Ahead::no) found.push_back({release, ahead, changes.of(release)});
    });
    const auto key = [](const UpcomingRelease& one) {
        const Release& release = one.record.release;
        return std::make_tuple(one.ahead == Ahead::maybe, release.date->to_string(), one.record.id);
    };
    std::sort(found.begin(), found.end(),
              [&](const UpcomingRelease& a, const UpcomingRelease& b) { return key(a) < key(b); });
    const auto limit = static_cast<std::size_t>(options.filter.limit);
    if (limit > 0 && found.size() > limit) found.resize(limit);
    return found;
}

/// The filters in words, by which feeds are told apart.
std::string feed_name(const CatalogOptions& options) {
    const FilterOptions& filter = options.filter;
    std::string name;
    const auto add = [&](const char* key, const std::optional<std::string>& value) {
        if (value) name += fmt::format("{}{} {}", name.empty() ? "" : ", ", key, *value);
    };
    for (const char* key : {"artist", "title", "type", "year", "format", "country", "status",
                            "label", "catno", "barcode"}) {
        const auto values = filter.terms.find(key);
        if (values == filter.terms.end()) continue;
        for (const std::string& value : values->second)
            add(key, value);
    }
    for (const std::string& exclusion : filter.exclusions)
        add("without", exclusion);
    add("within", options.upcoming.within);
    return name;
}

void tell_without_day(int count) {
    if (count == 0) return;
    cli::log(cli::LogLevel::info,
             fmt::format("{} release{} without an exact day left out: a calendar has no place for "
                         "{}",
                         count, count == 1 ? "" : "s", count == 1 ? "it" : "them"),
             {{"without_day", count}});
}

void write(const std::vector<UpcomingRelease>& upcoming, const CatalogOptions& options, Day today,
           cli::Output& output) {
    const Millis now_ms = system_clock().now_ms();
    if (options.upcoming.ical) {
        tell_without_day(render::write_calendar(upcoming, now_ms, output));
    } else if (options.upcoming.atom) {
        render::write_feed(upcoming, feed_name(options), now_ms, output);
    } else if (options.common.json) {
        for (const UpcomingRelease& one : upcoming)
            output.json_line(render::upcoming_json(one, today));
    } else {
        render::print_upcoming(upcoming, cli::screen_of(options.common), output);
    }
}

}  // namespace

void declare_upcoming_options(CLI::App& upcoming, UpcomingOptions& options) {
    upcoming.add_option("--within", options.within, "Dated no later than so far from today")
        ->type_name("DURATION")
        ->check(cli::duration());
    upcoming
        .add_option("--today", options.today, "As if it were that day [default: today, in UTC]")
        ->type_name("YYYY-MM-DD");
    auto* ical = upcoming.add_flag("--ical", options.ical,
                                   "As a calendar (iCalendar), of those whose day is known");
    upcoming.add_flag("--atom", options.atom, "As a feed (Atom)")->excludes(ical);
}

int upcoming_command(CatalogueReader& catalogue, const CatalogOptions& options,
                     cli::Output& output) {
    if (options.common.json && (options.upcoming.ical || options.upcoming.atom)) {
        throw UsageError("--json goes with neither --ical nor --atom");
    }
    const Day today = today_of(options.upcoming, system_clock().now_ms());
    catalogue.in_one_view(
        [&] { write(upcoming_of(catalogue, options, today), options, today, output); });
    return cli::k_done;
}

}  // namespace pressings
