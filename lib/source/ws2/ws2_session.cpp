#include "source/ws2/ws2_session.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"
#include "source/http/redirects.hpp"
#include "source/json/json_error.hpp"

namespace pressings::source {

namespace {

constexpr int k_most_redirects = 5;
constexpr int k_ok = 200;
constexpr std::size_t k_longest_shown_body = 200;

// A server that goes on for ever is left at the first of these: the largest groups of MusicBrainz
// need some dozen requests and some megabytes.
constexpr int k_most_requests = 5'000;
constexpr std::size_t k_most_bodies = 16;  // of the largest size allowed for one

bool is_redirect(const HttpAnswer& answer) {
    return answer.status >= 301 && answer.status <= 308 && !answer.redirect_url.empty();
}

/// An answer to read: JSON by its type, or without any. A portal or a proxy sends text/html.
bool may_be_json(const HttpAnswer& answer) {
    return answer.content_type.empty() || is_json_type(answer.content_type);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view k_white = " \t\r\n";
    const auto first = text.find_first_not_of(k_white);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(k_white) + 1 - first);
}

/// MusicBrainz says which of its limits was hit: that of an address, or "global", its own load.
std::string zone_of(const HttpAnswer& answer) {
    if (answer.rate_limit_zone.empty()) return {};
    return fmt::format(" (limit: {})", escape_controls(shorten(answer.rate_limit_zone, 60)));
}

Voice voice_of(const HttpAnswer& answer) {
    const auto error = service_error(answer.body, answer.content_type);
    const bool must_say_so = answer.status == 404 || answer.status == 410;
    const bool is_own = error && (!must_say_so || says_not_found(*error));
    return is_own ? Voice::musicbrainz : Voice::anybody;
}

[[noreturn]] void fail(const std::string& url, const HttpAnswer& answer) {
    const Fault fault = classify_status(answer.status, voice_of(answer));
    const std::string said = escape_controls(shorten(answer.body, k_longest_shown_body));
    SourceError error = fault_error(
        fault, about(url, fmt::format("{} (HTTP {}){}: {}", fault.explanation, answer.status,
                                      zone_of(answer), said.empty() ? "no further word" : said)));
    if (fault.kind == ErrorKind::throttled) {
        error.retry_after_ms = std::max(answer.retry_after_ms, answer.used_up_for_ms);
    }
    throw error;
}

/// What cannot be an answer to any question is told from one that is odd: it is asked again.
void check_is_answer(const std::string& url, const HttpAnswer& answer) {
    const std::string_view body = trimmed(answer.body);
    const auto said = [&] { return escape_controls(shorten(body, k_longest_shown_body)); };
    if (!may_be_json(answer)) {
        throw answer_error(
            "not_json",
            about(url,
                  fmt::format("the answer is {}, not JSON: does something stand between us and "
                              "the service, such as a log-in page?",
                              escape_controls(shorten(answer.content_type, 60)))));
    }
    if (body.empty()) {
        throw answer_error("not_json", about(url, "the answer is empty"));
    }
    if (body.front() != '{') {
        throw answer_error("not_json",
                           about(url, "the answer is called JSON and is none: " + said()));
    }
    if (body.back() != '}') {
        throw answer_error("bad_answer", about(url, "the answer ends before its end"));
    }
    if (service_error(body, "application/json")) {
        throw answer_error("error_answer",
                           about(url, "an error in place of the answer: " + said()));
    }
}

/// Waits, unless `stop` is or gets requested.
void wait_for(Millis wait_ms, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock{mutex};
    stopped.wait_for(lock, stop, std::chrono::milliseconds{wait_ms}, [] { return false; });
}

}  // namespace

/// How often one question was repeated already.
struct Ws2Session::Patience {
    std::size_t retries = 0;
    std::size_t busy = 0;
};

