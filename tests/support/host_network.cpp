#include "support/host_network.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/own_namespaces.hpp"

namespace pressings::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* k_nsenter = "/usr/bin/nsenter";
constexpr const char* k_unshare = "/usr/bin/unshare";
constexpr const char* k_bridge = "hosts";

std::string find_ip() {
    for (const char* path : {"/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"}) {
        if (fs::exists(path)) return path;
    }
    throw NetworkMissing("networks of our own: the command ip (package iproute2)");
}

void must(const std::vector<std::string>& command) {
    Child child{command};
    if (child.wait() == 0) return;
    std::string text;
    for (const std::string& word : command)
        text += (text.empty() ? "" : " ") + word;
    throw NetworkMissing("networks of our own: " + text + ": " + child.error_output());
}

/// The words of an ip command, which hold no blanks.
void ip(const std::string& words) {
    static const std::string path = find_ip();
    std::vector<std::string> command{path};
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find(' ', begin), words.size());
        command.push_back(words.substr(begin, end - begin));
        begin = end + 1;
    }
    must(command);
}

std::string network_of(pid_t process) {
    return "/proc/" + std::to_string(process) + "/ns/net";
}

bool may_have_clock() {
    static const bool may =
        Child{{k_unshare, "--time", "--monotonic", "1", "/bin/true"}}.wait() == 0;
    return may;
}

/// A process in a network namespace of its own; it ends with this one.
pid_t hold_network() {
    const pid_t holder = ::fork();
    if (holder < 0) throw std::runtime_error("cannot fork");
    if (holder == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::unshare(CLONE_NEWNET) != 0) ::_exit(1);
        while (true)
            ::pause();
    }
    const auto own = fs::read_symlink(network_of(::getpid()));
    const bool is_held = eventually([&] {
        std::error_code gone;
        const auto theirs = fs::read_symlink(network_of(holder), gone);
        return gone || theirs != own;
    });
    if (!is_held || ::waitpid(holder, nullptr, WNOHANG) != 0)
        throw NetworkMissing("networks of our own: none for a host");
    return holder;
}

}  // namespace

HostNetwork::HostNetwork() {
    if (!enter_own_namespaces(CLONE_NEWNET))
        throw NetworkMissing("networks of our own: neither root, nor namespaces for users");
    ip("link set lo up");
    ip(std::string{"link add "} + k_bridge + " type bridge");
    ip(std::string{"address add "} + address() + "/24 dev " + k_bridge);
    ip(std::string{"link set "} + k_bridge + " up");
}

Host::Host(int number, int clock_ahead_s)
    : m_address("10.77.0." + std::to_string(number)),
      m_plug("plug" + std::to_string(number)),
      m_clock_ahead_s(may_have_clock() ? clock_ahead_s : 0),
      m_holder(hold_network()) {
    const std::string holder = std::to_string(m_holder);
    ip("link add " + m_plug + " type veth peer name eth0 netns " + holder);
    ip("link set " + m_plug + " master " + k_bridge);
    const auto there = [&](const std::string& words) {
        must(
            {k_nsenter, "--net=" + network_of(m_holder), "/bin/sh", "-c", find_ip() + " " + words});
    };
    there("link set lo up");
    there("address add " + m_address + "/24 dev eth0");
    there("link set eth0 up");
    plug_in();
}

Host::~Host() {
    ::kill(m_holder, SIGKILL);
    ::waitpid(m_holder, nullptr, 0);
}

std::vector<std::string> Host::command(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all{k_nsenter, "--net=" + network_of(m_holder)};
    if (m_clock_ahead_s > 0) {
        const std::string ahead = std::to_string(m_clock_ahead_s);
        all.insert(all.end(), {k_unshare, "--time", "--monotonic", ahead, "--boottime", ahead});
    }
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

void Host::enter() const {
    const int network = ::open(network_of(m_holder).c_str(), O_RDONLY | O_CLOEXEC);
    if (::setns(network, CLONE_NEWNET) != 0) throw std::runtime_error("cannot be on a host");
    ::close(network);
}

// With the bridge's end of the cable down, both sides drop what they would send. (A cable that is
// only taken out of the bridge ends in this process's network, which may take packets.)
void Host::unplug() {
    ip("link set " + m_plug + " down");
    m_is_plugged_in = false;
}

void Host::plug_in() {
    ip("link set " + m_plug + " up");
    m_is_plugged_in = true;
}

}  // namespace pressings::test
