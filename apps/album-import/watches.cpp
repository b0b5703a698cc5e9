#include "watches.hpp"

#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/audience.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "cli/table.hpp"
#include "render/watch_json.hpp"

namespace pressings {

namespace {

using nlohmann::ordered_json;

/// What became of one that was named.
struct Line {
    std::string status;
    std::optional<Mbid> mbid{};
    std::optional<EntityType> entity{};
    std::optional<std::string> name{};
    std::optional<std::int64_t> job_id{};
    std::optional<intake::Refusal> refusal{};
};

/// Writes what became of each, and counts it.
class WatchReport {
  public:
    WatchReport(const ImportRequest& request, cli::Output& output)
        : m_request(request), m_output(output) {}

    void add(const Line& line) {
        ++m_line;
        ++m_counts[line.status];
        const auto audience = cli::audience_of(m_request.common);
        if (line.refusal) {
            cli::log(cli::LogLevel::warning,
                     fmt::format("argument {}: rejected ({}): {}", m_line, line.refusal->code,
                                 line.refusal->message));
        }
        if (audience == cli::Audience::programs) return m_output.json_line(json(line));
        if (audience == cli::Audience::nobody || line.refusal) return;
        m_output.line(fmt::format(
            "{:<9} {:<6} {} job {}{}", line.status, line.entity ? to_string(*line.entity) : "-",
            line.mbid->to_string(), line.job_id ? std::to_string(*line.job_id) : "-",
            line.name ? " " + escape_controls(*line.name) : ""));
    }

    int finish() const {
        std::string text;
        ordered_json counts{{"dry_run", m_request.dry_run}};
        for (const auto& [status, count] : m_counts) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", status, count);
            counts[status] = count;
        }
        cli::log(cli::LogLevel::info, (m_request.dry_run ? "dry run: " : "") + text, counts);
        return m_counts.contains("rejected") ? cli::k_part_failed : cli::k_done;
    }

  private:
    ordered_json json(const Line& line) const {
        ordered_json json{
            {"line", m_line},
            {"status", line.status},
            {"mbid", cli::or_null(line.mbid)},
            {"entity", line.entity ? ordered_json(to_string(*line.entity)) : ordered_json(nullptr)},
            {"name", cli::or_null(line.name)},
            {"job_id", cli::or_null(line.job_id)},
            {"dry_run", m_request.dry_run}};
        if (line.refusal) {
            json["error"] = {{"code", line.refusal->code}, {"message", line.refusal->message}};
        }
        return json;
    }

    const ImportRequest& m_request;
    cli::Output& m_output;
    std::int64_t m_line = 0;
    std::map<std::string, std::int64_t> m_counts;
};

Line refused(intake::Refusal refusal) {
    Line line;
    line.status = "rejected";
    line.refusal = std::move(refusal);
    return line;
}

/// Calls `apply` for each that is named and can be read, and reports what it gives.
template <typename Apply>
int for_each_named(const ImportRequest& request, cli::Output& output, Apply apply) {
    WatchReport report{request, output};
    for (const std::string& text : request.albums) {
        const auto read = intake::read_entity_reference(text);
        if (const auto* refusal = std::get_if<intake::Refusal>(&read)) {
            report.add(refused(*refusal));
        } else {
            report.add(apply(std::get<intake::EntityReference>(read)));
        }
    }
    return report.finish();
}

/// "7d", "36h": as it is typed.
std::string interval(Millis every_ms) {
    constexpr Millis k_hour = 60 * 60 * 1000;
    if (every_ms % k_day_ms == 0) return fmt::format("{}d", every_ms / k_day_ms);
    if (every_ms % k_hour == 0) return fmt::format("{}h", every_ms / k_hour);
    return format_duration(every_ms);
}

std::string types_text(const TypeFilter& types) {
    return types.takes_all() ? "all" : to_text(types);
}

std::string next_text(const store::WatchRecord& watch, Millis now_ms) {
    const std::string state = render::watch_state(watch, now_ms);
    if (state == "waiting") return format_time(*watch.next_at_ms);
    if (state == "looking") return fmt::format("job {}", watch.job_id.value_or(0));
    return state == "due" ? "now" : "gone";
}

/// What is wrong, where something is.
std::string trouble(const store::WatchRecord& watch) {
    if (watch.gone) return in_one_line(*watch.gone);
    return watch.job_error ? in_one_line(*watch.job_error) : "";
}

}  // namespace

int order_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output) {
    return for_each_named(request, output, [&](const intake::EntityReference& named) {
        const WatchOrder order{named.entity,           named.mbid,
                               request.types,          request.watch.every_ms,
                               request.defaults.queue, request.defaults.priority};
        const auto ordered = watches.order(order, request.mode());
        return Line{std::string{to_string(ordered.change)},
                    named.mbid,
                    named.entity,
                    {},
                    ordered.job_id,
                    {}};
    });
}

int end_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output) {
    return for_each_named(request, output, [&](const intake::EntityReference& named) {
        const auto ended = watches.end(named.mbid, request.mode());
        if (ended) return Line{"ended", named.mbid, ended->order.entity, ended->name, {}, {}};
        return refused(
            {"no_such_watch", fmt::format("{} is not watched; album-import --watches shows what is",
                                          named.mbid.to_string())});
    });
}

int list_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output) {
    const auto all = watches.all();
    const Millis now = system_clock().now_ms();
    if (request.common.json) {
        for (const auto& watch : all)
            output.json_line(render::watch_json(watch, now));
        return cli::k_done;
    }
    if (all.empty()) {
        cli::log(cli::LogLevel::info,
                 "nothing is watched; album-import --watch URL watches an "
                 "artist, a label or a series");
        return cli::k_done;
    }
    using Align = cli::Table::Align;
    cli::Table table{{{"ENTITY"},
                      {"MBID", Align::left, false, 1},
                      {"NAME", Align::left, true},
                      {"TYPES", Align::left, true, 4},
                      {"EVERY", Align::right, false, 3},
                      {"LOOKED AT", Align::left, false, 2},
                      {"FOUND", Align::right},
                      {"NEXT", Align::left},
                      {"ERROR", Align::left, true, 5}}};
    for (const auto& watch : all) {
        const WatchOrder& order = watch.order;
        table.add_row({order.entity ? std::string{to_string(*order.entity)} : "-",
                       order.mbid.to_string(), watch.name.value_or(order.mbid.to_string()),
                       types_text(order.types), interval(order.every_ms),
                       watch.looked_at_ms ? format_time(*watch.looked_at_ms) : "-",
                       std::to_string(watch.found), next_text(watch, now), trouble(watch)});
    }
    table.print(output, cli::screen_of(request.common));
    return cli::k_done;
}

}  // namespace pressings
