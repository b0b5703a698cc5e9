#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/audience.hpp"
#include "cli/output.hpp"
#include "intake/import_albums.hpp"
#include "rejects_file.hpp"

namespace pressings {

/// Writes what became of each record, and counts it.
class ImportReport {
  public:
    /// `rejects`: where refused records go as NDJSON, if that is wanted. It must outlive this.
    ImportReport(cli::Output& output, cli::Audience audience, bool dry_run, RejectsFile* rejects)
        : m_output(output), m_audience(audience), m_dry_run(dry_run), m_rejects(rejects) {}

    /// The file that the records to come are from; nothing for the command line.
    void begin_file(std::optional<std::string> file);
    void add(const intake::Outcome& outcome);
    /// An album that was no record of a batch: refreshed, identified, an artist.
    void add(std::int64_t line, const store::AddedAlbum& album);

    /// Shows what was reported so far.
    void flush() { m_output.flush(); }

    /// The summary on stderr; the exit status.
    int finish();

    /// How many albums got a job that somebody has to do now.
    std::int64_t queued() const { return m_queued; }

  private:
    /// `shown` stands for an album that has neither title nor MBID yet.
    void added(std::int64_t line, const store::AddedAlbum& album, std::string_view shown);
    std::string json_line(std::int64_t line, std::string_view status,
                          const store::AddedAlbum& album) const;
    void refused(std::int64_t line, const intake::Refusal& refusal);
    void write_reject(const intake::Record& record, const intake::Refusal& refusal);

    cli::Output& m_output;
    cli::Audience m_audience;
    bool m_dry_run;
    std::optional<std::string> m_file;
    std::string m_file_json = "null";
    RejectsFile* m_rejects;
    std::map<std::string, std::int64_t> m_counts;
    std::int64_t m_queued = 0;
};

}  // namespace pressings
