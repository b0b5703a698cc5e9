#pragma once

#include "cli/common_options.hpp"
#include "cli/output_file.hpp"

/// What the tools write into files of their own, so that they write over nothing else.
namespace pressings::cli {

/// `release-catalog export`, in each of its forms.
extern const OutputKind k_export_kind;
/// `release-worker status`, as JSON or for Prometheus.
extern const OutputKind k_status_kind;
/// The refused records of `album-import`.
extern const OutputKind k_rejects_kind;

/// UsageError if `file`, which `option` names, is the database or one of the files that belong to
/// it, by whatever path.
void refuse_database(const CommonOptions& options, std::string_view option,
                     const std::string& file);

}  // namespace pressings::cli
