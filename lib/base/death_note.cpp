#include "base/death_note.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace pressings {

namespace {

constexpr std::array<int, 5> k_faults{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

std::atomic<const DeathNote*> current = nullptr;
std::array<struct sigaction, k_faults.size()> before{};

void die_as_before(int number) {
    for (std::size_t i = 0; i < k_faults.size(); ++i) {
        if (k_faults[i] == number) ::sigaction(number, &before[i], nullptr);
    }
}

void receive(int number, siginfo_t* info, void* /*context*/) {
    // Whoever takes it first writes it: two threads may fail at once.
    if (const DeathNote* note = current.exchange(nullptr)) note->write(number);
    die_as_before(number);
    // A fault comes again when the handler returns, with all its circumstances; what was sent does
    // not. (abort() sends its signal.)
    if (info->si_code <= 0) ::raise(number);
}

}  // namespace

DeathNote::DeathNote(std::string path, const std::string& text)
    : m_path(std::move(path)), m_line(text + " ") {
    if (current.exchange(this) != nullptr) return;
    struct sigaction action {};
    action.sa_sigaction = &receive;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (std::size_t i = 0; i < k_faults.size(); ++i) {
        ::sigaction(k_faults[i], nullptr, &before[i]);
        if (before[i].sa_handler != SIG_IGN) ::sigaction(k_faults[i], &action, nullptr);
    }
}

DeathNote::~DeathNote() {
    const DeathNote* mine = this;
    if (!current.compare_exchange_strong(mine, nullptr)) return;
    for (const int number : k_faults)
        die_as_before(number);
}

void DeathNote::write(int signal_number) const {
    constexpr int k_how = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    constexpr int k_mode = 0666;
    const int file = ::open(m_path.c_str(), k_how, k_mode);
    if (file < 0) return;
    std::array<char, 256> line{};
    const std::size_t size = m_line.copy(line.data(), line.size() - 3);
    const std::array<char, 3> number{static_cast<char>('0' + signal_number / 10 % 10),
                                     static_cast<char>('0' + signal_number % 10), '\n'};
    std::memcpy(line.data() + size, number.data(), number.size());
    // One call, so that lines of several processes do not mix. If it fails, there is no note.
    [[maybe_unused]] const ssize_t ignored = ::write(file, line.data(), size + number.size());
    ::close(file);
}

}  // namespace pressings
