#include "torture/host_cast.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace pressings::test {

namespace {

constexpr int k_importers = 2;
constexpr int k_gave_up = 3;

Millis now() {
    return system_clock().steady_ms();
}

}  // namespace

HostCast::HostCast(HostScene& scene, Subject& subject, double rate)
    : m_scene(scene), m_subject(subject) {
    auto worker = subject.worker(scene.db, rate);
    worker.insert(worker.end(), {"--loop", "--lease", "1s", "--json"});
    for (int i = 0; i < k_workers; ++i)
        add("worker", worker);
    for (int i = 0; i < k_importers; ++i)
        add("import", subject.tool("album-import",
                                   {"--db", scene.db, "--batch", "7", "--json", "-q", "--from"}));
}

/// A worker has a session for its requests' turns as well, and that is opened last.
void HostCast::excuse_newcomer(Station& station) const {
    const std::string sessions =
        m_scene.run("SELECT count(*) FROM pg_stat_activity WHERE query <> '' AND client_addr = '" +
                    station.host->address() + "'");
    const int at_work = station.role.is_worker() ? 2 : 1;
    if (std::stoi(sessions) < at_work) station.role.may_give_up = true;
}

std::unique_ptr<Host> HostCast::new_host() {
    constexpr int k_most_ahead_s = 1'000'000;
    ++m_hosts;
    return std::make_unique<Host>(m_hosts, m_scene.pick(1, k_most_ahead_s));
}

void HostCast::add(const std::string& name, std::vector<std::string> command) {
    const std::string number = std::to_string(m_stations.size());
    Station& station = m_stations.emplace_back(Station{{name, std::move(command)}, new_host()});
    station.role.output = m_scene.folder.file("reports-" + number);
    if (station.role.is_worker()) return;
    station.slice = m_scene.folder.file("slice-" + number);
    station.role.arguments.push_back(station.slice);
}

std::vector<std::string> HostCast::reports(bool of_workers) const {
    std::vector<std::string> files;
    for (const Station& station : m_stations) {
        if (station.role.is_worker() == of_workers) files.push_back(station.role.output);
    }
    return files;
}

void HostCast::keep_alive(int done, int all) {
    constexpr std::size_t k_at_first = 20;
    const auto albums = m_subject.groups.size();
    m_offered = std::min(albums, k_at_first + albums * static_cast<std::size_t>(done) /
                                                  static_cast<std::size_t>(all));
    for (Station& station : m_stations)
        keep_alive(station);
}

void HostCast::keep_alive(Station& station) {
    Role& role = station.role;
    if (role.asleep_until != 0 && now() >= role.asleep_until) {
        role.child->signal(SIGCONT);
        role.asleep_until = 0;
    }
    if (station.plugged_in_at != 0 && now() >= station.plugged_in_at) {
        station.host->plug_in();
        station.plugged_in_at = 0;
    }
    if (role.is_awake()) take_end(station);
    // An importer comes now and then; nobody starts anything on a host that cannot be reached.
    const bool may_start = role.is_worker() || m_scene.pick(0, 2) == 0;
    if (!role.child && may_start && station.host->is_plugged_in()) start(station);
}

void HostCast::take_end(Station& station) {
    Role& role = station.role;
    const auto status = role.child->ended();
    if (!status) return;
    const bool gave_up = *status == k_gave_up;
    const bool may_end_so = gave_up ? role.may_give_up : !role.is_worker() && *status == 0;
    if (!may_end_so) {
        m_subject.fault(role.name + " ended with " + std::to_string(*status) + ": " +
                        role.child->error_output());
    }
    m_given_up += gave_up;
    role.let_go();
}

/// What a host keeps for itself stays on it.
void HostCast::start(Station& station) {
    Role& role = station.role;
    if (!role.is_worker()) write_slice(station.slice);
    const std::string state = m_scene.folder.file("state-" + station.host->address());
    std::vector<std::string> command{"/usr/bin/env", "XDG_STATE_HOME=" + state};
    command.insert(command.end(), role.arguments.begin(), role.arguments.end());
    const bool may_refresh = !role.is_worker() && m_scene.pick(0, 1) == 0;
    if (may_refresh) command.emplace_back("--refresh");
    role.may_give_up = false;
    role.child = std::make_unique<Child>(station.host->command(command), role.output);
}

/// Importers put the same albums in, in different orders.
void HostCast::write_slice(const std::string& file) {
    constexpr int k_albums = 30;
    std::ofstream lines{file};
    for (int i = 0; i < k_albums; ++i) {
        const int last = static_cast<int>(m_offered) - 1;
        lines << m_subject.groups[static_cast<std::size_t>(m_scene.pick(0, last))] << '\n';
    }
}

void HostCast::lose_host(Station& station) {
    station.host->unplug();
    station.role.let_go();
    station.plugged_in_at = 0;
    station.host = new_host();
}

void HostCast::end_all() {
    for (Station& station : m_stations) {
        station.role.let_go();
        if (!station.host->is_plugged_in()) station.host->plug_in();
    }
}

}  // namespace pressings::test
