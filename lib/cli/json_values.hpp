#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/time.hpp"
#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

namespace pressings::cli {

/// What is not known is null.
template <typename Value>
nlohmann::ordered_json or_null(const std::optional<Value>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

inline nlohmann::ordered_json or_null(const std::optional<Mbid>& mbid) {
    return mbid ? nlohmann::ordered_json(mbid->to_string()) : nlohmann::ordered_json(nullptr);
}

inline nlohmann::ordered_json or_null(const std::optional<PartialDate>& date) {
    return date ? nlohmann::ordered_json(date->to_string()) : nlohmann::ordered_json(nullptr);
}

/// A point in time as RFC 3339.
inline nlohmann::ordered_json time_or_null(const std::optional<Millis>& time_ms) {
    return time_ms ? nlohmann::ordered_json(format_time(*time_ms))
                   : nlohmann::ordered_json(nullptr);
}

/// Each item as `to_json` has it.
template <typename Items, typename ToJson>
nlohmann::ordered_json list_json(const Items& items, ToJson to_json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& item : items)
        list.push_back(to_json(item));
    return list;
}

}  // namespace pressings::cli
