#include "support/musicbrainz_server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "support/group_answers.hpp"

namespace pressings::test {

namespace fs = std::filesystem;

namespace {

constexpr int k_many_threads = 64;
constexpr const char* k_json = "application/json; charset=utf-8";

std::string read_file(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// "arid:" and an MBID, and nothing else.
bool is_artist_alone(const std::string& query) {
    constexpr std::size_t k_length = 41;
    return query.starts_with("arid:") && query.size() == k_length;
}

Millis steady_now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::map<std::string, std::string> parameters_of(const httplib::Request& request) {
    return {request.params.begin(), request.params.end()};
}

std::string inc_of(const httplib::Request& request) {
    return request.has_param("inc") ? request.get_param_value("inc") : "";
}

std::string query_of(const httplib::Request& request) {
    const auto start = request.target.find('?');
    return start == std::string::npos ? "" : request.target.substr(start);
}

/// Whom a release group is credited to; and the one that MusicBrainz has whatever else it has:
/// https://musicbrainz.org/doc/Various_Artists
ServedAnswer look_up_artist(const std::vector<std::string>& groups, const std::string& mbid) {
    for (const std::string& text : groups) {
        const auto group = nlohmann::json::parse(text);
        for (const auto& credit : group.value("artist-credit", nlohmann::json::array())) {
            if (credit["artist"]["id"] == mbid) return {200, credit["artist"].dump(), ""};
        }
    }
    if (mbid != "89ad4ac3-39f7-470e-963a-56509c546377") return server_error(404, "Not Found");
    return {200,
            R"({"id":"89ad4ac3-39f7-470e-963a-56509c546377","name":"Various Artists",)"
            R"("sort-name":"Various Artists","type":"Other"})",
            ""};
}

}  // namespace

struct MusicBrainzServer::State {
    httplib::Server server;
    std::thread listener;
    std::string address;
    int port = 0;

    mutable std::mutex mutex;  ///< over all below
    std::condition_variable stopping_changed;
    bool stopping = false;
    ServedReleases releases;
    std::map<std::string, ServedCollection> collections;
    std::map<std::string, std::string> series;
    SearchManner search_manner = SearchManner::boolean;
    std::deque<Fault> next_faults;
    std::function<std::optional<Fault>(const LoggedRequest&)> script;
    std::vector<LoggedRequest> log;

    LoggedRequest log_request(const httplib::Request& request) {
        const std::lock_guard lock{mutex};
        log.push_back({request.target, request.get_header_value("User-Agent"),
                       request.get_header_value("Accept-Encoding"), steady_now_ms(),
                       request.remote_port, log.size() + 1});
        return log.back();
    }

    std::optional<Fault> fault_for(const LoggedRequest& request) {
        const std::unique_lock lock{mutex};
        if (script) {
            if (auto fault = script(request)) return fault;
        }
        if (next_faults.empty()) return std::nullopt;
        Fault fault = std::move(next_faults.front());
        next_faults.pop_front();
        return fault;
    }

    /// False if the server stops meanwhile.
    bool pause(Millis pause_ms) {
        std::unique_lock lock{mutex};
        return !stopping_changed.wait_for(lock, std::chrono::milliseconds{pause_ms},
                                          [this] { return stopping; });
    }

    void answer(const httplib::Request& request, httplib::Response& response,
                const std::function<ServedAnswer(const LoggedRequest&)>& right_answer) {
        const LoggedRequest logged = log_request(request);
        const auto fault = fault_for(logged);
        if (fault && fault->manner != Fault::Manner::delayed) {
            misbehave(*fault, response);
            return;
        }
        if (fault) pause(fault->pause_ms);
        if (logged.user_agent.empty()) {
            response.status = 403;
            response.set_content(R"({"error": "the application has not identified itself"})",
                                 k_json);
            return;
        }
        const ServedAnswer served = right_answer(logged);
        response.status = served.status;
        response.set_content(served.body, k_json);
        if (!served.location.empty()) {
            response.set_header("Location", served.location + query_of(request));
        }
    }

    void misbehave(const Fault& fault, httplib::Response& response) {
        response.status = fault.status;
        for (const auto& [name, value] : fault.headers)
            response.set_header(name, value);
        switch (fault.manner) {
            case Fault::Manner::whole:
            case Fault::Manner::delayed:
                response.set_content(fault.body, fault.content_type);
                break;
            case Fault::Manner::trickled:
                trickle(fault, response);
                break;
            case Fault::Manner::cut_off:
                cut_off(fault, response);
                break;
            case Fault::Manner::never_ending:
                never_end(fault, response);
                break;
        }
    }

    void trickle(const Fault& fault, httplib::Response& response) {
        response.set_content_provider(
            fault.body.size(), fault.content_type,
            [this, fault](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                return pause(fault.pause_ms) && sink.write(fault.body.data() + offset, 1);
            });
    }

    static void cut_off(const Fault& fault, httplib::Response& response) {
        response.set_content_provider(
            fault.body.size(), fault.content_type,
            [body = fault.body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                return offset == 0 && sink.write(body.data(), body.size() / 2);
            });
    }

    void never_end(const Fault& fault, httplib::Response& response) {
        response.set_chunked_content_provider(
            fault.content_type, [this, fault](std::size_t, httplib::DataSink& sink) {
                return pause(fault.pause_ms) && sink.write(fault.body.data(), fault.body.size());
            });
    }

    ServedAnswer browse_list(const httplib::Request& request, const std::string& entity) {
        const auto found = collections.find(request.get_param_value("collection"));
        return found == collections.end()
                   ? server_error(404, "Not Found")
                   : browse_collection(releases, found->second, entity, parameters_of(request));
    }

