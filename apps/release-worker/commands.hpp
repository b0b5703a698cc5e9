#pragma once

#include "cli/output.hpp"
#include "options.hpp"

namespace pressings {

/// The commands; each gives the exit status.
int run_command(const WorkerOptions& options, cli::Output& output);
int probe_command(const WorkerOptions& options, cli::Output& output);

int status_command(const WorkerOptions& options, cli::Output& output);
int jobs_command(const WorkerOptions& options, cli::Output& output);
int show_command(const WorkerOptions& options, cli::Output& output);
int explain_retry_command(const WorkerOptions& options, cli::Output& output);

int steer_command(const WorkerOptions& options, cli::Output& output);
int pause_command(const WorkerOptions& options, cli::Output& output);
int refresh_command(const WorkerOptions& options, cli::Output& output);
int prune_command(const WorkerOptions& options, cli::Output& output);
int check_command(const WorkerOptions& options, cli::Output& output);
int backup_command(const WorkerOptions& options, cli::Output& output);
int restore_command(const WorkerOptions& options, cli::Output& output);

}  // namespace pressings
