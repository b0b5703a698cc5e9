#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"
#include "store/sql/unit_of_work.hpp"

namespace pressings::store::sql {

/// Puts in the albums that a list had, and those that its releases belong to; each that is new gets
/// a job in this queue, of this priority. How many were new.
std::int64_t add_found(UnitOfWork& work, const std::vector<Album>& albums,
                       const std::vector<Mbid>& releases, const std::string& queue, int priority);

}  // namespace pressings::store::sql
