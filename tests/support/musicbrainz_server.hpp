#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "support/identifier_answers.hpp"
#include "support/search_index.hpp"
#include "support/served_releases.hpp"

namespace pressings::test {

/// A way to answer a request wrongly, in place of the right answer.
struct Fault {
    enum class Manner {
        whole,         ///< `status`, `headers` and `body`, complete
        delayed,       ///< the right answer, `pause_ms` late
        trickled,      ///< `body`, a byte every `pause_ms`
        cut_off,       ///< half of `body`, then the connection is closed
        never_ending,  ///< `body` over and over
    };
    Manner manner = Manner::whole;
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::string content_type = "application/json; charset=utf-8";
    Millis pause_ms = 0;
};

Fault status_fault(int status, std::string body = "");
/// As MusicBrainz words its errors itself: JSON with "error" and "help".
Fault own_error(int status, std::string_view error = "Not Found");
/// An error page of some web server.
Fault html_error(int status);
Fault too_fast();      ///< 503, retry-after 1, the limit of an address
Fault service_busy();  ///< 503, retry-after 0, x-ratelimit-zone global
Fault redirect_to(const std::string& location);
Fault html_page();  ///< 200, as a portal answers
Fault garbage();    ///< 200, called JSON, bytes of no meaning
Fault cut_off();
Fault never_ending();
Fault trickled(Millis pause_ms);
Fault delayed(Millis pause_ms);

struct LoggedRequest {
    std::string target;  ///< path and query
    std::string user_agent;
    std::string accept_encoding;
    Millis at_ms = 0;  ///< of a steady clock
    int client_port = 0;
    std::size_t number = 0;  ///< from 1
};

/// MusicBrainz on an address of this machine, at a port of its own: genuine releases under the
/// service's own rules (see ServedReleases), and whatever faults a test asks for. A request that
/// changes nothing may come from any thread at any time.
class MusicBrainzServer {
  public:
    enum class KeepAlive { no, yes };

    /// Listens on return. Without keep-alive it also goes away without delay.
    explicit MusicBrainzServer(KeepAlive keep_alive = KeepAlive::no,
                               std::string address = "127.0.0.1");
    ~MusicBrainzServer();

    int port() const;

    /// "http://ADDRESS:PORT/ws/2"
    std::string root() const;

    /// Every release in the lookups and browse answers of `folder`, but for those that lack their
    /// release group or media.
    void add_folder(const std::filesystem::path& folder);
    void add_file(const std::filesystem::path& file);

    /// A collection that somebody has made there, and a series as a lookup gives it.
    void add_collection(const std::string& mbid, ServedCollection collection);
    void add_series(const std::string& mbid, std::string json);

    /// Changes what is served; no request is answered meanwhile.
    void change(const std::function<void(ServedReleases&)>& change);

    /// How its searches take a query; boolean at first.
    void search_by(SearchManner manner);

    /// The next request without a fault of its own gets this one.
    void fail_next(Fault fault);

    /// Asked for each request before anything else; nothing means no fault.
    void set_script(std::function<std::optional<Fault>(const LoggedRequest&)> script);

    std::vector<LoggedRequest> requests() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace pressings::test
