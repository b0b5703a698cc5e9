#pragma once

#include <string>

#include <CLI/App.hpp>

#include "base/time.hpp"
#include "domain/type_filter.hpp"
#include "domain/watch.hpp"

namespace pressings {

struct ImportRequest;

/// What album-import was asked to do about watches.
struct WatchRequest {
    bool order = false;  ///< what is named is to be watched
    bool end = false;    ///< and no longer
    bool list = false;
    Millis every_ms = 7 * k_day_ms;

    bool any() const { return order || end || list; }
};

/// Options as they are typed.
struct TypedWatch {
    std::string every;
    std::string types;
    std::string excluded_types;
};

void declare_watches(CLI::App& app, WatchRequest& request, TypedWatch& typed);

/// UsageError for a type that MusicBrainz does not have, or an interval that is too short.
void understand_watches(ImportRequest& request, const TypedWatch& typed);

/// UsageError for what does not go with it.
void check_watches(const ImportRequest& request, const TypedWatch& typed);

}  // namespace pressings
