// Where requests go, and how that is shown: what a user configured, and what a redirect says.
#include "base/text.hpp"
#include "fuzz/target.hpp"
#include "source/contact.hpp"
#include "source/host.hpp"
#include "source/http/http.hpp"
#include "source/release_source.hpp"

namespace pressings::fuzz {

namespace {

void take_shown(const std::string& url) {
    const std::string shown = source::shown_url(url);
    constexpr std::size_t k_longest_shown = 300 * 6 + 8;
    require(shown.size() <= k_longest_shown, "a URL is shown short");
    require(escape_controls(shown) == shown, "and safe");
}

void take_password(const std::string& input) {
    const std::string password = "a-secret-7b1f6e95";
    const std::string rest = input.substr(0, 100);
    if (rest.find(password) != std::string::npos) return;  // libFuzzer has learned it
    const std::string shown = source::shown_url("https://me:" + password + "@" + rest);
    require(shown.find(password) == std::string::npos, "a password is not shown");
}

void take_contact(const std::string& text) {
    if (!source::contact_fault(text).empty()) {
        require_safe_message(source::contact_fault(text));
        return;
    }
    require(escape_controls(text) == text && text.find_first_of(" ()\\") == std::string::npos,
            "a contact can stand in a comment of a User-Agent");
    source::is_example(text);
}

}  // namespace

void take(std::string_view input) {
    const std::string url{input};
    take_shown(url);
    take_password(url);
    take_contact(url);
    const auto host = source::host_of(url);
    if (host) {
        require(host->find_first_of("/?#@") == std::string::npos, "a host is no more than a host");
        require(*host == ascii_lower(*host), "and in small letters");
        require(source::default_rate(*host) >= 1, "whom it belongs to is found out");
    }
    try {
        if (host) source::make_source(url, {});
    } catch (const UsageError& error) {
        require_safe_message(std::string_view{error.what()}.substr(0, 4096));
    }
}

}  // namespace pressings::fuzz
