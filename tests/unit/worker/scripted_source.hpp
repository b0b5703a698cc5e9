#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "source/release_source.hpp"

namespace pressings::test {

/// A source that answers as the test says.
class ScriptedSource final : public source::ReleaseSource {
  public:
    using Answer = std::function<source::GroupReleases(const Mbid&, std::stop_token)>;

    explicit ScriptedSource(Answer answer) : m_answer(std::move(answer)) {}

    source::GroupReleases releases_of(const Mbid& group, std::stop_token stop) override {
        {
            const std::lock_guard guard{m_mutex};
            m_asked.push_back(group);
        }
        return m_answer(group, std::move(stop));
    }
    source::GroupReleases releases_of_group_with(const Mbid& release,
                                                 std::stop_token stop) override {
        return releases_of(release, std::move(stop));
    }

    std::vector<Mbid> asked() {
        const std::lock_guard guard{m_mutex};
        return m_asked;
    }

  private:
    Answer m_answer;
    std::mutex m_mutex;
    std::vector<Mbid> m_asked;
};

}  // namespace pressings::test