    void add_routes() {
        server.Get("/ws/2/release", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest& logged) {
                const std::lock_guard lock{mutex};
                const auto parameters = parameters_of(request);
                if (request.has_param("collection")) return browse_list(request, "release");
                if (!request.has_param("query")) {
                    return releases.browse(parameters, logged.number);
                }
                return is_by_identifier(request.get_param_value("query"))
                           ? search_identified(releases.releases(), parameters, search_manner)
                           : search_releases(releases.groups(), parameters, search_manner);
            });
        });
        server.Get("/ws/2/discid/([^/]+)", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                return look_up_disc(releases, request.matches[1], parameters_of(request));
            });
        });
        server.Get("/ws/2/url", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                std::vector<std::string> urls;
                for (std::size_t i = 0; i < request.get_param_value_count("resource"); ++i)
                    urls.push_back(request.get_param_value("resource", i));
                return look_up_urls(releases, urls);
            });
        });
        server.Get("/ws/2/series/([^/]+)", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                const auto found = series.find(request.matches[1]);
                return found == series.end() ? server_error(404, "Not Found")
                                             : ServedAnswer{200, found->second, ""};
            });
        });
        server.Get("/ws/2/release/([^/]+)", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                return releases.look_up_release(request.matches[1], inc_of(request));
            });
        });
        server.Get("/ws/2/release-group/([^/]+)", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                return releases.look_up_group(request.matches[1], inc_of(request));
            });
        });
        server.Get("/ws/2/release-group", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                const auto parameters = parameters_of(request);
                if (request.has_param("collection")) return browse_list(request, "release-group");
                if (request.get_param_value("query").starts_with("rgid:")) {
                    return releases.search_by_rgid(parameters);
                }
                if (is_artist_alone(request.get_param_value("query"))) {
                    return releases.search_by_artist(parameters);
                }
                return request.has_param("query")
                           ? search_groups(releases.groups(), parameters, search_manner)
                           : browse_groups(releases.groups(), parameters);
            });
        });
        server.Get("/ws/2/artist", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                return search_artists(releases.groups(), parameters_of(request), search_manner);
            });
        });
        server.Get("/ws/2/artist/([^/]+)", [this](const auto& request, auto& response) {
            answer(request, response, [&](const LoggedRequest&) {
                const std::lock_guard lock{mutex};
                return look_up_artist(releases.groups(), request.matches[1]);
            });
        });
        server.Get(".*", [this](const auto& request, auto& response) {
            answer(request, response,
                   [](const LoggedRequest&) { return server_error(404, "Not Found"); });
        });
    }
};

MusicBrainzServer::MusicBrainzServer(KeepAlive keep_alive, std::string address)
    : m_state(std::make_unique<State>()) {
    m_state->address = std::move(address);
    httplib::Server& server = m_state->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(k_many_threads); };
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(keep_alive == KeepAlive::yes ? 1000 : 1);
    server.set_keep_alive_timeout(1);
    m_state->add_routes();
    m_state->port = server.bind_to_any_port(m_state->address);
    if (m_state->port <= 0) throw std::runtime_error("the test server finds no port");
    m_state->listener = std::thread{[&server] { server.listen_after_bind(); }};
}

MusicBrainzServer::~MusicBrainzServer() {
    {
        const std::lock_guard lock{m_state->mutex};
        m_state->stopping = true;
    }
    m_state->stopping_changed.notify_all();
    while (!m_state->server.is_running())
        std::this_thread::yield();
    m_state->server.stop();
    m_state->listener.join();
}

int MusicBrainzServer::port() const {
    return m_state->port;
}

std::string MusicBrainzServer::root() const {
    return "http://" + m_state->address + ":" + std::to_string(port()) + "/ws/2";
}

void MusicBrainzServer::add_folder(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator{folder}) {
        if (entry.path().extension() == ".json") add_file(entry.path());
    }
}

void MusicBrainzServer::add_file(const fs::path& file) {
    const auto json = nlohmann::json::parse(read_file(file));
    const bool is_browse = json.contains("releases");
    for (const auto& release : is_browse ? json["releases"] : nlohmann::json::array({json})) {
        if (!release.contains("release-group") || !release.contains("media")) continue;
        change([&](ServedReleases& releases) { releases.add_release(release.dump()); });
    }
}

void MusicBrainzServer::add_collection(const std::string& mbid, ServedCollection collection) {
    const std::lock_guard lock{m_state->mutex};
    m_state->collections[mbid] = std::move(collection);
}

void MusicBrainzServer::add_series(const std::string& mbid, std::string json) {
    const std::lock_guard lock{m_state->mutex};
    m_state->series[mbid] = std::move(json);
}

void MusicBrainzServer::change(const std::function<void(ServedReleases&)>& change) {
    const std::lock_guard lock{m_state->mutex};
    change(m_state->releases);
}

void MusicBrainzServer::search_by(SearchManner manner) {
    const std::lock_guard lock{m_state->mutex};
    m_state->search_manner = manner;
}

void MusicBrainzServer::fail_next(Fault fault) {
    const std::lock_guard lock{m_state->mutex};
    m_state->next_faults.push_back(std::move(fault));
}

void MusicBrainzServer::set_script(
    std::function<std::optional<Fault>(const LoggedRequest&)> script) {
    const std::lock_guard lock{m_state->mutex};
    m_state->script = std::move(script);
}

std::vector<LoggedRequest> MusicBrainzServer::requests() const {
    const std::lock_guard lock{m_state->mutex};
    return m_state->log;
}

}  // namespace pressings::test
