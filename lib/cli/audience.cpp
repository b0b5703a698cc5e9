#include "cli/audience.hpp"

#include <nlohmann/json.hpp>

#include "cli/common_options.hpp"

namespace pressings::cli {

Audience audience_of(const CommonOptions& options) {
    if (options.json) return Audience::programs;
    return options.quiet ? Audience::nobody : Audience::people;
}

void tell(Output& output, const CommonOptions& options, const nlohmann::ordered_json& json,
          const std::string& text) {
    switch (audience_of(options)) {
        case Audience::programs:
            return output.json_line(json);
        case Audience::people:
            return output.line(text);
        case Audience::nobody:
            return;
    }
}

}  // namespace pressings::cli
