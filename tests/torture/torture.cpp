// Importers, workers, readers and backups at once on one database, killed at random moments over
// and over, against a MusicBrainz that misbehaves. In the end nothing may be lost, doubled or half
// there.
//   torture BIN_DIR DATA_DIR [KILLS [SEED]]
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <thread>

#include "support/child.hpp"
#include "support/temporary_folder.hpp"
#include "torture/catalogue_contents.hpp"
#include "torture/many_albums.hpp"
#include "torture/worker_reports.hpp"

namespace pressings::test {

namespace {

constexpr int k_copies = 10;
constexpr int k_workers = 4;
constexpr double k_rate = 100.0;

using Arguments = std::vector<std::string>;

/// A process that is started again whenever it has ended.
struct Role {
    std::string name;
    Arguments arguments;
    std::string output{};  ///< where its standard output is added to; none if empty
    std::unique_ptr<Child> child{};
    Millis asleep_until = 0;  ///< stopped by SIGSTOP until then
};

class Torture {
  public:
    Torture(std::string bin, const std::string& data, unsigned seed)
        : m_bin(std::move(bin)), m_random(seed) {
        m_groups = serve_many_albums(m_server, data, k_copies);
        std::string list;
        for (const std::string& group : m_groups)
            list += group + "\n";
        m_list = m_folder.write("albums.mbid", list);
        m_server.set_script([this](const LoggedRequest& request) -> std::optional<Fault> {
            if (request.number % 23 == 0) return status_fault(502, "<html>Bad Gateway</html>");
            if (request.number % 41 == 0) return cut_off();
            if (request.number % 97 == 0) return too_fast();
            // Long enough for a stopped worker to come back while its successor still fetches.
            if (m_slow && request.number % 2 == 0) return delayed(2'000);
            return std::nullopt;
        });
    }

    int run(int kills) {
        const std::string calm = m_folder.file("calm.db");
        finish(calm, 1000.0);
        m_first_request = m_server.requests().size();
        disturb(kills);
        check_rate();
        check_reports();
        finish(m_db, 1000.0);
        compare(calm);
        std::cout << (m_faults == 0 ? "torture: all is well" : "torture: FAILED") << '\n';
        return m_faults == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  private:
    Arguments worker(const std::string& db, double rate) const {
        return {m_bin + "/release-worker",
                "run",
                "--db",
                db,
                "--source",
                m_server.root(),
                "--rate",
                std::to_string(rate),
                "--concurrency",
                "4",
                "-q"};
    }

    std::vector<Role> roles() const {
        std::vector<Role> all;
        for (int i = 0; i < k_workers; ++i) {
            Arguments arguments = worker(m_db, k_rate);
            arguments.insert(arguments.end(), {"--loop", "--lease", "1s", "--json"});
            all.push_back({"worker", arguments, m_reports});
        }
        const std::string import = m_bin + "/album-import";
        all.push_back({"import", {import, "--db", m_db, "--from", m_list, "--batch", "7", "-q"}});
        all.push_back({"refresh", {import, "--db", m_db, "--refresh", "--older-than", "1s", "-q"}});
        all.push_back({"status", {m_bin + "/release-worker", "status", "--json", "--db", m_db}});
        all.push_back({"backup", {}});
        return all;
    }

    void disturb(int kills) {
        auto all = roles();
        int stops = 0;
        m_slow = true;
        for (int killed = 0; killed < kills;) {
            for (Role& role : all)
                keep_alive(role);
            std::this_thread::sleep_for(std::chrono::milliseconds{pick(5, 100)});
            Role& victim = all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))];
            if (is_spared(victim)) continue;
            if (victim.name == "worker" && pick(0, 2) == 0 && victim.asleep_until == 0) {
                victim.child->signal(SIGSTOP);
                victim.asleep_until = system_clock().steady_ms() + pick(1'500, 2'600);
                m_spared_until = victim.asleep_until + 300;
                ++stops;
            } else {
                victim.child->kill();
                victim.child.reset();
                victim.asleep_until = 0;
                ++killed;
            }
        }
        for (Role& role : all)
            role.child.reset();
        m_slow = false;
        std::cout << "torture: " << kills << " kills, " << stops << " stops, "
                  << m_server.requests().size() - m_first_request << " requests\n";
    }

    /// A worker that sleeps past its lease shall come back, and meet a successor at work.
    bool is_spared(const Role& role) {
        return role.name == "worker" && system_clock().steady_ms() < m_spared_until &&
               pick(0, 7) != 0;
    }

