#pragma once

#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/tool.hpp"

namespace pressings::test {

/// Whether strace is allowed to do its work here; a container may forbid it (ptrace(2)).
bool can_trace();

/// A tool to be run under strace(1), which may let its system calls fail or kill it at one: the
/// `options` are strace's own, such as {"-e", "inject=pwrite64:error=ENOSPC:when=3+"}.
Command traced(const ToolBench& bench, const std::vector<std::string>& options,
               const std::string& tool, const std::vector<std::string>& arguments);

/// One system call of a run: its name, and which of that name it was, from 1.
struct SystemCall {
    std::string name;
    int occurrence = 0;
};

/// The calls in a log that strace wrote with -o, in their order.
std::vector<SystemCall> calls_in(const std::string& log);

/// The calls of the tool that `command` (made by traced()) runs, in their order; those that `only`
/// names, or all. The tool is run for it.
std::vector<SystemCall> system_calls(const ToolBench& bench, const std::string& tool,
                                     const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& options = {});

}  // namespace pressings::test
