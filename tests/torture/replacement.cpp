#include "torture/replacement.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "support/eventually.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

constexpr std::array k_files{"", "-wal"};
constexpr const char* k_index = "-shm";
constexpr const char* k_aside = ".aside";
constexpr std::chrono::seconds k_patience{60};
constexpr int k_environment_failed = 3;
constexpr int k_does_not_end = -1;

/// The letter behind the name, which may have brackets of its own; '?' if the process has gone.
char state_of(const Child& process) {
    std::ifstream file{"/proc/" + std::to_string(process.pid()) + "/stat"};
    std::string line;
    std::getline(file, line);
    const auto end = line.rfind(") ");
    return end == std::string::npos ? '?' : line[end + 2];
}

bool stands_still(const Child& process) {
    const char state = state_of(process);
    return state == 'T' || state == 'Z' || state == '?';
}

/// What has the database not open yet would open what lies there meanwhile, or make a new one.
void hold(std::vector<Role>& roles, const std::string& db) {
    for (const Role& role : roles) {
        if (role.child) role.child->signal(SIGSTOP);
    }
    for (Role& role : roles) {
        if (!role.child) continue;
        eventually([&] { return stands_still(*role.child); });
        if (!has_open(*role.child, db)) role.let_go();
    }
}

/// As after a power cut at this moment, for nobody moves: what is committed is in the two files.
void copy_aside(const std::string& db) {
    for (const char* suffix : k_files) {
        if (!fs::exists(db + suffix)) continue;
        fs::copy_file(db + suffix, db + k_aside + suffix, fs::copy_options::overwrite_existing);
    }
}

void take_away(const std::string& db, Replacement manner) {
    for (const char* suffix : k_files) {
        if (manner == Replacement::moved && fs::exists(db + suffix)) {
            fs::rename(db + suffix, db + k_aside + suffix);
        } else {
            fs::remove(db + suffix);
        }
    }
    fs::remove(db + k_index);
}

void put_back(const std::string& db) {
    for (const char* suffix : k_files) {
        if (fs::exists(db + k_aside + suffix)) fs::rename(db + k_aside + suffix, db + suffix);
    }
}

/// Those that had the database open.
std::vector<Role*> workers(std::vector<Role>& roles) {
    std::vector<Role*> found;
    for (Role& role : roles) {
        if (role.child && role.is_worker()) found.push_back(&role);
    }
    return found;
}

void await_ends(Subject& subject, const std::vector<Role*>& workers) {
    eventually(
        [&] {
            return std::all_of(workers.begin(), workers.end(),
                               [](Role* worker) { return worker->child->ended().has_value(); });
        },
        k_patience);
    for (Role* worker : workers) {
        const int status = worker->child->ended().value_or(k_does_not_end);
        const bool had_another_reason = worker->hung_up || worker->may_give_up;
        if (status == k_environment_failed) continue;
        if (had_another_reason && may_end(*worker, status)) continue;
        subject.fault("a worker whose database was replaced did not end with 3, but with " +
                      std::to_string(status) + ": " + worker->child->error_output());
    }
}

}  // namespace

void replace_database(Subject& subject, std::vector<Role>& roles, const std::string& db,
                      Replacement manner) {
    hold(roles, db);
    if (manner != Replacement::moved) copy_aside(db);
    take_away(db, manner);
    if (manner == Replacement::another) put_back(db);
    for (const Role& role : roles) {
        if (role.child) role.child->signal(SIGCONT);
    }
    await_ends(subject, workers(roles));
    for (Role& role : roles)
        role.let_go();
    put_back(db);
}

}  // namespace pressings::test
