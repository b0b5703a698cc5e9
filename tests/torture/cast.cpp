#include "torture/cast.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "support/eventually.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

constexpr int k_workers = 4;
constexpr int k_environment_failed = 3;

Role role(const char* name, std::vector<std::string> command, std::string output = "") {
    Role role{name, std::move(command)};
    role.output = std::move(output);
    return role;
}

Millis now() {
    return system_clock().steady_ms();
}

}  // namespace

Cast::Cast(Scene& scene, Subject& subject)
    : m_scene(scene),
      m_subject(subject),
      m_slice(scene.folder.file("slice.mbid")),
      m_stage(scene.folder.path().string(), scene.db, scene.link),
      m_reader(scene.unread) {}

void Cast::add_workers(double rate) {
    auto command = m_subject.worker(m_scene.db, rate);
    command.insert(command.end(), {"--loop", "--lease", "1s", "--json"});
    for (int i = 0; i < k_workers; ++i)
        m_roles.push_back(role("worker", command, m_scene.reports));
}

void Cast::add_all(double rate) {
    add_workers(rate);
    const auto add = [&](const char* name, const char* tool, std::vector<std::string> arguments,
                         const std::string& output = "") {
        arguments.insert(arguments.end(), {"--db", m_scene.db});
        m_roles.push_back(role(name, m_subject.tool(tool, arguments), output));
    };
    add("import", "album-import", {"--from", m_slice, "--batch", "7", "--json", "-q"},
        m_scene.imports);
    add("refresh", "album-import", {"--refresh", "--older-than", "1s", "-q"});
    add("status", "release-worker", {"status", "--json"});
    add("backup", "release-worker", {"backup", m_scene.backup, "-q"});
    add("reader", "release-catalog", {"releases", "--json"}, m_scene.unread);
}

void Cast::keep_alive(int done, int all) {
    constexpr std::size_t k_at_first = 10;
    const auto albums = m_subject.groups.size();
    const auto by_now = albums * static_cast<std::size_t>(done) / static_cast<std::size_t>(all);
    m_to_offer = std::min(albums, k_at_first + by_now);
    for (Role& role : m_roles)
        keep_alive(role);
}

void Cast::keep_alive(Role& role) {
    if (role.asleep_until != 0 && now() >= role.asleep_until) {
        role.child->signal(SIGCONT);
        role.asleep_until = 0;
    }
    if (role.is_awake()) take_end(role);
    // Workers are to be there; of the others there would be hundreds a second.
    if (role.child || (!role.is_worker() && m_scene.pick(0, 2) != 0)) return;
    if (role.name == "backup") take_backup();
    if (role.name == "import") write_slice();
    if (role.name == "reader") m_reader.come();
    m_stage.start(role, m_scene.random);
    role.may_give_up |= !fs::exists(m_scene.db);  // who only reads makes none
}

void Cast::take_end(Role& role) {
    if (const auto status = role.child->ended()) {
        if (!may_end(role, *status)) {
            m_subject.fault(role.name + " ended with " + std::to_string(*status) + ": " +
                            role.child->error_output());
        }
        m_given_up += *status == k_environment_failed;
        role.let_go();
    } else if (role.must_end_by != 0 && now() > role.must_end_by) {
        m_subject.fault(role.name + " does not end, though it was asked to");
        role.let_go();
    }
}

void Cast::end_all() {
    // Who sleeps may hold what others need to end.
    for (const Role& role : m_roles) {
        if (role.child) role.child->signal(SIGCONT);
    }
    for (Role& role : m_roles) {
        while (role.child && role.must_end_by != 0) {
            eventually([&] { return role.child->ended() || now() > role.must_end_by; });
            take_end(role);
        }
    }
    m_roles.clear();
}

/// One in three is looked at, which takes its time; elsewhere: to open it where it is may need room
/// that is not there.
void Cast::take_backup() {
    if (!fs::exists(m_scene.backup)) return;
    const std::string copy = m_scene.folder.file("backup.db");
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(copy + suffix);
    if (m_scene.pick(0, 2) == 0) {
        fs::copy_file(m_scene.backup, copy);
        check_backup(m_subject, copy);
    }
    fs::remove(m_scene.backup);
}

/// Some of them are there already.
void Cast::write_slice() {
    const auto known = static_cast<std::size_t>(m_scene.pick(1, 5));
    m_subject.write_list(m_slice, m_offered - std::min(m_offered, known), m_to_offer);
    m_offered = m_to_offer;
}

}  // namespace pressings::test
