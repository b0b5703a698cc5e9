#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/stop_signals.hpp"
#include "base/time.hpp"
#include "cli/audience.hpp"
#include "cli/progress.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "declare.hpp"
#include "store/copy.hpp"

namespace pressings {

namespace {

/// A bar of rows, where one can be seen.
class RowsBar {
  public:
    explicit RowsBar(bool wanted) : m_wanted(wanted) {}

    store::CopyProgress progress() {
        if (!m_wanted) return {};
        return {[this](std::int64_t rows) { begin(rows); },
                [this](std::int64_t rows) { advance(rows); }, [this] { m_bar.reset(); }};
    }

  private:
    void begin(std::int64_t rows) {
        m_bar = std::make_unique<cli::Progress>(true, rows, system_clock());
    }
    void advance(std::int64_t rows) {
        for (; m_bar && rows > 0; --rows)
            m_bar->step(false);
    }

    bool m_wanted;
    std::unique_ptr<cli::Progress> m_bar;
};

nlohmann::ordered_json json_of(const store::Copied& copied) {
    auto tables = nlohmann::ordered_json::array();
    for (const store::Copied::Table& table : copied.tables)
        tables.push_back({{"table", table.name}, {"rows", table.rows}});
    return {{"from", copied.from},
            {"to", copied.to},
            {"rows", copied.rows},
            {"found", copied.found},
            {"tables", tables}};
}

std::string text_of(const store::Copied& copied) {
    std::string text = fmt::format("copied {} to {}: rows {}", copied.from, copied.to, copied.rows);
    if (copied.found > 0) text += fmt::format(", of which {} were there already", copied.found);
    return text + "; both are the same";
}

}  // namespace

void declare_copy(CLI::App& app, CatalogOptions& options) {
    CLI::App& copy = *app.add_subcommand(
        "copy", "Copy the whole catalogue with its jobs into another database, of either engine");
    copy.add_option("--to", options.copied.to,
                    "Where it is copied to, named as with --db: new, empty, or a copy that was "
                    "broken off, which goes on")
        ->type_name("PATH|URI")
        ->required();
    copy.add_flag("--anew", options.copied.anew,
                  "Throw a copy away that was broken off, and begin anew");
}

int copy_command(const CatalogOptions& options, cli::Output& output) {
    RowsBar bar{!options.common.quiet && cli::is_terminal(STDERR_FILENO)};
    const StopSignals stop;
    const store::Copied copied = store::copy_catalogue(
        cli::database_location(options.common), options.copied.to,
        {cli::store_options(options.common), options.copied.anew, bar.progress()}, stop,
        system_clock());
    cli::tell(output, options.common, json_of(copied), text_of(copied));
    return cli::k_done;
}

}  // namespace pressings
