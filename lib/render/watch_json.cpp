#include "render/watch_json.hpp"

#include "cli/json_values.hpp"
#include "render/job_json.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

template <typename Value>
ordered_json name_or_null(const std::optional<Value>& value) {
    return value ? ordered_json(to_string(*value)) : ordered_json(nullptr);
}

bool is_open(const store::WatchRecord& watch) {
    return watch.job_state == JobState::pending || watch.job_state == JobState::running;
}

}  // namespace

std::string watch_state(const store::WatchRecord& watch, Millis now_ms) {
    if (watch.gone) return "gone";
    if (is_open(watch)) return "looking";
    return watch.next_at_ms.value_or(0) <= now_ms ? "due" : "waiting";
}

ordered_json watch_json(const store::WatchRecord& watch, Millis now_ms) {
    const WatchOrder& order = watch.order;
    return {{"entity", name_or_null(order.entity)},
            {"mbid", order.mbid.to_string()},
            {"name", cli::or_null(watch.name)},
            {"types", order.types.wanted},
            {"excluded_types", order.types.excluded},
            {"every_s", order.every_ms / 1000},
            {"queue", order.queue},
            {"priority", order.priority},
            {"state", watch_state(watch, now_ms)},
            {"created_at", format_time(watch.created_at_ms)},
            {"looked_at", cli::time_or_null(watch.looked_at_ms)},
            {"next_at", cli::time_or_null(watch.next_at_ms)},
            {"found", watch.found},
            {"position", watch.position},
            {"job_id", cli::or_null(watch.job_id)},
            {"job_state", name_or_null(watch.job_state)},
            {"error", error_json(watch.gone ? watch.gone : watch.job_error)}};
}

}  // namespace pressings::render
