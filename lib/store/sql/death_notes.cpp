#include "store/sql/death_notes.hpp"

#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pressings::store::sql {

namespace {

/// Thousands of deaths; what is beyond is passed over.
constexpr std::size_t k_most_bytes = 64 * 1024;

std::string read_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return {};
    std::string text(k_most_bytes, '\0');
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

}  // namespace

std::string death_note_of(std::int64_t worker_id, std::int64_t started_at_ms) {
    return fmt::format("worker {} of {} died of signal", worker_id, started_at_ms);
}

bool DeathNotes::has(std::int64_t worker_id, std::int64_t started_at_ms) {
    if (!m_text) m_text = read_file(m_path);
    const std::string note = death_note_of(worker_id, started_at_ms) + " ";
    return m_text->starts_with(note) || m_text->find("\n" + note) != std::string::npos;
}

void DeathNotes::discard() {
    const std::string text = std::exchange(m_text, std::nullopt).value_or("");
    struct stat now {};
    if (text.empty() || ::lstat(m_path.c_str(), &now) != 0) return;
    const bool is_longer = static_cast<std::size_t>(now.st_size) > text.size();
    if (is_longer && text.size() < k_most_bytes) return;
    ::unlink(m_path.c_str());
}

}  // namespace pressings::store::sql
