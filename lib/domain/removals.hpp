#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"

namespace pressings {

/// What the catalogue loses because a source has it no longer: albums, and releases of albums that
/// stay. The releases of an album that goes are not counted with it, nor is a release of which the
/// source says where it is now.
struct Removals {
    std::int64_t albums = 0;
    std::int64_t releases = 0;

    std::int64_t all() const { return albums + releases; }
    Removals& operator+=(const Removals& more) {
        albums += more.albums;
        releases += more.releases;
        return *this;
    }
    friend bool operator==(const Removals&, const Removals&) = default;
};

/// How much may be removed before somebody is asked: a source that has lost much is more likely to
/// be a broken one. What was removed counts for a while, whichever run removed it, so that many
/// small runs come to no more than one.
struct RemovalLimit {
    Millis window_ms = Millis{24} * 3'600'000;
    std::int64_t albums = 3;
    std::int64_t releases = 10;
    double part = 0.1;  ///< of the releases that the run has looked at, if that is more
    /// What somebody said that this run may remove in all; it takes the place of the rest.
    std::optional<std::int64_t> allowed;

    /// Whether that much may be gone: within the window, and by this run, which has looked at so
    /// many releases.
    bool permits(const Removals& in_window, const Removals& by_run, std::int64_t looked_at) const;
};

}  // namespace pressings
