// Every option of every tool has a row that shows what it does.
#include <map>

#include "cli/help_text.hpp"
#include "cli/option_row.hpp"
#include "cli/recorded_albums.hpp"

using namespace pressings::test;

namespace {

void check_effects(const OptionRows& rows) {
    for (const OptionRow& row : rows) {
        CAPTURE(row.command);
        CAPTURE(row.option);
        row.effect();
    }
}

OptionRows all_rows() {
    OptionRows all;
    for (const auto& rows : {common_option_rows(), import_option_rows(), run_option_rows(),
                             job_option_rows(), catalog_option_rows(), mirror_option_rows()}) {
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

/// The options of every tool, told once.
const std::set<std::string> k_of_every_tool{
    "--help",     "--version",      "--db",         "--json",
    "--quiet",    "--verbose",      "--log-format", "--color",
    "--config",   "--busy-timeout", "--db-pooler",  "--allow-network-filesystem",
    "--no-pager", "--print-config"};

}  // namespace

TEST_CASE("Every option that a tool's help lists has a row, and no row is left over") {
    std::set<std::pair<std::string, std::string>> rows;
    for (const OptionRow& row : all_rows())
        CHECK(rows.insert({row.command, row.option}).second);
    std::set<std::pair<std::string, std::string>> listed;
    for (const HelpPage& page : help_pages(ToolBench{})) {
        const std::string command =
            page.command.empty() ? page.tool : page.tool + " " + page.command;
        for (const std::string& option : page.options) {
            const bool common = k_of_every_tool.contains(option);
            listed.insert({common ? "" : command, option});
        }
        for (const std::string& option : k_of_every_tool)
            CHECK_MESSAGE((!page.command.empty() || page.options.contains(option)), page.tool);
    }
    for (const auto& [command, option] : listed)
        CHECK_MESSAGE(rows.contains({command, option}), command << " " << option << " has no row");
    for (const auto& [command, option] : rows)
        CHECK_MESSAGE(listed.contains({command, option}), command << " has no " << option);
}

TEST_CASE("Every option of every tool has the effect that its row shows") {
    check_effects(common_option_rows());
}

TEST_CASE("Every option of album-import has the effect that its row shows") {
    check_effects(import_option_rows());
}

TEST_CASE("Every option of release-worker run has the effect that its row shows") {
    check_effects(run_option_rows());
}

TEST_CASE("Every option of release-worker's other commands has the effect that its row shows") {
    check_effects(job_option_rows());
}

TEST_CASE("Every option of release-catalog has the effect that its row shows") {
    check_effects(catalog_option_rows());
}

TEST_CASE("Every option of musicbrainz-mirror has the effect that its row shows") {
    check_effects(mirror_option_rows());
}
