#include "mirror/line_queue.hpp"

#include <utility>

namespace pressings::mirror {

bool LineQueue::push(LineBatch batch) {
    std::unique_lock lock{m_mutex};
    m_changed.wait(lock, [&] { return m_abandoned || m_batches.size() < m_most; });
    if (m_abandoned) return false;
    m_batches.push_back(std::move(batch));
    m_changed.notify_all();
    return true;
}

void LineQueue::end(std::exception_ptr failure) {
    const std::lock_guard lock{m_mutex};
    m_failure = std::move(failure);
    m_ended = true;
    m_changed.notify_all();
}

std::optional<LineBatch> LineQueue::pop() {
    std::unique_lock lock{m_mutex};
    m_changed.wait(lock, [&] { return m_ended || !m_batches.empty(); });
    if (m_batches.empty()) {
        if (m_failure) std::rethrow_exception(m_failure);
        return std::nullopt;
    }
    LineBatch batch = std::move(m_batches.front());
    m_batches.pop_front();
    m_changed.notify_all();
    return batch;
}

void LineQueue::abandon() {
    const std::lock_guard lock{m_mutex};
    m_abandoned = true;
    m_batches.clear();
    m_changed.notify_all();
}

}  // namespace pressings::mirror
