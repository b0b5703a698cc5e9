#include "source/http/redirects.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"
#include "source/host.hpp"
#include "source/http/http.hpp"

namespace pressings::source {

namespace {

bool is_https(std::string_view url) {
    return ascii_lower(url.substr(0, 8)) == "https://";
}

}  // namespace

std::string redirect_target(const std::string& url, const std::string& target) {
    const auto from = host_of(url);
    const auto to = host_of(target);
    if (to && (is_https(target) || !is_https(url))) return target;
    if (to && to == from) return "https" + target.substr(target.find("://"));
    throw answer_error(
        "bad_redirect",
        about(url, fmt::format("redirects to {}, which is not followed", shown_url(target))));
}

}  // namespace pressings::source
