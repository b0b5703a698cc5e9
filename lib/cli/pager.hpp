#pragma once

#include <string>

#include <sys/types.h>

namespace pressings::cli {

/// The program that shows long text a screen at a time: $PAGER, or `less`. While it runs, it alone
/// hears Ctrl-C.
class Pager {
  public:
    /// `command` is for the shell. Error if it cannot be started.
    explicit Pager(const std::string& command);
    ~Pager() { finish(); }
    Pager(const Pager&) = delete;
    Pager& operator=(const Pager&) = delete;

    /// What is to be shown goes there.
    int descriptor() const { return m_descriptor; }
    /// That was all: waits until it is at its end. Its exit status, 126 or 127 if the shell cannot
    /// run it.
    int finish();

  private:
    int m_descriptor = -1;
    pid_t m_process = -1;
};

/// What $PAGER names, or `less` if it is not set and there is one; empty for none: if it is empty
/// or `cat`, or the terminal is dumb.
std::string pager_command();

}  // namespace pressings::cli
