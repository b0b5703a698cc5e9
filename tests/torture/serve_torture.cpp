// A mirror that is served to wrk, first alone, then among clients that are slow, silent, deaf or
// many. Every answer must be right, and there must be nearly as many of them.
//   serve-torture BIN_DIR [SECONDS]     SECONDS: of each of both runs, 8
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "support/child.hpp"
#include "support/dump_files.hpp"
#include "support/eventually.hpp"
#include "support/genuine_documents.hpp"
#include "support/raw_client.hpp"
#include "support/temporary_folder.hpp"

namespace pressings::test {

namespace {

/// Of the answers a second without slow clients, as many there must be with them. They cost some
/// of the processor themselves, so it is no more than that.
constexpr double k_least_share = 0.25;
constexpr const char* k_group = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

/// What wrk counted.
struct Count {
    double requests_a_second = 0;
    std::string slowest;   ///< the 99th percentile, with its unit
    bool is_clean = true;  ///< no error, and no status but 200
};

/// Clients that do harm for as long as it lives; none of them more than a few bytes a second.
class SlowClients {
  public:
    explicit SlowClients(int port) : m_port(port) {
        m_threads.emplace_back(
            [this] { keep(200, "GET /ws/2/release HTTP/1.1\r\nHost: x\r\n", 0); });
        m_threads.emplace_back([this] { keep(200, "", 0); });
        m_threads.emplace_back([this] { keep(100, "GET /", 'x'); });
        m_threads.emplace_back([this] { keep(20, deaf_requests(), 0); });
        m_threads.emplace_back([this] { flood(); });
    }
    ~SlowClients() { m_end = true; }
    SlowClients(const SlowClients&) = delete;
    SlowClients& operator=(const SlowClients&) = delete;

  private:
    static std::string deaf_requests() {
        std::string all;
        for (int n = 0; n < 500; ++n) {
            all += std::string{"GET /ws/2/release?fmt=json&release-group="} + k_group +
                   "&inc=recordings HTTP/1.1\r\nHost: x\r\n\r\n";
        }
        return all;
    }

    /// Always so many, each of which says `first`, and `then` each second, and reads nothing.
    void keep(std::size_t count, const std::string& first, char then) {
        std::vector<std::unique_ptr<RawClient>> clients(count);
        while (!m_end) {
            for (auto& client : clients) {
                if (client && !client->is_closed()) {
                    if (then != 0) client->send({&then, 1});
                    continue;
                }
                client = std::make_unique<RawClient>(m_port, 4096);
                client->send(first);
            }
            pause();
        }
    }

    /// Two hundred connections a second that come and go.
    void flood() {
        while (!m_end) {
            for (int n = 0; n < 200; ++n)
                RawClient{m_port}.send("GET");
            pause();
        }
    }

    void pause() const {
        for (int n = 0; n < 20 && !m_end; ++n)
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }

    int m_port;
    std::atomic<bool> m_end = false;
    std::vector<std::jthread> m_threads;
};

class ServeTorture {
  public:
    ServeTorture(std::string bin, int seconds) : m_bin(std::move(bin)), m_seconds(seconds) {}

    int run() {
        load();
        serve();
        const std::string right = body();
        if (right.find("Rumours") == std::string::npos) fault("no right answer before it began");
        const Count alone = measure();
        tell("alone", alone);
        Count among;
        {
            const SlowClients slow{m_port};
            std::this_thread::sleep_for(std::chrono::seconds{2});  // they are all there then
            among = measure();
            if (body() != right) fault("an answer was not right");
        }
        tell("among slow clients", among);
        const double share = among.requests_a_second / alone.requests_a_second;
        std::cout << "serve-torture: " << share << " of the answers, at least " << k_least_share
                  << " wanted\n";
        if (!(share >= k_least_share)) fault("slow clients keep others from their answers");
        m_serving->signal(SIGTERM);
        if (m_serving->wait() != 0) fault("it did not end well: " + m_serving->error_output());
        std::cout << (m_faults == 0 ? "serve-torture: all is well" : "serve-torture: FAILED")
                  << '\n';
        return m_faults == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  private:
    static std::string path() {
        return std::string{"/ws/2/release-group/"} + k_group + "?fmt=json";
    }

    std::string body() const {
        const std::string answer = RawClient{m_port}.get(path());
        return answer.substr(std::min(answer.find("\r\n\r\n"), answer.size()));
    }

    void load() {
        DumpForm of_groups;
        of_groups.kind = "release-group";
        const std::string releases = m_folder.file("release.tar.xz");
        const std::string groups = m_folder.file("release-group.tar.xz");
        write_dump(releases, genuine_releases());
        write_dump(groups, genuine_groups(), of_groups);
        Child loading{
            {m_bin + "/musicbrainz-mirror", "load", "--mirror", m_mirror, releases, groups}};
        if (loading.wait() != 0) fault(loading.error_output());
    }

    void serve() {
        const std::string out = m_folder.file("served");
        m_serving = std::make_unique<Child>(
            std::vector<std::string>{m_bin + "/musicbrainz-mirror", "serve", "--json", "--mirror",
                                     m_mirror, "--listen", "127.0.0.1:0"},
            out);
        eventually([&] { return m_folder.read("served").find('\n') != std::string::npos; });
        const std::string root = nlohmann::json::parse(m_folder.read("served"))["root"];
        m_port = std::stoi(root.substr(root.rfind(':') + 1));
    }

    Count measure() {
        const std::string out = m_folder.file("wrk");
        std::filesystem::remove(out);
        const std::string url = "http://127.0.0.1:" + std::to_string(m_port) + path();
        Child wrk{{"/usr/bin/wrk", "-t", "2", "-c", "16", "-d", std::to_string(m_seconds) + "s",
                   "--latency", url},
                  out};
        if (wrk.wait() != 0) fault("wrk failed: " + wrk.error_output());
        const std::string text = m_folder.read("wrk");
        Count count;
        std::smatch found;
        if (std::regex_search(text, found, std::regex{"Requests/sec: +([0-9.]+)"})) {
            count.requests_a_second = std::stod(found[1]);
        }
        if (std::regex_search(text, found, std::regex{"99% +(\\S+)"})) count.slowest = found[1];
        count.is_clean = text.find("Non-2xx") == std::string::npos &&
                         text.find("Socket errors") == std::string::npos;
        if (!count.is_clean) fault("errors:\n" + text);
        return count;
    }

    static void tell(const char* how, const Count& count) {
        std::cout << "serve-torture: " << how << ": " << count.requests_a_second
                  << " answers a second, 99% within " << count.slowest << '\n';
    }

    void fault(const std::string& text) {
        ++m_faults;
        std::cerr << "serve-torture: " << text << '\n';
    }

    std::string m_bin;
    int m_seconds;
    TemporaryFolder m_folder;
    std::string m_mirror = m_folder.file("mb.mirror");
    std::unique_ptr<Child> m_serving;
    int m_port = 0;
    int m_faults = 0;
};

}  // namespace

}  // namespace pressings::test

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: serve-torture BIN_DIR [SECONDS]\n";
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 8;
    return pressings::test::ServeTorture{argv[1], seconds}.run();
}
