#include "torture/blows.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "torture/replacement.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

constexpr Millis k_time_to_end_ms = 90'000;

struct BlowOfDeck {
    Blow blow;
    int count;  ///< in each deck
    const char* name;
};

constexpr BlowOfDeck k_blows[] = {
    {Blow::kill, 40, "kills"},
    {Blow::stop, 12, "stops"},
    {Blow::hang_up, 8, "hang-ups"},
    {Blow::broken_pipe, 3, "broken pipes"},
    {Blow::reader_leaves, 2, "readers that left"},
    {Blow::clock_step, 4, "steps of the clock"},
    {Blow::side_file, 4, "side files lost or strange"},
    {Blow::full_disk, 2, "full disks"},
    {Blow::second_name, 1, "hard links"},
    {Blow::replacement, 1, "replacements"},
};

std::vector<std::pair<Blow, int>> counts() {
    std::vector<std::pair<Blow, int>> all;
    for (const auto& [blow, count, name] : k_blows)
        all.emplace_back(blow, count);
    return all;
}

Millis now() {
    return system_clock().steady_ms();
}

bool may_sleep(const Role& role) {
    return role.is_worker() && role.is_awake() && role.must_end_by == 0;
}

}  // namespace

Blows::Blows(Scene& scene, Subject& subject, Cast& cast)
    : m_scene(scene), m_subject(subject), m_cast(cast), m_deck(counts()) {
    for (const auto& [blow, count, name] : k_blows)
        m_dealt[blow] = 0;
}

void Blows::deal() {
    if (m_replacement_is_due) {
        replace();
        return;
    }
    const Blow blow = m_deck.draw(m_scene.random);
    if (hits(blow)) ++m_dealt[blow];
}

bool Blows::hits(Blow blow) {
    const auto at_work = [this](const Role& role) { return is_at_work(role); };
    switch (blow) {
        case Blow::kill:
            return hit([this](const Role& role) { return may_be_killed(role); },
                       [](Role& role) { role.let_go(); });
        case Blow::stop:
            return hit(may_sleep, [this](Role& role) { put_to_sleep(role); });
        case Blow::hang_up:
            return hang_up();
        case Blow::broken_pipe:
            return hit(at_work, [](Role& role) { role.child->signal(SIGPIPE); });
        case Blow::reader_leaves:
            return leave_reader();
        case Blow::clock_step:
            m_cast.stage().step_clock(m_scene.random);
            return true;
        case Blow::side_file:
            return spoil_side_file();
        case Blow::full_disk:
            return fill_disk();
        case Blow::second_name:
            return give_second_name();
        case Blow::replacement:
            m_replacement_is_due = true;
            return false;
    }
    return false;
}

template <typename Can, typename Act>
bool Blows::hit(Can&& can, Act&& act) {
    std::vector<Role*> victims;
    for (Role& role : m_cast.roles()) {
        if (can(role)) victims.push_back(&role);
    }
    if (victims.empty()) return false;
    const int last = static_cast<int>(victims.size()) - 1;
    act(*victims[static_cast<std::size_t>(m_scene.pick(0, last))]);
    return true;
}

/// A worker that sleeps past its lease shall come back, and meet a successor at work. The slow
/// reader would be hit most of all, for the others are soon done.
bool Blows::may_be_killed(const Role& role) {
    if (!role.child || role.child->ended() || role.must_end_by != 0) return false;
    const bool is_spared = role.name == "reader" || (role.is_worker() && now() < m_spared_until);
    return !is_spared || m_scene.pick(0, 7) == 0;
}

bool Blows::is_at_work(const Role& role) const {
    return role.is_awake() && role.must_end_by == 0 && has_open(*role.child, m_scene.db);
}

void Blows::put_to_sleep(Role& worker) {
    worker.child->signal(SIGSTOP);
    worker.asleep_until = now() + m_scene.pick(1'500, 2'600);
    m_spared_until = worker.asleep_until + 300;
}

/// Mostly a worker, for the others may just die. One in four may be killed while it tries to end.
bool Blows::hang_up() {
    const bool any = m_scene.pick(0, 3) == 0;
    return hit([&](const Role& role) { return (any || role.is_worker()) && is_at_work(role); },
               [this](Role& role) {
                   role.hung_up = true;
                   if (m_scene.pick(0, 3) != 0) role.must_end_by = now() + k_time_to_end_ms;
                   role.child->signal(SIGHUP);
               });
}

bool Blows::leave_reader() {
    return hit([this](const Role& role) { return role.name == "reader" && is_at_work(role); },
               [this](Role& role) {
                   role.must_end_by = now() + k_time_to_end_ms;
                   m_cast.reader().leave();
               });
}

/// The file of locks is one of an older version, which nothing looks at.
bool Blows::spoil_side_file() {
    const char* const lost[] = {"-rate", "-deaths", "-lock"};
    fs::remove(m_scene.db + lost[m_scene.pick(0, 2)]);
    if (m_scene.pick(0, 1) == 0) std::ofstream{m_scene.db + "-lock"};
    return true;
}

bool Blows::fill_disk() {
    if (!m_scene.disk.can_be_full() || m_full_until != 0) return false;
    m_scene.disk.fill(static_cast<std::uint64_t>(m_scene.pick(0, 200)) * 1'024);
    m_full_until = now() + m_scene.pick(200, 1'500);
    return true;
}

bool Blows::give_second_name() {
    std::error_code failed;
    fs::create_hard_link(m_scene.db, m_scene.second_name, failed);
    if (failed) return false;
    m_second_name_until = now() + m_scene.pick(100, 1'000);
    return true;
}

/// Not before all who must end have ended, for it would be taken for their reason.
void Blows::replace() {
    const auto& roles = m_cast.roles();
    const bool must_wait = m_full_until != 0 || m_second_name_until != 0 ||
                           !fs::exists(m_scene.db) ||
                           std::any_of(roles.begin(), roles.end(),
                                       [](const Role& role) { return role.must_end_by != 0; });
    if (must_wait) return;
    m_replacement_is_due = false;
    ++m_dealt[Blow::replacement];
    replace_database(m_subject, m_cast.roles(), m_scene.db,
                     static_cast<Replacement>(m_scene.pick(0, 2)));
}

void Blows::end_bad_times() {
    if (m_full_until == 0 && m_second_name_until == 0) return;
    for (Role& role : m_cast.roles())
        role.may_give_up = true;
    if (now() >= m_full_until) {
        m_scene.disk.make_room();
        m_full_until = 0;
    }
    if (now() >= m_second_name_until) {
        fs::remove(m_scene.second_name);
        m_second_name_until = 0;
    }
}

void Blows::calm_down() {
    m_scene.disk.make_room();
    m_full_until = 0;
    m_second_name_until = 0;
    fs::remove(m_scene.second_name);
    fs::remove(m_scene.db + "-lock");
}

std::string Blows::summary() const {
    std::string list;
    for (const auto& [blow, count, name] : k_blows) {
        list += (list.empty() ? "" : ", ") + std::to_string(m_dealt.at(blow)) + " " + name;
    }
    return list;
}

}  // namespace pressings::test
