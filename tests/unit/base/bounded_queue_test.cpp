#include "base/bounded_queue.hpp"

#include <future>
#include <memory>
#include <stdexcept>

#include <doctest/doctest.h>

using pressings::BoundedQueue;

TEST_CASE("Items come out in the order in which they were put in, then nothing") {
    BoundedQueue<int> queue{3};
    for (const int item : {1, 2, 3})
        CHECK(queue.push(item));
    queue.end(nullptr);
    CHECK(queue.pop() == 1);
    CHECK(queue.pop() == 2);
    CHECK(queue.pop() == 3);
    CHECK(queue.pop() == std::nullopt);
}

TEST_CASE("What went wrong comes out when all before it is taken") {
    BoundedQueue<int> queue{1};
    queue.push(1);
    queue.end(std::make_exception_ptr(std::runtime_error("torn")));
    CHECK(queue.pop() == 1);
    CHECK_THROWS_WITH(queue.pop(), "torn");
}

TEST_CASE("A full queue takes an item when another was taken") {
    BoundedQueue<int> queue{1};
    queue.push(1);
    auto pushed = std::async(std::launch::async, [&] { return queue.push(2); });
    CHECK(queue.pop() == 1);
    CHECK(pushed.get());
    CHECK(queue.pop() == 2);
}

TEST_CASE("Who waits for room in an abandoned queue is let go, and its items are dropped") {
    BoundedQueue<std::shared_ptr<int>> queue{1};
    const auto item = std::make_shared<int>(1);
    queue.push(item);
    auto waited = std::async(std::launch::async, [&] { return queue.await_room(); });
    queue.abandon();
    CHECK_FALSE(waited.get());
    CHECK_FALSE(queue.push(item));
    CHECK(item.use_count() == 1);
}