    void keep_alive(Role& role) {
        if (role.asleep_until != 0 && system_clock().steady_ms() >= role.asleep_until) {
            role.child->signal(SIGCONT);
            role.asleep_until = 0;
        }
        if (role.child && role.asleep_until == 0) {
            if (const auto status = role.child->ended()) {
                if (*status != 0 && *status != 1) {
                    fault(role.name + " ended with " + std::to_string(*status) + ": " +
                          role.child->error_output());
                }
                role.child.reset();
            }
        }
        if (role.child) return;
        if (role.name == "backup") {
            std::filesystem::remove(m_folder.file("copy.db"));
            role.arguments = {
                m_bin + "/release-worker", "backup", m_folder.file("copy.db"), "--db", m_db, "-q"};
        }
        role.child = std::make_unique<Child>(role.arguments, role.output);
    }

    /// Everything imported and every job done, undisturbed; jobs that wait are not waited for.
    void finish(const std::string& db, double rate) {
        must({m_bin + "/album-import", "--db", db, "--from", m_list, "-q"});
        for (int round = 0; round < 50; ++round) {
            run_once(worker(db, rate));
            const auto left = open_jobs(db);
            if (left.failed + left.pending == 0) return;
            if (left.failed > 0) {
                must({m_bin + "/release-worker", "retry", "--all-failed", "--code", "crashed",
                      "--db", db, "-q"});
            }
            must({m_bin + "/release-worker", "run-now", "--all", "--db", db, "-q"});
        }
        fault("jobs are left over in " + db);
    }

    /// What a worker reported as done was done by that very attempt: none whose job had been taken
    /// over meanwhile got its result in.
    void check_reports() {
        std::size_t reports = 0;
        for (const DoneReport& report : done_reports(m_reports)) {
            ++reports;
            if (was_done(m_db, report)) continue;
            fault("job " + std::to_string(report.job_id) + ", attempt " +
                  std::to_string(report.attempt) + ": reported done by a worker that had lost it");
        }
        std::cout << "torture: " << reports << " reports of done jobs\n";
    }

    /// What the workers went through: without it, nothing was put to the test.
    void tell_attempts() {
        std::string list;
        for (const auto& [outcome, count] : attempts_of(m_db))
            list += " " + outcome + " " + std::to_string(count);
        std::cout << "torture: attempts:" << list << '\n';
    }

    void compare(const std::string& calm) {
        tell_attempts();
        const auto expected = contents_of(calm);
        const auto found = contents_of(m_db);
        if (found.albums != m_groups.size()) fault("albums are missing or doubled");
        for (const std::string& problem : found.problems)
            fault(problem);
        for (const auto& [mbid, release] : expected.releases) {
            const auto other = found.releases.find(mbid);
            if (other == found.releases.end()) {
                fault("release " + mbid + " is missing");
            } else if (other->second != release) {
                fault("release " + mbid + " differs");
            }
        }
        if (found.releases.size() != expected.releases.size()) fault("releases are doubled");
    }

    /// How many requests came within any second, while all workers shared the rate.
    void check_rate() {
        const auto requests = m_server.requests();
        std::size_t most = 0;
        std::size_t begin = m_first_request;
        for (std::size_t end = m_first_request; end < requests.size(); ++end) {
            while (requests[end].at_ms - requests[begin].at_ms >= 1'000)
                ++begin;
            most = std::max(most, end - begin + 1);
        }
        std::cout << "torture: at most " << most << " requests in a second, " << k_rate
                  << " allowed\n";
        // What was sent in time may arrive bunched: a tenth is left for that.
        if (static_cast<double>(most) > k_rate * 1.1) fault("more requests than the rate allows");
    }

    int run_once(const Arguments& arguments) {
        Child child{arguments};
        return child.wait();
    }

    void must(const Arguments& arguments) {
        Child child{arguments};
        if (const int status = child.wait(); status != 0) {
            fault(arguments[0] + " ended with " + std::to_string(status) + ": " +
                  child.error_output());
        }
    }

    void fault(const std::string& text) {
        ++m_faults;
        std::cerr << "torture: " << text << '\n';
    }

    int pick(int least, int most) {
        return std::uniform_int_distribution<int>{least, most}(m_random);
    }

    std::string m_bin;
    std::mt19937 m_random;
    TemporaryFolder m_folder;
    std::string m_db = m_folder.file("catalog.db");
    std::string m_reports = m_folder.file("reports.ndjson");
    std::string m_list;
    MusicBrainzServer m_server;
    std::vector<std::string> m_groups;
    std::size_t m_first_request = 0;
    Millis m_spared_until = 0;
    std::atomic<bool> m_slow = false;
    int m_faults = 0;
};

}  // namespace

}  // namespace pressings::test

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: torture BIN_DIR DATA_DIR [KILLS [SEED]]\n";
        return 2;
    }
    const int kills = argc > 3 ? std::atoi(argv[3]) : 60;
    const unsigned seed =
        argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : std::random_device{}();
    std::cout << "torture: seed " << seed << '\n';
    return pressings::test::Torture{argv[1], argv[2], seed}.run(kills);
}
