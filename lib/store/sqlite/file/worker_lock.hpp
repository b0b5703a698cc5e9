#pragma once

#include <cstdint>

#include "store/sqlite/file/file_lock.hpp"

namespace pressings::store::sqlite {

/// The byte that a worker holds while its process lives. Behind those that have names.
constexpr std::int64_t worker_byte(std::int64_t worker_id) {
    constexpr std::int64_t k_first = k_first_byte + 1024;
    return k_first + worker_id;
}

}  // namespace pressings::store::sqlite
