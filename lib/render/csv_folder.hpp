#pragma once

#include <map>
#include <memory>
#include <string>

#include "cli/csv.hpp"
#include "cli/output_folder.hpp"
#include "render/part_rows.hpp"

namespace pressings::render {

struct CsvStyle {
    cli::Formulas formulas = cli::Formulas::keep;
    bool byte_order_mark = false;
};

/// The tables of the catalogue as a folder of CSV files, each named as its table, with a
/// `datapackage.json` that says what each column is (https://specs.frictionlessdata.io/).
class CsvFolder final : public RowSink {
  public:
    /// Begins one that will be at `path`; errors as of cli::OutputFolder.
    CsvFolder(const std::string& path, const CsvStyle& style, std::string_view option);
    ~CsvFolder() override;

    void row(const RowTable& table, const std::vector<std::string>& cells) override;
    void keep() override;

  private:
    struct TableFile;

    cli::OutputFolder m_folder;
    std::map<const RowTable*, std::unique_ptr<TableFile>> m_files;
};

}  // namespace pressings::render
