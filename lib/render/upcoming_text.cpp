#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/json_values.hpp"
#include "cli/table.hpp"
#include "render/catalogue_json.hpp"
#include "render/release_text.hpp"
#include "render/upcoming.hpp"

namespace pressings::render {

namespace {

using Align = cli::Table::Align;

std::vector<std::string> row(const Release& release) {
    std::string title = release.title;
    if (release.disambiguation) title += " (" + *release.disambiguation + ")";
    const std::string status = release.status.value_or("");
    return {date_text(release.date),
            credit_text(release.artist_credit),
            title,
            release.country.value_or(""),
            media_text(release),
            label_names(release),
            status == "Official" ? "" : status};
}

cli::Table table(const std::vector<UpcomingRelease>& upcoming) {
    cli::Table table{{{"DATE"},
                      {"ARTIST", Align::left, true},
                      {"TITLE", Align::left, true},
                      {"CC"},
                      {"MEDIA", Align::left, true},
                      {"LABEL", Align::left, true},
                      {"STATUS", Align::left, true, 2},
                      {"MBID", Align::left, false, 1}}};
    bool is_certain = true;
    for (const UpcomingRelease& one : upcoming) {
        if (is_certain && one.ahead == Ahead::maybe) {
            table.add_line("out already, or still to come", cli::Table::Weight::bold);
            is_certain = false;
        }
        auto cells = row(one.record.release);
        cells.push_back(one.record.release.mbid.to_string());
        table.add_row(std::move(cells));
    }
    return table;
}

}  // namespace

nlohmann::ordered_json upcoming_json(const UpcomingRelease& upcoming, Day today) {
    const auto day = exact_day(*upcoming.record.release.date);
    return {{"date", cli::or_null(upcoming.record.release.date)},
            {"certain", upcoming.ahead == Ahead::yes},
            {"days", day ? nlohmann::ordered_json((*day - today).count())
                         : nlohmann::ordered_json(nullptr)},
            {"release", release_json(upcoming.record)}};
}

void print_upcoming(const std::vector<UpcomingRelease>& upcoming, const cli::Screen& screen,
                    cli::Output& output) {
    table(upcoming).print(output, screen);
}

}  // namespace pressings::render
