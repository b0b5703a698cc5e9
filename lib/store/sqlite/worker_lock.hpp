#pragma once

#include <cstdint>

namespace pressings::store::sqlite {

/// The byte of the lock file that a worker holds while its process lives. Behind those of writers.
constexpr std::int64_t worker_byte(std::int64_t worker_id) {
    constexpr std::int64_t k_first = 1024;
    return k_first + worker_id;
}

}  // namespace pressings::store::sqlite
