#include "store/watch_list.hpp"

namespace pressings::store {

std::string_view to_string(WatchChange change) {
    switch (change) {
        case WatchChange::created:
            return "created";
        case WatchChange::updated:
            return "updated";
        case WatchChange::exists:
            return "exists";
    }
    return "exists";
}

}  // namespace pressings::store
