// Four workers and two importers on one server of PostgreSQL, each on a host of its own, killed,
// stopped and cut off over and over, while the server crashes now and then, and MusicBrainz
// misbehaves. In the end nothing may be lost, doubled or half there, and no job be to blame.
//   postgresql-torture BIN_DIR DATA_DIR [KILLS [SEED]]
// Status 77: not here, for want of PostgreSQL or of network namespaces.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include "support/many_albums.hpp"
#include "torture/aftermath.hpp"
#include "torture/host_blows.hpp"
#include "torture/host_cast.hpp"
#include "torture/host_scene.hpp"
#include "torture/misbehaviour.hpp"

namespace pressings::test {

namespace {

constexpr double k_rate = 20.0;  // fewer than they would ask
constexpr int k_not_here = 77;

class Torture {
  public:
    Torture(std::string bin, const std::string& data, int kills, unsigned seed)
        : m_scene(seed), m_kills(kills), m_subject(subject(std::move(bin))) {
        m_subject->groups = serve_many_albums(m_subject->server, data, copies(kills));
        std::shuffle(m_subject->groups.begin(), m_subject->groups.end(), m_scene.random);
        m_subject->write_list(m_subject->list, 0, m_subject->groups.size());
        // Most answers come at once, so that the rate is what holds the workers up.
        m_subject->server.set_script([this](const LoggedRequest& request) {
            return misbehave(request, m_is_slow && request.number % 5 == 0);
        });
    }

    int run() {
        // On the other engine, beside which nobody has to be trusted.
        const std::string calm = m_scene.folder.file("calm.db");
        m_subject->finish(calm);
        const std::size_t first_request = m_subject->server.requests().size();
        disturb();
        // What a host had sent off when it was unplugged comes with the next.
        check_rate(*m_subject, first_request, k_rate, HostCast::k_workers);
        for (const std::string& reports : m_cast->import_reports())
            check_imports(*m_subject, m_scene.db, reports);
        for (const std::string& reports : m_cast->worker_reports())
            check_reports(*m_subject, m_scene.db, reports);
        must_be_none("jobs that blame a crash",
                     "SELECT count(*) FROM pressings.jobs "
                     "WHERE crashes > 0");
        m_subject->finish(m_scene.db);
        compare(*m_subject, m_scene.db, calm);
        check_jobs();
        const bool well = m_subject->faults == 0;
        std::cout << (well ? "torture: all is well" : "torture: FAILED") << '\n';
        return well ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  private:
    /// So many that new albums come in until the end.
    static int copies(int kills) {
        constexpr int k_kills_a_copy = 25;
        constexpr int k_fewest = 3;
        return std::max(kills / k_kills_a_copy, k_fewest);
    }

    std::unique_ptr<Subject> subject(std::string bin) const {
        return std::unique_ptr<Subject>{new Subject{
            std::move(bin),
            m_scene.folder.file("albums.mbid"),
            {},
            MusicBrainzServer{MusicBrainzServer::KeepAlive::no, HostNetwork::address()}}};
    }

    void disturb() {
        m_cast.emplace(m_scene, *m_subject, k_rate);
        HostBlows blows{m_scene, *m_cast, m_kills};
        m_is_slow = true;
        while (!blows.are_all_dealt()) {
            m_cast->keep_alive(blows.kills(), m_kills);
            std::this_thread::sleep_for(std::chrono::milliseconds{m_scene.pick(20, 1'500)});
            m_cast->keep_alive(blows.kills(), m_kills);
            blows.deal();
            tell_progress(blows.kills());
        }
        m_cast->end_all();
        m_is_slow = false;
        std::cout << "torture: " << blows.summary() << "; " << m_cast->given_up() << " gave up\n";
    }

    void tell_progress(int kills) {
        constexpr int k_step = 50;
        if (kills < m_told + k_step) return;
        m_told = kills;
        std::cout << "torture: " << kills << " kills, " << m_subject->faults << " faults\n"
                  << std::flush;
    }

    void must_be_none(const std::string& what, const std::string& count) {
        const std::string found = m_scene.run(count);
        if (found != "0") m_subject->fault(what + ": " + found);
    }

    void check_jobs() {
        must_be_none("attempts that blame a crash",
                     "SELECT count(*) FROM pressings.attempts "
                     "WHERE outcome = 'crashed'");
        must_be_none("jobs that are not done",
                     "SELECT count(*) FROM pressings.jobs "
                     "WHERE state NOT IN ('done', 'superseded')");
        must_be_none("jobs that were done twice",
                     "SELECT count(*) FROM (SELECT job_id FROM pressings.attempts "
                     "WHERE outcome = 'done' GROUP BY job_id HAVING count(*) > 1) AS twice");
        m_subject->must(m_subject->tool("release-worker", {"check", "--db", m_scene.db}));
    }

    HostScene m_scene;
    const int m_kills;
    std::unique_ptr<Subject> m_subject;
    std::optional<HostCast> m_cast;
    std::atomic<bool> m_is_slow = false;
    int m_told = 0;
};

}  // namespace

}  // namespace pressings::test

int main(int argc, char** argv) {
    using namespace pressings::test;
    if (argc < 3) {
        std::cerr << "usage: postgresql-torture BIN_DIR DATA_DIR [KILLS [SEED]]\n";
        return 2;
    }
    const int kills = argc > 3 ? std::atoi(argv[3]) : 300;
    const unsigned seed =
        argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : std::random_device{}();
    std::cout << "torture: seed " << seed << '\n' << std::flush;
    try {
        return Torture{argv[1], argv[2], kills, seed}.run();
    } catch (const NetworkMissing& missing) {
        std::cout << "torture: not here: " << missing.what() << '\n';
    } catch (const PostgresqlMissing& missing) {
        std::cout << "torture: not here: " << missing.what() << '\n';
    }
    return k_not_here;
}
