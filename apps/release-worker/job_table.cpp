#include "job_table.hpp"

#include "base/time.hpp"

namespace pressings {

cli::Table job_table() {
    return cli::Table{{{"JOB", cli::Table::Align::right},
                       {"STATE"},
                       {"QUEUE"},
                       {"ALBUM", cli::Table::Align::right},
                       {"TITLE", cli::Table::Align::left, true},
                       {"TRIES", cli::Table::Align::right},
                       {"RUN AT"},
                       {"ERROR", cli::Table::Align::left, true}}};
}

void add_job(cli::Table& table, const store::JobRecord& job) {
    const std::string mbid = job.mbid ? job.mbid->to_string() : "";
    table.add_row({std::to_string(job.id), std::string{to_string(job.state)}, job.queue,
                   job.album_id ? std::to_string(*job.album_id) : "-", job.title.value_or(mbid),
                   std::to_string(job.attempts), format_time(job.run_at_ms),
                   job.error ? job.error->code + ": " + job.error->message : ""});
}

}  // namespace pressings
