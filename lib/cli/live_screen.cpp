#include "cli/live_screen.hpp"

#include <array>
#include <string>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/output.hpp"

namespace pressings::cli {

namespace {

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
constexpr std::string_view k_enter = "\x1B[?1049h\x1B[?25l";  // other buffer, no cursor
constexpr std::string_view k_leave = "\x1B[?25h\x1B[?1049l";
constexpr std::string_view k_home = "\x1B[H";
constexpr std::string_view k_clear_line = "\x1B[K";
constexpr std::string_view k_clear_rest = "\x1B[J";

void put(std::string_view text) {
    Output output;
    output.write(text);
    output.flush();
}

std::size_t rows_of_terminal() {
    constexpr std::size_t k_usual = 24;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return k_usual;
    return size.ws_row;
}

}  // namespace

LiveScreen::LiveScreen(std::string_view option) {
    if (!is_terminal(STDIN_FILENO) || !is_terminal(STDOUT_FILENO)) {
        throw UsageError(fmt::format("{} needs a terminal to draw on", option));
    }
    ::tcgetattr(STDIN_FILENO, &m_before);
    termios keys = m_before;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &keys);
    put(k_enter);
}

LiveScreen::~LiveScreen() {
    try {
        put(k_leave);
    } catch (const Error&) {  // the terminal is gone
    }
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
}

void LiveScreen::show(std::string_view text) {
    const std::size_t columns = terminal_columns();
    std::string frame{k_home};
    std::size_t room = rows_of_terminal() - 1;
    while (!text.empty() && room-- > 0) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        frame += columns > 0 ? fit_width(line, columns) : std::string{line};
        frame.append(k_clear_line).append("\r\n");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    frame += k_clear_rest;
    put(frame);
}

bool LiveScreen::wait(Millis time_ms) {
    const std::array<int, 2> sources{STDIN_FILENO, m_signals.descriptor()};
    const Millis until_ms = system_clock().steady_ms() + time_ms;
    while (true) {
        const Millis left_ms = until_ms - system_clock().steady_ms();
        if (left_ms <= 0) return true;
        wait_for(sources, left_ms);
        if (m_signals.next() == SignalRequest::stop) return false;
        int waiting = 0;
        if (::ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting > 0) return false;
    }
}

}  // namespace pressings::cli
