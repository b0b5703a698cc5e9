#include "source/http/http.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/spares.hpp"
#include "base/text.hpp"
#include "domain/job.hpp"
#include "source/fault_table.hpp"
#include "source/http/libcurl.hpp"
#include "source/release_source.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_most_header_bytes = 256 << 10;
constexpr std::size_t k_longest_shown_url = 300;
constexpr Millis k_longest_wait_ms = Millis{24} * 60 * 60 * 1000;
constexpr long k_most_idle_connections = 4;

template <auto Function>
struct Calls {
    template <typename Handle>
    void operator()(Handle* handle) const {
        (libcurl().*Function)(handle);
    }
};
using Easy = std::unique_ptr<CURL, Calls<&Libcurl::easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Calls<&Libcurl::multi_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Calls<&Libcurl::slist_free_all>>;
using ResetAtEnd = std::unique_ptr<CURL, Calls<&Libcurl::easy_reset>>;

/// Connections of one thread at a time. A multi handle even for one request at a time: only that
/// can be woken.
struct Connections {
    Connections() {
        static const CURLcode ready = libcurl().global_init(CURL_GLOBAL_DEFAULT);
        multi.reset(libcurl().multi_init());
        easy.reset(libcurl().easy_init());
        if (ready != CURLE_OK || !multi || !easy) throw std::bad_alloc();
        libcurl().multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, k_most_idle_connections);
    }

    Multi multi;
    Easy easy;
};

class LentConnections : public Lent<Connections> {
  public:
    LentConnections() : Lent(spares(), [] { return std::make_unique<Connections>(); }) {}

  private:
    static Spares<Connections>& spares() {
        libcurl();  // loaded first, so that it goes last
        static Spares<Connections> all;
        return all;
    }
};

/// What arrives during one request.
struct Arrival {
    std::string body;
    std::size_t max_body_bytes = 0;
    std::size_t header_bytes = 0;
    bool is_too_large = false;
};

std::size_t take_body(const char* data, std::size_t, std::size_t size, void* arrival_pointer) {
    auto& arrival = *static_cast<Arrival*>(arrival_pointer);
    arrival.is_too_large = size > arrival.max_body_bytes - arrival.body.size();
    if (arrival.is_too_large) return 0;
    try {
        arrival.body.append(data, size);
    } catch (const std::bad_alloc&) {
        return 0;
    }
    return size;
}

std::size_t take_header(const char*, std::size_t, std::size_t size, void* arrival_pointer) {
    auto& arrival = *static_cast<Arrival*>(arrival_pointer);
    arrival.header_bytes += size;
    arrival.is_too_large = arrival.header_bytes > k_most_header_bytes;
    return arrival.is_too_large ? 0 : size;
}

void set_limits(CURL* easy, const HttpLimits& limits) {
    const Millis silence_s = std::max<Millis>(1, (limits.silence_timeout_ms + 999) / 1000);
    libcurl().easy_setopt(easy, CURLOPT_USERAGENT, limits.user_agent.c_str());
    libcurl().easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.request_timeout_ms));
    libcurl().easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                          static_cast<long>(limits.connect_timeout_ms));
    libcurl().easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    libcurl().easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(silence_s));
    libcurl().easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                          static_cast<curl_off_t>(limits.max_body_bytes));
}

void set_request(CURL* easy, const std::string& url, const curl_slist* headers) {
    libcurl().easy_setopt(easy, CURLOPT_URL, url.c_str());
    libcurl().easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    libcurl().easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    libcurl().easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    libcurl().easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    libcurl().easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

void set_arrival(CURL* easy, Arrival& arrival, std::array<char, CURL_ERROR_SIZE>& detail) {
    libcurl().easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    libcurl().easy_setopt(easy, CURLOPT_WRITEDATA, &arrival);
    libcurl().easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    libcurl().easy_setopt(easy, CURLOPT_HEADERDATA, &arrival);
    libcurl().easy_setopt(easy, CURLOPT_ERRORBUFFER, detail.data());
}

CURLcode result_of(CURLM* multi) {
    int left = 0;
    while (const CURLMsg* message = libcurl().multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE) return message->data.result;
    }
    return CURLE_FAILED_INIT;
}

/// Runs the request to its end; CURLE_ABORTED_BY_CALLBACK if stopped before it.
CURLcode run(CURLM* multi, const std::stop_token& stop) {
    const std::stop_callback wake{stop, [multi] { libcurl().multi_wakeup(multi); }};
    constexpr int k_longest_poll_ms = 1000;
    int running = 1;
    while (!stop.stop_requested()) {
        if (libcurl().multi_perform(multi, &running) != CURLM_OK) return CURLE_FAILED_INIT;
        if (running == 0) return result_of(multi);
        libcurl().multi_poll(multi, nullptr, 0, k_longest_poll_ms, nullptr);
    }
    return CURLE_ABORTED_BY_CALLBACK;
}

