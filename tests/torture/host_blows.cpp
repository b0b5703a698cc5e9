#include "torture/host_blows.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

namespace pressings::test {

namespace {

struct BlowOfDeck {
    HostBlow blow;
    int kills_each;  ///< kills for one of these
    const char* name;
};

constexpr BlowOfDeck k_blows[] = {
    {HostBlow::kill, 1, "kills"},
    {HostBlow::stop, 15, "stops"},
    {HostBlow::crash, 15, "crashes of the server"},
    {HostBlow::end_sessions, 30, "hosts whose sessions were ended"},
    {HostBlow::unplug, 30, "hosts unplugged"},
};

std::vector<std::pair<HostBlow, int>> counts(int kills) {
    std::vector<std::pair<HostBlow, int>> all;
    for (const auto& [blow, kills_each, name] : k_blows)
        all.emplace_back(blow, (kills + kills_each - 1) / kills_each);
    return all;
}

Millis now() {
    return system_clock().steady_ms();
}

}  // namespace

HostBlows::HostBlows(HostScene& scene, HostCast& cast, int kills)
    : m_scene(scene), m_cast(cast), m_deck(counts(kills)) {}

int HostBlows::kills() const {
    const auto found = m_dealt.find(HostBlow::kill);
    return found == m_dealt.end() ? 0 : found->second;
}

void HostBlows::deal() {
    if (!m_next) m_next = m_deck.draw(m_scene.random);
    m_begun = true;
    if (!hits(*m_next)) return;
    ++m_dealt[*m_next];
    m_next.reset();
}

bool HostBlows::hits(HostBlow blow) {
    switch (blow) {
        case HostBlow::kill:
            return kill();
        case HostBlow::stop:
            return stop();
        case HostBlow::crash:
            crash();
            return true;
        case HostBlow::end_sessions:
            return end_sessions();
        case HostBlow::unplug:
            return unplug();
    }
    return false;
}

template <typename Can>
Station* HostBlows::choose(Can&& can) {
    std::vector<Station*> victims;
    for (Station& station : m_cast.stations()) {
        if (can(station)) victims.push_back(&station);
    }
    if (victims.empty()) return nullptr;
    const int last = static_cast<int>(victims.size()) - 1;
    return victims[static_cast<std::size_t>(m_scene.pick(0, last))];
}

/// Who sleeps, or cannot be reached, shall mostly come back, and meet a successor at work.
bool HostBlows::kill() {
    const bool any = m_scene.pick(0, 7) == 0;
    Station* const station = choose([&](const Station& of) {
        if (!of.role.child || of.role.child->ended()) return false;
        return any || (of.role.is_awake() && of.host->is_plugged_in());
    });
    if (station != nullptr) station->role.let_go();
    return station != nullptr;
}

bool HostBlows::stop() {
    Station* const station =
        choose([](const Station& of) { return of.role.is_worker() && of.role.is_awake(); });
    if (station == nullptr) return false;
    station->role.child->signal(SIGSTOP);
    station->role.asleep_until = now() + m_scene.pick(1'500, 2'600);
    return true;
}

void HostBlows::crash() {
    for (Station& station : m_cast.stations())
        m_cast.excuse_newcomer(station);
    m_scene.server.crash();
    std::this_thread::sleep_for(std::chrono::milliseconds{m_scene.pick(0, 2'000)});
    m_scene.server.start();
}

bool HostBlows::end_sessions() {
    Station* const station = choose([](const Station& of) { return of.role.child != nullptr; });
    if (station == nullptr) return false;
    m_cast.excuse_newcomer(*station);
    m_scene.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_addr = '" +
                station->host->address() + "'");
    return true;
}

/// Each third is never heard of again: its sessions stay with the server, and what they locked,
/// until the server misses it.
bool HostBlows::unplug() {
    Station* const station =
        choose([](const Station& of) { return of.role.child && of.host->is_plugged_in(); });
    if (station == nullptr) return false;
    if (++m_unplugged % 3 == 0) {
        ++m_lost;
        m_cast.lose_host(*station);
        return true;
    }
    m_cast.excuse_newcomer(*station);
    station->host->unplug();
    station->plugged_in_at = now() + m_scene.pick(1'500, 6'000);
    return true;
}

std::string HostBlows::summary() const {
    std::string list;
    for (const auto& [blow, kills_each, name] : k_blows) {
        const auto dealt = m_dealt.find(blow);
        list += (list.empty() ? "" : ", ") +
                std::to_string(dealt == m_dealt.end() ? 0 : dealt->second) + " " + name;
    }
    return list + " (" + std::to_string(m_lost) + " of them for good)";
}

}  // namespace pressings::test
