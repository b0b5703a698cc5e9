#pragma once

#include "cli/output.hpp"
#include "cli/table.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// The catalogue for people. Outside text is made safe for a terminal.

/// Albums as a search found them, with where.
cli::Table hit_table();
void add_hit(cli::Table& table, const store::SearchHit& hit);

/// When, what and where on a line; then a line a field: "title: old -> new".
void print_change(const store::ChangeRecord& change, cli::Output& output);

/// What, where and why on a line; then the value, and what the catalogue has of the release.
void print_oddity(const store::OddityRecord& oddity, cli::Output& output);

}  // namespace pressings::render