Ws2Session::Ws2Session(const std::string& root, const SourceOptions& options, Identity& identity,
                       std::stop_token stop)
    : m_root(root), m_options(options), m_identity(identity), m_stop(std::move(stop)) {
    m_limits.user_agent = options.user_agent;
    m_limits.request_timeout_ms = options.request_timeout_ms;
    m_limits.connect_timeout_ms = options.connect_timeout_ms;
    // Who grants a request more time grants it to a server that says nothing meanwhile, too.
    m_limits.silence_timeout_ms =
        std::max(options.silence_timeout_ms, options.request_timeout_ms / 2);
    m_limits.max_body_bytes = options.max_body_bytes;
}

std::string Ws2Session::ask(const std::string& path_and_query) {
    Patience patience;
    while (true) {
        try {
            std::string answer = ask_once(m_root + path_and_query);
            if (m_options.on_answer) m_options.on_answer(answer);
            return answer;
        } catch (const SourceError& error) {
            if (error.kind == ErrorKind::transient) m_identity.doubt();
            if (error.reach == Reach::turned_away && m_options.gate != nullptr) {
                m_options.gate->close(error);
            }
            be_patient(error, patience);
        }
    }
}

std::string Ws2Session::ask_once(std::string url) {
    for (int hop = 0; hop <= k_most_redirects; ++hop) {
        HttpAnswer answer = request(url);
        if (!is_redirect(answer)) return checked_body(url, std::move(answer));
        url = redirect_target(url, answer.redirect_url);
    }
    throw answer_error(
        "too_many_redirects",
        about(url, fmt::format("more than {} redirects, one after the other", k_most_redirects)));
}

HttpAnswer Ws2Session::request(const std::string& url) {
    if (m_requests >= k_most_requests || m_bytes > k_most_bodies * m_options.max_body_bytes) {
        throw answer_error("no_end", about(url, fmt::format("no end after {} requests and {} bytes",
                                                            m_requests, m_bytes)));
    }
    prepare_http();
    if (m_options.gate != nullptr && !m_options.gate->wait_turn(m_stop)) stop_here();
    if (m_stop.stop_requested()) stop_here();
    ++m_requests;
    HttpAnswer answer = http_get(url, m_limits, m_stop);
    m_bytes += answer.body.size();
    if (m_options.gate != nullptr && answer.used_up_for_ms) {
        m_options.gate->hold_off(*answer.used_up_for_ms);
    }
    return answer;
}

std::string Ws2Session::checked_body(const std::string& url, HttpAnswer answer) {
    if (answer.status != k_ok) fail(url, answer);
    check_is_answer(url, answer);
    return std::move(answer.body);
}

/// Returns when it is time to ask again, throws `error` when it is not worth it.
void Ws2Session::be_patient(const SourceError& error, Patience& patience) {
    if (error.kind == ErrorKind::throttled && error.again == Again::at_once) {
        wait_for_busy_service(error, patience);
    } else if (error.kind == ErrorKind::transient && error.again == Again::at_once &&
               patience.retries < m_options.retry_waits_ms.size()) {
        wait(m_options.retry_waits_ms[patience.retries++]);
    } else {
        throw error;
    }
}

/// Everybody waits, whether it ends the attempt or not: the gate is shared.
void Ws2Session::wait_for_busy_service(const SourceError& error, Patience& patience) {
    const auto& waits = m_options.busy_waits_ms;
    const Millis asked_ms = error.retry_after_ms.value_or(0);
    const bool was_last = patience.busy >= waits.size();
    const Millis usual_ms = was_last ? 0 : waits[patience.busy];
    const Millis wait_ms = asked_ms > 0 ? asked_ms : usual_ms;
    const bool is_last = was_last || asked_ms > waits.back() ||
                         m_waited_ms + wait_ms > m_options.longest_busy_wait_ms;
    ++patience.busy;
    m_waited_ms += wait_ms;
    if (m_options.gate != nullptr) m_options.gate->hold_off(wait_ms);
    if (is_last) throw error;
    if (m_options.gate == nullptr) wait(wait_ms);
}

void Ws2Session::wait(Millis wait_ms) {
    wait_for(wait_ms, m_stop);
    if (m_stop.stop_requested()) stop_here();
}

void Ws2Session::stop_here() const {
    throw SourceError(ErrorKind::stopped, "stopped", "stopped between two requests");
}

}  // namespace pressings::source
