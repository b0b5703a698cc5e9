#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/audience.hpp"
#include "cli/log.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "mirror_report.hpp"
#include "options.hpp"
#include "serve_command.hpp"

namespace pressings {

namespace {

constexpr Millis k_report_every_ms = 10'000;

/// Tells how far a load has come, now and then.
class LoadReport {
  public:
    explicit LoadReport(Clock& clock)
        : m_clock(clock), m_next_ms(clock.steady_ms() + k_report_every_ms) {}

    void operator()(const mirror::LoadProgress& progress) {
        const Millis now_ms = m_clock.steady_ms();
        if (now_ms < m_next_ms) return;
        m_next_ms = now_ms + k_report_every_ms;
        const std::string share =
            progress.bytes && *progress.bytes > 0
                ? fmt::format(", {}% read", 100 * progress.bytes_read / *progress.bytes)
                : "";
        cli::log(cli::LogLevel::info,
                 fmt::format("{}: {} documents{}", progress.dump, progress.documents, share));
    }

  private:
    Clock& m_clock;
    Millis m_next_ms;
};

void warn(const mirror::LoadedDump& loaded) {
    const std::string name = escape_controls(loaded.dump);
    if (loaded.is_resumed) {
        cli::log(cli::LogLevel::info,
                 fmt::format("{}: went on where a load before was ended", name));
    }
    if (loaded.odd > 0) {
        cli::log(cli::LogLevel::warning,
                 fmt::format("{}: documents passed over, for they can be found by nothing: {}{}{}; "
                             "no release is taken for removed because this mirror lacks it",
                             name, loaded.odd,
                             loaded.first_odd.empty() ? "" : ", the first: ", loaded.first_odd));
    }
    if (loaded.changes.superseded > 0) {
        cli::log(cli::LogLevel::warning,
                 fmt::format("{}: {} lines are of documents that come again in another form "
                             "further on; the last one of each was taken",
                             name, loaded.changes.superseded));
    }
}

/// What a load writes: the mirror, the next one beside it, and its lock.
void refuse_database(const MirrorOptions& options) {
    for (const char* ending : {"", ".loading", "-lock"})
        cli::refuse_database(options.common, "--mirror", options.mirror + ending);
}

/// Before anything is done: a dump that is named and cannot be read is a mistake of who named it.
void refuse_unreadable(const std::vector<std::string>& dumps) {
    for (const std::string& dump : dumps) {
        if (dump == "-" || ::access(dump.c_str(), R_OK) == 0) continue;
        const int why = errno;
        if (why == ENOENT || why == ENOTDIR || why == EACCES || why == ELOOP)
            throw UsageError(
                fmt::format("cannot read {}: {}", escape_controls(dump), errno_text(why)));
    }
}

int load(const MirrorOptions& options, cli::Output& output) {
    refuse_database(options);
    refuse_unreadable(options.dumps);
    mirror::LoadOptions order;
    order.mirror = options.mirror;
    order.dumps = options.dumps;
    if (options.incremental) order.manner = mirror::LoadOptions::Manner::incremental;
    if (options.allow_gap) order.gap = mirror::LoadOptions::Gap::allow;
    LoadReport report{system_clock()};
    order.on_progress = [&](const mirror::LoadProgress& progress) { report(progress); };
    for (const mirror::LoadedDump& loaded : load_mirror(order, system_clock())) {
        warn(loaded);
        cli::tell(output, options.common, loaded_json(loaded), loaded_text(loaded));
    }
    return cli::k_done;
}

int info(const MirrorOptions& options, cli::Output& output) {
    const mirror::MirrorFacts facts = mirror::Mirror{options.mirror}.facts();
    if (options.common.json) {
        output.json_line(info_json(facts, system_clock().now_ms()));
    } else {
        print_info(facts, system_clock().now_ms(), output);
    }
    return cli::k_done;
}

/// What a terminal shows must be safe for it; a pipe gets what was published.
int get(const MirrorOptions& options, cli::Output& output) {
    const auto mbid = Mbid::parse(options.mbid);
    if (!mbid) throw UsageError(fmt::format("{}: not an MBID", quote(options.mbid)));
    const mirror::Mirror mirror{options.mirror};
    auto json = mirror.release(*mbid);
    if (!json) json = mirror.release_group(*mbid);
    if (!json) {
        cli::log(cli::LogLevel::error,
                 fmt::format("the mirror has no release and no release group {}; it knows none "
                             "that was merged into another",
                             mbid->to_string()));
        return cli::k_part_failed;
    }
    output.line(output.is_terminal() ? escape_controls(escape_in_json(*json)) : *json);
    return cli::k_done;
}

using Command = int (*)(const MirrorOptions&, cli::Output&);

constexpr std::pair<std::string_view, Command> k_commands[] = {
    {"load", load}, {"info", info}, {"get", get}, {"serve", serve}};

int run(int argc, char** argv, cli::Output& output) {
    const auto options = parse_mirror_options(argc, argv);
    if (!options) return cli::k_done;
    for (const auto& [name, command] : k_commands) {
        if (name == options->command) return command(*options, output);
    }
    return cli::k_usage;
}

}  // namespace

}  // namespace pressings

int main(int argc, char** argv) {
    using namespace pressings;
    return cli::run_main("musicbrainz-mirror",
                         [&](cli::Output& output) { return run(argc, argv, output); });
}
