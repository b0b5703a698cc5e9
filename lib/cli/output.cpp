#include "cli/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/pager.hpp"

namespace pressings::cli {

namespace {

constexpr std::size_t k_buffer_size = std::size_t{64} * 1024;
constexpr std::size_t k_most_held = std::size_t{4} << 20U;  // of a screen that is not full yet

}  // namespace

Output::Output() : Output(STDOUT_FILENO, "standard output") {}

Output::Output(int descriptor, std::string name)
    : m_descriptor(descriptor), m_name(std::move(name)) {}

Output::~Output() = default;

bool Output::is_terminal() const {
    return m_pager != nullptr || cli::is_terminal(m_descriptor);
}

void Output::page_with(std::string command, std::size_t screen_lines) {
    m_pager_command = std::move(command);
    m_screen_lines = screen_lines;
}

bool Output::may_be_paged() const {
    if (m_pager_command.empty() || m_pager || m_buffer.size() > k_most_held) return false;
    const auto lines = std::count(m_buffer.begin(), m_buffer.end(), '\n');
    return static_cast<std::size_t>(lines) < m_screen_lines;
}

void Output::start_pager() {
    m_pager = std::make_unique<Pager>(m_pager_command);
    m_descriptor = m_pager->descriptor();
}

void Output::finish_paging() {
    if (!m_pager) return;
    const int status = m_pager->finish();
    m_pager.reset();
    constexpr int k_cannot_be_run = 126;
    constexpr int k_not_found = 127;
    if (status == k_cannot_be_run || status == k_not_found) {
        throw Error(fmt::format("the pager {} could not be run; --no-pager does without",
                                quote(m_pager_command)));
    }
}

void Output::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() < k_buffer_size || m_descriptor == k_memory || may_be_paged()) return;
    if (!m_pager_command.empty() && !m_pager) start_pager();
    write_out();
}

void Output::line(std::string_view text) {
    m_buffer += text;
    write("\n");
}

void Output::json_line(const nlohmann::ordered_json& document) {
    line(json_text(document));
}

void Output::flush() {
    if (may_be_paged()) m_pager_command.clear();  // that was all
    if (!m_pager_command.empty() && !m_pager) start_pager();
    write_out();
}

void Output::write_out() {
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t written = ::write(m_descriptor, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            m_buffer.clear();
            if (error == EPIPE) throw OutputClosed(m_name + " was closed");
            throw Error(fmt::format("cannot write to {}: {}", m_name, errno_text(error)));
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    m_buffer.clear();
}

std::string json_text(const nlohmann::ordered_json& document) {
    using handler = nlohmann::ordered_json::error_handler_t;
    return escape_in_json(document.dump(-1, ' ', false, handler::replace));
}

bool is_terminal(int descriptor) {
    return ::isatty(descriptor) == 1;
}

bool wants_color(ColorChoice choice) {
    switch (choice) {
        case ColorChoice::always:
            return true;
        case ColorChoice::never:
            return false;
        case ColorChoice::automatic:
            break;
    }
    const char* no_color = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    const bool dumb = term != nullptr && std::string_view{term} == "dumb";
    return is_terminal(STDOUT_FILENO) && !dumb && (no_color == nullptr || *no_color == '\0');
}

std::size_t terminal_lines(int descriptor) {
    winsize size{};
    if (!is_terminal(descriptor) || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_row;
}

std::size_t terminal_columns(int descriptor) {
    winsize size{};
    if (!is_terminal(descriptor) || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

}  // namespace pressings::cli
