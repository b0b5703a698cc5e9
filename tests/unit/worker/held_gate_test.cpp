#include <functional>
#include <limits>
#include <stop_token>

#include <doctest/doctest.h>

#include "worker/shared_gate.hpp"

using namespace pressings;
using source::ErrorKind;
using source::SourceError;

namespace {

/// A millisecond passes with each look at it.
class TickingClock final : public Clock {
  public:
    Millis now_ms() override { return ++m_now; }
    Millis steady_ms() override { return ++m_now; }
    void advance(Millis by_ms) { m_now += by_ms; }

  private:
    Millis m_now = 5'000'000;
};

/// A service that is held again and again, each time for so long. Of each hold nothing is left to
/// wait for but the end.
class HeldSlots final : public store::RequestSlots {
  public:
    explicit HeldSlots(TickingClock& clock) : m_clock(clock) {}

    Millis take(const std::string&, Millis interval) override {
        interval_ms = interval;
        if (on_take) on_take();
        if (holds_left-- <= 0) return 0;
        m_clock.advance(passes_ms);
        return hold_ms - passes_ms;
    }
    void hold_off(const std::string&, Millis wait) override { held_off_ms = wait; }
    std::vector<Hold> holds() override { return {}; }

    std::function<void()> on_take;
    int holds_left = 0;
    Millis hold_ms = 0;
    Millis passes_ms = 0;
    Millis interval_ms = 0;
    Millis held_off_ms = 0;

  private:
    TickingClock& m_clock;
};

struct Held {
    TickingClock clock;
    HeldSlots slots{clock};
    worker::Heartbeat heartbeat{clock};
    worker::SharedGate gate;

    explicit Held(double rate = 1000)
        : gate(slots, "musicbrainz.example", rate, clock, heartbeat) {}

    void hold(int times, Millis each_ms) {
        slots.holds_left = times;
        slots.hold_ms = each_ms;
        slots.passes_ms = each_ms - 10;
    }
};

Millis interval_of_rate(double rate) {
    Held held{rate};
    CHECK(held.gate.wait_turn({}));
    return held.slots.interval_ms;
}

}  // namespace

TEST_CASE("An interval is rounded up, so that the rate is never more than was said") {
    CHECK(interval_of_rate(1) == 1000);
    CHECK(interval_of_rate(3) == 334);
    CHECK(interval_of_rate(0.3) == 3334);
    CHECK(interval_of_rate(50) == 20);
    CHECK(interval_of_rate(1001) == 1);
}

TEST_CASE("A hold of a minute is waited for, one of an hour is not: the job is given back") {
    Held held;
    held.hold(1, 60'000);
    CHECK(held.gate.wait_turn({}));
    held.hold(1, 3'600'000);
    held.slots.passes_ms = 0;
    try {
        held.gate.wait_turn({});
        FAIL("it waited");
    } catch (const SourceError& error) {
        CHECK(error.kind == ErrorKind::throttled);
        CHECK(error.code == "throttled");
        CHECK(error.retry_after_ms.value() > 3'599'000);
        CHECK(error.again == source::Again::later);
    }
    held.slots.holds_left = 0;
    CHECK(held.gate.wait_turn({}));  // the turn was given back with the job
}

TEST_CASE("Holds that follow one another are not waited for without end") {
    Held held;
    held.hold(2, 50'000);
    CHECK(held.gate.wait_turn({}));
    held.hold(3, 50'000);
    CHECK_THROWS_AS(held.gate.wait_turn({}), SourceError);
}

TEST_CASE("Nobody waits for a held service past the time at which a run is to end") {
    Held held;
    held.gate.give_up_at(held.clock.steady_ms() + 5'000);
    held.hold(1, 4'000);
    CHECK(held.gate.wait_turn({}));
    held.hold(1, 4'000);
    CHECK_THROWS_AS(held.gate.wait_turn({}), SourceError);
}

TEST_CASE("The turns of a slow rate are waited for, however long that is") {
    Held held{0.001};
    held.gate.give_up_at(held.clock.steady_ms() + 5'000);
    held.hold(3, 900'000);
    CHECK(held.gate.wait_turn({}));
}

TEST_CASE("A turn that is heard of late is left unused, and another one is asked for") {
    Held held;
    int asked = 0;
    held.slots.on_take = [&] {
        if (++asked == 1) held.clock.advance(600);
    };
    CHECK(held.gate.wait_turn({}));
    CHECK(asked == 2);
    CHECK(held.gate.wait_turn({}));
    CHECK(asked == 3);
}

TEST_CASE("A closed gate lets nobody through for an hour, without asking for a turn") {
    Held held;
    SourceError refusal{ErrorKind::transient, "forbidden", "no"};
    refusal.reach = source::Reach::turned_away;
    refusal.requests = 3;
    held.gate.close(refusal);
    for (const Millis passed : {Millis{0}, Millis{3'500'000}}) {
        held.clock.advance(passed);
        held.slots.interval_ms = 0;
        try {
            held.gate.wait_turn({});
            FAIL("it let somebody through");
        } catch (const SourceError& error) {
            CHECK(error.code == "forbidden");
            CHECK(error.reach == source::Reach::turned_away);
            CHECK(error.requests == 0);
            held.gate.close(error);  // which makes it no longer
        }
        CHECK(held.slots.interval_ms == 0);
    }
    held.clock.advance(100'000);
    CHECK(held.gate.wait_turn({}));
}

TEST_CASE("Whoever waits for a turn while the gate is closed makes no request") {
    Held held;
    struct ClosingSlots final : store::RequestSlots {
        explicit ClosingSlots(TickingClock& with) : clock(with) {}
        Millis take(const std::string&, Millis) override {
            if (++takes > 1) return 0;
            gate->close({ErrorKind::transient, "forbidden", "no"});
            clock.advance(10'000);
            return 1;
        }
        void hold_off(const std::string&, Millis) override {}
        std::vector<Hold> holds() override { return {}; }
        TickingClock& clock;
        worker::SharedGate* gate = nullptr;
        int takes = 0;
    } slots{held.clock};
    worker::SharedGate gate{slots, "musicbrainz.example", 1, held.clock, held.heartbeat};
    slots.gate = &gate;
    CHECK_THROWS_WITH_AS(gate.wait_turn({}), "no", SourceError);
    CHECK(slots.takes == 1);
}

TEST_CASE("Whatever a service says, nobody is held for more than an hour") {
    Held held;
    for (const Millis wait : {Millis{7'200'000}, std::numeric_limits<Millis>::max()}) {
        held.gate.hold_off(wait);
        CHECK(held.slots.held_off_ms == 3'600'000);
    }
    held.gate.hold_off(7'000);
    CHECK(held.slots.held_off_ms == 7'000);
}

TEST_CASE("Who is told to stop waits for no turn any more, and gives it back") {
    Held held;
    held.hold(1, 1'000);
    std::stop_source stopped;
    stopped.request_stop();
    CHECK_FALSE(held.gate.wait_turn(stopped.get_token()));
    CHECK(held.gate.wait_turn({}));
}

TEST_CASE("To wait for a turn is a sign of life") {
    Held held;
    held.hold(1, 60'000);
    Millis silence = 0;
    held.slots.on_take = [&] { silence = held.heartbeat.silence_ms(); };
    CHECK(held.gate.wait_turn({}));
    CHECK(silence < 1'000);
}
