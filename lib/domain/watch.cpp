#include "domain/watch.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace pressings {

namespace {

constexpr std::string_view k_names[] = {"artist", "label", "series"};

std::string_view take_part(std::string_view& text) {
    const auto end = std::min(text.find(';'), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::int64_t read_position(std::string_view text) {
    std::int64_t position = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    const bool is_number = error == std::errc{} && stop == text.data() + text.size();
    return is_number && position > 0 ? position : 0;
}

}  // namespace

std::string_view to_string(EntityType entity) {
    return k_names[static_cast<std::size_t>(entity)];
}

std::optional<EntityType> parse_entity_type(std::string_view name) {
    for (const EntityType entity : k_entity_types) {
        if (to_string(entity) == name) return entity;
    }
    return std::nullopt;
}

std::string to_arguments(const WatchLook& look) {
    return fmt::format("{};{};{}", look.entity ? to_string(*look.entity) : "", to_text(look.types),
                       look.position);
}

WatchLook parse_watch_look(std::string_view arguments) {
    WatchLook look;
    look.entity = parse_entity_type(take_part(arguments));
    look.types = parse_type_filter(take_part(arguments));
    look.position = read_position(take_part(arguments));
    return look;
}

NextLook next_look(const WatchLook& done, const WatchLook& ordered,
                   std::optional<std::int64_t> rest, Millis every_ms, Millis now_ms) {
    NextLook next{std::nullopt, now_ms + every_ms};
    if (done.types != ordered.types) {
        next.at_once = WatchLook{ordered.entity, ordered.types, 0};
    } else if (rest && *rest > done.position) {
        next.at_once = WatchLook{ordered.entity, ordered.types, *rest};
    }
    return next;
}

}  // namespace pressings
