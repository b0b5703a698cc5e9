#pragma once

#include <string>
#include <vector>

#include "store/catalogue_reader.hpp"

namespace pressings {

/// What a filter's option asks for, by the option's name without dashes: "country", "catno".
/// `value` may be a list with commas, but for names, which may have commas of their own.
/// UsageError, without the option's name, if it is nothing that the option takes.
void add_term(store::Terms& terms, const std::string& key, const std::string& value);

/// The same, of a value of --exclude: "status=bootleg,pseudo-release".
void add_exclusion(store::Terms& terms, const std::string& exclusion);

/// What is wrong with a value of a filter's option, or of --exclude, in words; nothing if it will
/// do.
std::string fault_of_term(const std::string& key, const std::string& value);
std::string fault_of_exclusion(const std::string& exclusion);

/// Says on standard error which of the values nothing in the catalogue has, and what is near.
void warn_of_unknown_values(const store::Terms& terms, store::CatalogueReader& catalogue);

}  // namespace pressings
