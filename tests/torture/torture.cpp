// Importers, workers, readers and backups at once on one database, killed at random moments over
// and over, against a MusicBrainz that misbehaves, amid all kinds of trouble. In the end nothing
// may be lost, doubled or half there.
//   torture BIN_DIR DATA_DIR [KILLS [SEED]]
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "support/eventually.hpp"
#include "support/many_albums.hpp"
#include "torture/aftermath.hpp"
#include "torture/blows.hpp"
#include "torture/cast.hpp"
#include "torture/misbehaviour.hpp"
#include "torture/replacement.hpp"
#include "torture/scene.hpp"

namespace pressings::test {

namespace {

constexpr double k_rate = 100.0;

class Torture {
  public:
    Torture(std::string bin, const std::string& data, int kills, unsigned seed)
        : m_scene(seed),
          m_kills(kills),
          m_subject{std::move(bin), m_scene.folder.file("albums.mbid")} {
        m_subject.groups = serve_many_albums(m_subject.server, data, copies(kills));
        std::shuffle(m_subject.groups.begin(), m_subject.groups.end(), m_scene.random);
        m_subject.write_list(m_subject.list, 0, m_subject.groups.size());
        m_subject.server.set_script(
            [this](const LoggedRequest& request) { return misbehave(request, m_slow); });
        if (!m_scene.disk.can_be_full()) std::cout << "torture: not here: full disks\n";
        const std::string missing = m_cast.stage().missing();
        if (!missing.empty()) std::cout << "torture: not here: " << missing << '\n';
    }

    int run() {
        const std::string calm = m_scene.folder.file("calm.db");
        m_subject.finish(calm);
        const std::size_t first_request = m_subject.server.requests().size();
        disturb();
        std::cout << "torture: " << m_blows.summary() << "; " << m_cast.given_up() << " gave up; "
                  << m_subject.server.requests().size() - first_request << " requests\n";
        check_rate(m_subject, first_request, k_rate);
        check_link(m_subject, m_scene.link);
        check_imports(m_subject, m_scene.db, m_scene.imports);
        check_reports(m_subject, m_scene.db, m_scene.reports);
        finish_like(calm);
        replace_under_idle_workers();
        finish_like(calm);
        const bool well = m_subject.faults == 0;
        std::cout << (well ? "torture: all is well" : "torture: FAILED") << '\n';
        return well ? EXIT_SUCCESS : EXIT_FAILURE;
    }

  private:
    /// So many that new albums come in until the end.
    static int copies(int kills) {
        constexpr int k_fewest = 3;
        constexpr int k_most = 12;
        constexpr int k_kills_a_copy = 100;
        return std::clamp(kills / k_kills_a_copy, k_fewest, k_most);
    }

    void disturb() {
        m_cast.add_all(k_rate);
        m_slow = true;
        while (m_blows.kills() < m_kills) {
            m_cast.keep_alive(m_blows.kills(), m_kills);
            m_blows.end_bad_times();
            std::this_thread::sleep_for(std::chrono::milliseconds{m_scene.pick(2, 60)});
            m_blows.deal();
            m_blows.end_bad_times();
            tell_progress();
        }
        m_blows.calm_down();
        m_cast.end_all();
        m_slow = false;
    }

    void tell_progress() {
        constexpr int k_step = 500;
        if (m_blows.kills() < m_told + k_step) return;
        m_told = m_blows.kills();
        std::cout << "torture: " << m_told << " kills, " << m_subject.faults << " faults\n"
                  << std::flush;
    }

    void finish_like(const std::string& calm) {
        m_subject.finish(m_scene.db);
        compare(m_subject, m_scene.db, calm);
    }

    /// Workers that wait for work find it out as well.
    void replace_under_idle_workers() {
        m_cast.add_workers(k_rate);
        for (Role& worker : m_cast.roles()) {
            worker.child = std::make_unique<Child>(worker.arguments, worker.output);
            if (!eventually([&] { return has_open(*worker.child, m_scene.db); }))
                m_subject.fault("a worker does not open the database");
        }
        replace_database(m_subject, m_cast.roles(), m_scene.db,
                         static_cast<Replacement>(m_scene.pick(0, 2)));
        m_cast.end_all();
    }

    Scene m_scene;
    const int m_kills;
    Subject m_subject;
    Cast m_cast{m_scene, m_subject};
    Blows m_blows{m_scene, m_subject, m_cast};
    std::atomic<bool> m_slow = false;
    int m_told = 0;
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
    std::cout << "torture: seed " << seed << '\n' << std::flush;
    return pressings::test::Torture{argv[1], argv[2], kills, seed}.run();
}
