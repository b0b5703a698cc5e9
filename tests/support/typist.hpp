#pragma once

#include <string>

#include <sys/types.h>

#include "support/process.hpp"

namespace pressings::test {

/// Somebody at a terminal: starts an interactive program there, types, and reads what it shows.
class Typist {
  public:
    /// Starts the program, which is killed with the object.
    explicit Typist(const Command& command);
    ~Typist();
    Typist(const Typist&) = delete;
    Typist& operator=(const Typist&) = delete;

    void type(const std::string& keys);

    /// All that is shown up to this text, from the end of what was read last. std::runtime_error
    /// with what was shown if the text does not come within the command's time.
    std::string read_until(const std::string& text);

  private:
    std::chrono::seconds m_patience;
    int m_terminal = -1;
    pid_t m_child;
    std::string m_unread;
};

}  // namespace pressings::test
