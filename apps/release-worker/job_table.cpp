#include "job_table.hpp"

#include "base/time.hpp"
#include "domain/job.hpp"

namespace pressings {

cli::Table job_table() {
    return cli::Table{{{"JOB", cli::Table::Align::right},
                       {"STATE"},
                       {"QUEUE", cli::Table::Align::left, false, 2},
                       {"ALBUM", cli::Table::Align::right, false, 5},
                       {"TITLE", cli::Table::Align::left, true},
                       {"TRIES", cli::Table::Align::right, false, 3},
                       {"RUN AT", cli::Table::Align::left, false, 4},
                       {"ERROR", cli::Table::Align::left, true}}};
}

void add_job(cli::Table& table, const store::JobRecord& job) {
    table.add_row({std::to_string(job.id), std::string{to_string(job.state)}, job.queue,
                   job.album_id ? std::to_string(*job.album_id) : "-", store::named(job),
                   std::to_string(job.attempts), format_time(job.run_at_ms),
                   job.error ? in_one_line(*job.error) : ""});
}

}  // namespace pressings
