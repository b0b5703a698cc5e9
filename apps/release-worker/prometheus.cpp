#include "prometheus.hpp"

#include <cerrno>
#include <cstdio>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pressings {

namespace {

std::string label_value(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\' || c == '"') escaped += '\\';
        escaped += c == '\n' ? ' ' : c;
    }
    return escaped;
}

void add_gauge(std::string& text, std::string_view name, std::string_view help, double value) {
    text += fmt::format("# HELP pressings_{0} {1}\n# TYPE pressings_{0} gauge\npressings_{0} {2}\n",
                        name, help, value);
}

}  // namespace

std::string prometheus_text(const store::QueueStatus& status) {
    std::string text = "# HELP pressings_jobs Jobs in the outbox.\n# TYPE pressings_jobs gauge\n";
    for (const auto& count : status.counts) {
        text += fmt::format("pressings_jobs{{state=\"{}\",queue=\"{}\"}} {}\n",
                            to_string(count.state), label_value(count.queue), count.jobs);
    }
    add_gauge(text, "jobs_due", "Jobs that could run now.", static_cast<double>(status.due));
    add_gauge(text, "oldest_due_age_seconds", "How long the oldest due job has been due.",
              static_cast<double>(status.oldest_due_age_ms.value_or(0)) / 1000.0);
    add_gauge(text, "albums", "Albums in the catalogue.", static_cast<double>(status.albums));
    add_gauge(text, "releases", "Releases in the catalogue.", static_cast<double>(status.releases));
    add_gauge(text, "queues_paused", "Queues that are paused.",
              static_cast<double>(status.paused.size()));
    add_gauge(text, "wal_bytes", "Size of the write-ahead log.",
              static_cast<double>(status.log_bytes));
    return text;
}

void replace_file(const std::string& path, const std::string& text) {
    const std::string draft = fmt::format("{}.{}.tmp", path, ::getpid());
    std::ofstream file{draft, std::ios::trunc | std::ios::binary};
    file << text;
    file.close();
    if (file && std::rename(draft.c_str(), path.c_str()) == 0) return;
    const int error = errno;
    std::remove(draft.c_str());
    throw Error(fmt::format("cannot write {}: {}", escape_controls(path), errno_text(error)));
}

}  // namespace pressings
