#pragma once

namespace pressings::store {

/// Whether a verb does what it says, or only tells what it would do.
enum class Mode { write, dry_run };

}  // namespace pressings::store
