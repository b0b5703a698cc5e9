#pragma once

#include <vector>

#include "cli/output.hpp"
#include "cli/table.hpp"
#include "render/columns.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

// The catalogue for people. Outside text is made safe for a terminal.

/// Albums as a search found them, with where: the usual columns of a list, and one more.
class HitTable {
  public:
    HitTable();
    void add(const store::SearchHit& hit);
    const cli::Table& table() const { return m_table; }

  private:
    std::vector<AlbumColumn> m_columns;
    cli::Table m_table;
};

/// When, what and where on a line; then a line a field: "title: old -> new".
void print_change(const store::ChangeRecord& change, const cli::Screen& screen,
                  cli::Output& output);

/// What, where and why on a line; then the value, and what the catalogue has of the release.
void print_oddity(const store::OddityRecord& oddity, const cli::Screen& screen,
                  cli::Output& output);

}  // namespace pressings::render
