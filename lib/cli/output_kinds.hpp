#pragma once

#include "cli/common_options.hpp"
#include "cli/output_file.hpp"

/// What the tools write into files of their own, so that they write over nothing else.
namespace pressings::cli {

/// `release-catalog export`, in each of its forms.
extern const OutputKind k_export_kind;
/// The database that `release-catalog export --sqlite` makes, which has "PrTb" as its
/// application_id (https://www.sqlite.org/fileformat2.html#application_id).
extern const OutputKind k_tables_kind;
inline constexpr int k_tables_application_id = 0x50725462;
/// `release-worker status`, as JSON or for Prometheus.
extern const OutputKind k_status_kind;
/// The albums that are open and their candidates, of `album-import`.
extern const OutputKind k_candidates_kind;
/// The refused records of `album-import`.
extern const OutputKind k_rejects_kind;

/// UsageError if `file`, which `option` names, is the database or one of the files that belong to
/// it, by whatever path.
void refuse_database(const CommonOptions& options, std::string_view option,
                     const std::string& file);

}  // namespace pressings::cli
