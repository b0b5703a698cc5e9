#pragma once

#include <atomic>
#include <cstddef>
#include <stop_token>
#include <string>

#include "source/http/http.hpp"
#include "source/release_source.hpp"

namespace pressings::source {

/// Whether a service has shown that it is MusicBrainz: by an answer that names what was asked for,
/// unless something else than MusicBrainz has answered since. Safe from several threads.
class Identity {
  public:
    void show() { m_is_shown = true; }
    void doubt() { m_is_shown = false; }
    bool is_shown() const { return m_is_shown; }

  private:
    std::atomic<bool> m_is_shown = false;
};

/// The questions asked of a web service for one call of its source, and what they cost.
class Ws2Session {
  public:
    /// `root`, `options` and `identity` must outlive it.
    Ws2Session(const std::string& root, const SourceOptions& options, Identity& identity,
               std::stop_token stop);

    /// The JSON answer to GET `root` + `path_and_query`. Follows redirects, asks again in place
    /// after a passing trouble and waits for a busy service, each as often as the options allow;
    /// then SourceError.
    std::string ask(const std::string& path_and_query);

    /// HTTP requests made, hops of redirects and repetitions included.
    int requests() const { return m_requests; }

  private:
    struct Patience;

    std::string ask_once(std::string url);
    HttpAnswer request(const std::string& url);
    static std::string checked_body(const std::string& url, HttpAnswer answer);
    void be_patient(const SourceError& error, Patience& patience);
    void wait_for_busy_service(const SourceError& error, Patience& patience);
    void wait(Millis wait_ms);
    [[noreturn]] void stop_here() const;

    const std::string& m_root;
    const SourceOptions& m_options;
    Identity& m_identity;
    HttpLimits m_limits;
    std::stop_token m_stop;
    int m_requests = 0;
    Millis m_waited_ms = 0;  ///< for a busy service
    std::size_t m_bytes = 0;
};

}  // namespace pressings::source
