#pragma once

#include "cli/output.hpp"
#include "options.hpp"
#include "store/watch_list.hpp"

/// What album-import does about watches. Each gives the exit status.
namespace pressings {

int order_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output);
int end_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output);
int list_watches(const ImportRequest& request, store::WatchList& watches, cli::Output& output);

}  // namespace pressings
