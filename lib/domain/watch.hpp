#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/mbid.hpp"
#include "domain/type_filter.hpp"

/// What is watched, so that new release groups come in by themselves.
namespace pressings {

/// What MusicBrainz lists release groups of.
enum class EntityType { artist, label, series };

/// All of them, in this order.
inline constexpr EntityType k_entity_types[] = {EntityType::artist, EntityType::label,
                                                EntityType::series};

std::string_view to_string(EntityType entity);
std::optional<EntityType> parse_entity_type(std::string_view name);

inline constexpr Millis k_day_ms = 24LL * 60 * 60 * 1000;

/// A watch as a user orders it.
struct WatchOrder {
    std::optional<EntityType> entity;  ///< nothing: a bare MBID, and the first look finds out
    Mbid mbid;
    TypeFilter types;
    Millis every_ms = 7 * k_day_ms;
    std::string queue = "default";
    int priority = 0;
};

/// The code of the error that ends the looking: MusicBrainz does not know what is watched.
inline constexpr std::string_view k_watch_gone = "gone";

/// What one job of a watch is to do: a part of a look, from a position in the list on. The parts
/// of a look follow one another, a job each.
struct WatchLook {
    std::optional<EntityType> entity;
    TypeFilter types;
    std::int64_t position = 0;

    friend bool operator==(const WatchLook&, const WatchLook&) = default;
};

/// "artist;album,-live;0", as the job's arguments have it.
std::string to_arguments(const WatchLook& look);
/// What is no such text is a look at everything, from the start.
WatchLook parse_watch_look(std::string_view arguments);

/// What comes after a part of a look.
struct NextLook {
    std::optional<WatchLook> at_once;  ///< the part that follows
    Millis look_at_ms = 0;             ///< when the next look is due otherwise
};

/// `done` is the part that was done, `ordered` what the watch wants by now: if that is another
/// thing, the look begins anew. `rest` is where the list goes on; nothing if it has ended.
NextLook next_look(const WatchLook& done, const WatchLook& ordered,
                   std::optional<std::int64_t> rest, Millis every_ms, Millis now_ms);

}  // namespace pressings
