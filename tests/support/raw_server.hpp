#pragma once

#include <map>
#include <memory>
#include <string>

namespace pressings::test {

/// What is sent for a request, byte by byte as it stands here, and how it ends.
struct RawAnswer {
    enum class End {
        close,   ///< in good order
        reset,   ///< as a process that dies with unread data does
        silent,  ///< the connection stays open, and nothing more comes
    };
    std::string bytes;
    End end = End::close;
};

/// Something on 127.0.0.1 that speaks HTTP badly or not at all.
class RawServer {
  public:
    /// By the path of a request: "/reset". Anything else is closed without a word. Listens on
    /// return.
    explicit RawServer(std::map<std::string, RawAnswer> answers);
    ~RawServer();

    int port() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace pressings::test
