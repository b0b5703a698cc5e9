#pragma once

#include <string>
#include <string_view>

namespace pressings::store::postgresql {

/// The statement in PostgreSQL's words; see dialect.cpp for what is put in place of what.
std::string translated(std::string_view sql);

}  // namespace pressings::store::postgresql
