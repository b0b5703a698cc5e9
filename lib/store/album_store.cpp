#include "store/album_store.hpp"

namespace pressings::store {

std::string_view to_string(AddStatus status) {
    switch (status) {
        case AddStatus::created:
            return "created";
        case AddStatus::exists:
            return "exists";
        case AddStatus::updated:
            return "updated";
        case AddStatus::refreshed:
            return "refreshed";
    }
    return "exists";
}

}  // namespace pressings::store
