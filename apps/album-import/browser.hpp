#pragma once

#include <string>

namespace pressings {

/// Shows a page in the user's browser: $BROWSER, else xdg-open; waits until that has begun, or, in
/// a terminal, ended. Whether it could be started.
bool open_in_browser(const std::string& url);

}  // namespace pressings
