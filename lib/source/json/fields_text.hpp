#pragma once

namespace pressings::source {

/// FIELDS.md, as it is written.
extern const char* const k_fields_text;

}  // namespace pressings::source
