#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace pressings::test {

/// A process of a real tool, its stderr kept in a file; killed with the object.
class Child {
  public:
    /// Its standard output is added to the file `output`, if that is named.
    explicit Child(const std::vector<std::string>& arguments, const std::string& output = "");
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return m_pid; }
    void signal(int number) const;
    /// SIGKILL, and waited for.
    void kill();
    /// The exit status if it has ended; 128 and the signal's number if that ended it.
    std::optional<int> ended();
    int wait();
    /// What it wrote to stderr so far.
    std::string error_output() const;

  private:
    pid_t m_pid = -1;
    int m_errors = -1;
    std::optional<int> m_status;
};

}  // namespace pressings::test