CURLcode perform(Connections& connections, const std::stop_token& stop) {
    CURL* easy = connections.easy.get();
    if (libcurl().multi_add_handle(connections.multi.get(), easy) != CURLM_OK)
        return CURLE_FAILED_INIT;
    const CURLcode result = run(connections.multi.get(), stop);
    libcurl().multi_remove_handle(connections.multi.get(), easy);
    return result;
}

std::optional<std::string> header(CURL* easy, const char* name) {
    curl_header* found = nullptr;
    if (libcurl().easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return std::nullopt;
    return std::string{found->value};
}

std::optional<Millis> retry_after_ms(CURL* easy) {
    if (!header(easy, "Retry-After")) return std::nullopt;
    curl_off_t seconds = 0;
    libcurl().easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds);
    return std::clamp<Millis>(seconds, 0, k_longest_wait_ms / 1000) * 1000;
}

/// A header that is nothing but a decimal number.
std::optional<std::int64_t> number_in(CURL* easy, const char* name) {
    const auto text = header(easy, name);
    std::int64_t number = 0;
    if (!text) return std::nullopt;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{} || stop != end || number < 0) return std::nullopt;
    return number;
}

/// MusicBrainz counts the requests of a time that ends at X-RateLimit-Reset, in seconds since 1970
/// (https://community.metabrainz.org/t/259737). That is by its own clock, which Date tells.
std::optional<Millis> used_up_for_ms(CURL* easy) {
    const auto remaining = number_in(easy, "X-RateLimit-Remaining");
    const auto reset_s = number_in(easy, "X-RateLimit-Reset");
    if (remaining != 0 || !reset_s) return std::nullopt;
    const auto date_s = libcurl().getdate(header(easy, "Date").value_or("").c_str(), nullptr);
    if (date_s < 0 || *reset_s <= date_s) return std::nullopt;
    return std::min<Millis>(*reset_s - date_s, k_longest_wait_ms / 1000) * 1000;
}

HttpAnswer collect_answer(CURL* easy, std::string body) {
    long status = 0;
    const char* redirect_url = nullptr;
    libcurl().easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    libcurl().easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect_url);
    HttpAnswer answer;
    answer.status = static_cast<int>(status);
    answer.body = std::move(body);
    answer.content_type = header(easy, "Content-Type").value_or("");
    answer.retry_after_ms = retry_after_ms(easy);
    answer.used_up_for_ms = used_up_for_ms(easy);
    answer.rate_limit_zone = header(easy, "X-RateLimit-Zone").value_or("");
    if (redirect_url != nullptr) answer.redirect_url = redirect_url;
    return answer;
}

[[noreturn]] void fail(const std::string& url, CURLcode result, std::string_view detail) {
    const Fault fault = classify_curl(result);
    const std::string_view reason = detail.empty() ? libcurl().easy_strerror(result) : detail;
    throw fault_error(fault, about(url, fmt::format("{} ({})", fault.explanation,
                                                    escape_controls(shorten(reason, 200)))));
}

void check_result(const std::string& url, CURLcode result, const Arrival& arrival,
                  std::string_view detail, const std::stop_token& stop) {
    if (result == CURLE_OK) return;
    if (stop.stop_requested()) {
        throw SourceError(ErrorKind::stopped, "stopped", about(url, "stopped"));
    }
    if (arrival.is_too_large) {
        fail(url, CURLE_FILESIZE_EXCEEDED,
             fmt::format("more than {} bytes", arrival.max_body_bytes));
    }
    fail(url, result == CURLE_WRITE_ERROR ? CURLE_OUT_OF_MEMORY : result, detail);
}

}  // namespace

HttpAnswer http_get(const std::string& url, const HttpLimits& limits, const std::stop_token& stop) {
    const LentConnections connections;
    CURL* easy = connections->easy.get();
    const HeaderList headers{libcurl().slist_append(nullptr, "Accept: application/json")};
    std::array<char, CURL_ERROR_SIZE> detail{};
    Arrival arrival;
    arrival.max_body_bytes = limits.max_body_bytes;
    const ResetAtEnd forget_what_goes_out_of_scope{easy};
    set_limits(easy, limits);
    set_request(easy, url, headers.get());
    set_arrival(easy, arrival, detail);
    const CURLcode result = perform(*connections, stop);
    check_result(url, result, arrival, detail.data(), stop);
    return collect_answer(easy, std::move(arrival.body));
}

void prepare_http() {
    const LentConnections made;
}

std::string about(const std::string& url, std::string_view what) {
    return with_address(what, shown_url(url));
}

std::string shown_url(const std::string& url) {
    std::string shown = url;
    const auto start = url.find("://");
    if (start != std::string::npos) {
        const auto at = url.substr(0, url.find_first_of("/?#", start + 3)).rfind('@');
        if (at != std::string::npos) shown.erase(start + 3, at + 1 - (start + 3));
    }
    return escape_controls(shorten(shown, k_longest_shown_url));
}

}  // namespace pressings::source
