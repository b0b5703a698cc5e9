#include "support/terminal.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <stdexcept>

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/typist.hpp"

namespace pressings::test {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const std::string& text : texts)
        all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

[[noreturn]] void become(const Command& command) {
    std::vector<std::string> variables;
    for (const auto& [name, value] : command.environment)
        variables.push_back(name + "=" + value);
    const auto argv = pointers(command.arguments);
    const auto environment = pointers(variables);
    ::execve(argv[0], argv.data(), environment.data());
    ::_exit(127);
}

/// All that comes until the last program has closed the terminal; false if that takes too long.
bool read_all(int terminal, std::chrono::seconds timeout, std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    std::array<char, 4096> buffer{};
    while (std::chrono::steady_clock::now() < deadline) {
        pollfd polled{terminal, POLLIN, 0};
        if (::poll(&polled, 1, 100) <= 0) continue;
        const ssize_t size = ::read(terminal, buffer.data(), buffer.size());
        if (size <= 0) return true;  // EIO: nobody has it open any more
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return false;
}

pid_t start_on_terminal(const Command& command, int& terminal, unsigned short columns = 200) {
    winsize size{};
    size.ws_row = 50;
    size.ws_col = columns;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child < 0) throw std::runtime_error("there is no terminal to be had");
    if (child == 0) become(command);
    return child;
}

}  // namespace

std::string run_on_terminal(const Command& command, unsigned short columns) {
    int terminal = -1;
    const pid_t child = start_on_terminal(command, terminal, columns);
    std::string text;
    const bool ended = read_all(terminal, command.timeout, text);
    if (!ended) ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(terminal);
    if (!ended) throw std::runtime_error(command.arguments.front() + " took too long");
    return text;
}

Typist::Typist(const Command& command)
    : m_patience(command.timeout), m_child(start_on_terminal(command, m_terminal)) {}

Typist::~Typist() {
    ::kill(m_child, SIGKILL);
    ::waitpid(m_child, nullptr, 0);
    ::close(m_terminal);
}

void Typist::type(const std::string& keys) {
    if (::write(m_terminal, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
        throw std::runtime_error("the terminal takes no more keys");
}

std::string Typist::read_until(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + m_patience;
    std::array<char, 4096> buffer{};
    for (;;) {
        if (const auto at = m_unread.find(text); at != std::string::npos) {
            const std::string shown = m_unread.substr(0, at);
            m_unread.erase(0, at + text.size());
            return shown;
        }
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("nothing shows " + text + ", but: " + m_unread);
        pollfd polled{m_terminal, POLLIN, 0};
        if (::poll(&polled, 1, 100) <= 0) continue;
        const ssize_t size = ::read(m_terminal, buffer.data(), buffer.size());
        if (size <= 0) throw std::runtime_error("it ended, and showed " + m_unread);
        m_unread.append(buffer.data(), static_cast<std::size_t>(size));
    }
}

}  // namespace pressings::test
