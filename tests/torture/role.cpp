#include "torture/role.hpp"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "preload/control.h"
#include "support/preloaded.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

constexpr int k_usage = 2;
constexpr int k_environment_failed = 3;
constexpr int k_signalled = 128;
constexpr const char* k_unshare = "/usr/bin/unshare";

int pick(std::mt19937& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

std::string libfaketime() {
    if (!can_preload()) return {};
    for (const auto& folder : fs::directory_iterator{"/usr/lib"}) {
        const auto path = folder.path() / "faketime" / "libfaketimeMT.so.1";
        if (fs::exists(path)) return path.string();
    }
    return {};
}

bool may_unshare_time() {
    return Child{{k_unshare, "--time", "--monotonic", "1000", "/bin/true"}}.wait() == 0;
}

/// Most processes are in none: the work has to get on.
Deck<Trouble> troubles() {
    std::vector<std::pair<Trouble, int>> kinds{
        {Trouble::none, 12}, {Trouble::link, 2}, {Trouble::small_files, 1}};
    if (may_unshare_time()) kinds.emplace_back(Trouble::time_namespace, 1);
    if (can_preload()) kinds.emplace_back(Trouble::failing_call, 2);
    return Deck<Trouble>{kinds};
}

}  // namespace

void Role::let_go() {
    child.reset();
    asleep_until = 0;
    must_end_by = 0;
}

bool may_end(const Role& role, int status) {
    // A worker finishes or hands back what it has; others may say that they were stopped, or die.
    const bool may_break_off = role.hung_up && !role.is_worker();
    if (status == k_environment_failed) return role.may_give_up || may_break_off;
    if (status == k_signalled + SIGHUP) return may_break_off;
    // A batch that cannot be read is the user's to mend.
    if (status == k_usage) return role.trouble == Trouble::failing_call;
    return status == 0 || status == 1;
}

bool has_open(const Child& process, const std::string& path) {
    std::error_code ignored;
    const auto files = "/proc/" + std::to_string(process.pid()) + "/fd";
    for (fs::directory_iterator file{files, ignored}, end; !ignored && file != end;
         file.increment(ignored)) {
        std::error_code closed;
        if (fs::read_symlink(*file, closed) == path) return true;
    }
    return false;
}

Stage::Stage(std::string folder, std::string db, std::string link)
    : m_folder(std::move(folder)),
      m_db(std::move(db)),
      m_link(std::move(link)),
      m_faketime(libfaketime()),
      m_troubles(troubles()) {
    fs::create_symlink(m_db, m_link);
    std::ofstream{m_folder + "/clock"} << "+0\n";
}

void Stage::start(Role& role, std::mt19937& random) {
    role.trouble = m_troubles.draw(random);
    role.may_give_up =
        role.trouble == Trouble::small_files || role.trouble == Trouble::failing_call;
    role.hung_up = false;
    role.child = std::make_unique<Child>(in_trouble(role, random), role.output);
}

void Stage::step_clock(std::mt19937& random) const {
    constexpr int k_day_s = 86'400;
    std::ofstream{m_folder + "/clock.new"} << (pick(random, 0, 1) == 0 ? '-' : '+')
                                           << pick(random, 0, k_day_s) << '\n';
    fs::rename(m_folder + "/clock.new", m_folder + "/clock");
}

std::string Stage::missing() const {
    std::string list;
    const auto add = [&](const char* what) {
        list += (list.empty() ? "" : ", ") + std::string{what};
    };
    if (m_faketime.empty()) add("steps of the clock");
    if (!may_unshare_time()) add("namespaces of time");
    if (!can_preload()) add("failing calls");
    return list;
}

std::vector<std::string> Stage::in_trouble(const Role& role, std::mt19937& random) const {
    std::vector<std::string> all;
    const auto add = [&](const std::vector<std::string>& some) {
        all.insert(all.end(), some.begin(), some.end());
    };
    if (role.trouble == Trouble::time_namespace) {
        const auto ahead = std::to_string(pick(random, 1, 1'000'000));
        add({k_unshare, "--time", "--monotonic", ahead, "--boottime", ahead});
    }
    if (role.trouble == Trouble::small_files) {
        add({"/usr/bin/prlimit", "--fsize=" + std::to_string(pick(random, 1, 64) * 65'536)});
    }
    add({"/usr/bin/env"});
    std::string preload = m_faketime;
    if (!m_faketime.empty()) {
        add({"FAKETIME_TIMESTAMP_FILE=" + m_folder + "/clock", "FAKETIME_NO_CACHE=1",
             "FAKETIME_DISABLE_SHM=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1"});
    }
    if (role.trouble == Trouble::failing_call) {
        add({PRELOAD_CONTROL "=" + write_failing_call(random)});
        preload = std::string{PRESSINGS_PRELOAD} + (preload.empty() ? "" : ":") + preload;
    }
    if (!preload.empty()) add({"LD_PRELOAD=" + preload});
    for (const std::string& argument : role.arguments) {
        all.push_back(role.trouble == Trouble::link && argument == m_db ? m_link : argument);
    }
    return all;
}

std::string Stage::write_failing_call(std::mt19937& random) const {
    constexpr int k_files = 64;
    constexpr int k_calls = 150;  // about as many as a short run makes of each
    constexpr int k_allocations = 20'000;
    preload_control control{};
    control.failing = pick(random, 0, preload_calls - 1);
    control.error = pick(random, 0, 1) == 0 ? EIO : ENOSPC;
    control.nth = pick(random, 1, control.failing == preload_memory ? k_allocations : k_calls);
    const std::string path = m_folder + "/control." + std::to_string(pick(random, 1, k_files));
    fs::remove(path);  // it may still be another's
    std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(&control),
                                                sizeof control);
    return path;
}

}  // namespace pressings::test
