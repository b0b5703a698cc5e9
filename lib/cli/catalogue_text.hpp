#pragma once

#include "cli/output.hpp"
#include "cli/table.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::cli {

/// The catalogue for people. Outside text is made safe for a terminal.
Table album_table();
void add_album(Table& table, const store::AlbumRecord& album);

Table release_table();
void add_release(Table& table, const store::ReleaseRecord& release);

/// An album as a heading; its releases with media and tracks follow by `print_release`.
void print_album(const store::AlbumRecord& album, Output& output);
void print_release(const store::ReleaseRecord& release, Output& output);

/// When, what and where on a line; then a line a field: "title: old -> new".
void print_change(const store::ChangeRecord& change, Output& output);

/// What, where and why on a line; then the value, and what the catalogue has of the release.
void print_oddity(const store::OddityRecord& oddity, Output& output);

void print_stats(const store::CatalogueStats& stats, Output& output);

}  // namespace pressings::cli
