#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/output.hpp"

namespace pressings::cli {

struct CommonOptions;

/// Who hears what a command did: programs, people, or with --quiet nobody, as long as all went
/// well.
enum class Audience { programs, people, nobody };

Audience audience_of(const CommonOptions& options);

/// Tells it, as JSON or as text.
void tell(Output& output, const CommonOptions& options, const nlohmann::ordered_json& json,
          const std::string& text);

}  // namespace pressings::cli
