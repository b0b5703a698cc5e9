#pragma once

#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pressings::test {

/// A pipe that is full and is not read: who writes into it waits, until the reader leaves.
class SlowReader {
  public:
    explicit SlowReader(std::string path) : m_path(std::move(path)) {
        ::mkfifo(m_path.c_str(), 0600);
        come();
    }
    ~SlowReader() { leave(); }
    SlowReader(const SlowReader&) = delete;
    SlowReader& operator=(const SlowReader&) = delete;

    /// To be called before anybody is started who writes into it.
    void come() {
        if (m_file >= 0) return;
        m_file = ::open(m_path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
        fill();
    }
    void leave() {
        if (m_file >= 0) ::close(m_file);
        m_file = -1;
    }

  private:
    /// The little that a small catalogue has to say would fit in.
    void fill() const {
        const std::string rest(4'096, '\n');
        while (::write(m_file, rest.data(), rest.size()) > 0) {
        }
    }

    std::string m_path;
    int m_file = -1;
};

}  // namespace pressings::test
