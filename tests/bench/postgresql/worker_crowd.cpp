// Many workers at once on one catalogue, each a process with a session of its own, through the
// store's contract. Prints what they did, as JSON, and how many gave up with an error.
//   worker_crowd URI claims WORKERS SECONDS GROUP [alone|upkeep|refill]
//     claims and completes jobs, GROUP a transaction, with imports of no release
//     upkeep: also looks for dead workers each second and renews leases, as a worker does
//     refill: jobs come in as fast as they are done
//   worker_crowd URI slots WORKERS SECONDS INTERVAL_MS
//     takes turns for requests, one each INTERVAL_MS for all, as a worker's gate does
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "bench/postgresql/crowd.hpp"
#include "store/open_store.hpp"
#include "store/request_slots.hpp"
#include "support/postgresql_database.hpp"

namespace {

using namespace pressings;
using bench::Shared;

constexpr Millis k_lease_ms = 60'000;

struct Wish {
    std::string uri;
    std::string what;
    int workers = 1;
    int seconds = 1;
    int number = 1;  ///< jobs a transaction, or milliseconds between turns
    std::string manner = "alone";
};

template <typename Call>
auto timed(bench::Times& times, Call&& call) {
    const std::int64_t begun = bench::steady_us();
    auto result = call();
    times.add(static_cast<double>(bench::steady_us() - begun));
    return result;
}

/// What a worker does beside its jobs: looks after the dead each second, and after its own leases
/// three times in a lease.
class Upkeep {
  public:
    Upkeep(store::JobQueue& queue, int number)
        : m_queue(queue), m_renew_at_s((number * 7 % 20) + 1), m_recover_at_s(number % 10 / 10.0) {}

    void look(double now_s) {
        if (now_s >= m_recover_at_s) {
            m_queue.recover();
            m_recover_at_s = now_s + 1;
        }
        if (now_s >= m_renew_at_s) {
            m_queue.renew(k_lease_ms);
            m_renew_at_s = now_s + k_lease_ms / 3'000.0;
        }
    }

  private:
    store::JobQueue& m_queue;
    double m_renew_at_s;
    double m_recover_at_s;
};

void claim_and_complete(Shared& shared, store::JobQueue& queue, int group) {
    store::ClaimFilter filter;
    filter.limit = group;
    const auto jobs = timed(shared.asking, [&] { return queue.claim(filter, k_lease_ms); });
    ++shared.asked;
    if (jobs.empty()) return std::this_thread::sleep_for(std::chrono::milliseconds{10});
    std::vector<store::Import> imports(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i)
        imports[i].job = jobs[i];
    timed(shared.completing, [&] { return queue.complete(imports); });
    shared.count(static_cast<int>(jobs.size()));
}

std::function<void()> worker(Shared& shared, const Wish& wish, int number) {
    auto store = std::make_shared<std::unique_ptr<store::Store>>(
        store::open_store(wish.uri, {}, system_clock()));
    (*store)->queue().start_worker(fmt::format("crowd:{}", number));
    return [=, &shared] {
        store::JobQueue& queue = (*store)->queue();
        Upkeep upkeep{queue, number};
        for (const bench::Watch watch{shared, wish.seconds}; !watch.is_over();) {
            if (wish.manner == "upkeep") upkeep.look(watch.now_s());
            claim_and_complete(shared, queue, wish.number);
        }
        store->reset();
    };
}

std::function<void()> asker(Shared& shared, const Wish& wish) {
    auto slots = std::make_shared<std::unique_ptr<store::RequestSlots>>(
        store::open_request_slots(wish.uri, {}, system_clock()));
    return [=, &shared] {
        for (const bench::Watch watch{shared, wish.seconds}; !watch.is_over();) {
            const Millis wait =
                timed(shared.asking, [&] { return (*slots)->take("bench", wish.number); });
            ++shared.asked;
            if (wait == 0) {
                shared.count(1);
            } else {
                std::this_thread::sleep_for(std::chrono::milliseconds{wait});
            }
        }
        slots->reset();
    };
}

/// Puts in as many jobs as were done since it did so last, and notes ten times what becomes of the
/// tables.
class Refill {
  public:
    Refill(const std::string& uri, int seconds) : m_session(uri), m_each_s(seconds / 10.0) {
        m_session.run("SET search_path = pressings");
        // No count of what waits goes below zero, and what comes in here is not counted.
        m_session.run("UPDATE totals SET value = value + 1000000000 WHERE what = 'pending'");
    }

    void look(const Shared& shared) {
        put_in(shared.done);
        const double now_s = bench::Watch{shared, 0}.now_s();
        if (now_s < m_each_s * (m_notes + 1)) return;
        if (m_notes++ > 0) m_samples += ", ";
        m_samples += m_session.run(k_sample);
    }

    /// As the elements of an array.
    const std::string& samples() const { return m_samples; }

  private:
    static constexpr const char* k_sample =
        "SELECT json_build_object('dead_rows', (SELECT n_dead_tup FROM pg_stat_user_tables "
        " WHERE relid = 'jobs'::regclass), 'jobs_mb', pg_relation_size('jobs') / 1e6, "
        "'indexes_mb', pg_indexes_size('jobs') / 1e6, "
        "'due_mb', pg_relation_size('jobs_due') / 1e6)";

    void put_in(std::int64_t done) {
        m_session.run(fmt::format(
            "WITH added AS (INSERT INTO albums (title, created_at) "
            " SELECT 'An album with a title of usual length', 0 FROM generate_series(1, {}) "
            " RETURNING id) "
            "INSERT INTO jobs (kind, album_id, queue, priority, state, run_at, created_at) "
            "SELECT 'releases', id, 'default', 0, 'pending', "
            " floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, 0 FROM added",
            done - m_done));
        m_done = done;
    }

    test::PlainSession m_session;
    double m_each_s;
    int m_notes = 0;
    std::int64_t m_done = 0;
    std::string m_samples;
};

void print(const Shared& shared, const Wish& wish, double ready_s, const std::string& samples) {
    std::string each_second;
    for (int second = 0; second < wish.seconds; ++second) {
        if (second > 0) each_second += ", ";
        each_second += std::to_string(shared.each_second[static_cast<std::size_t>(second)]);
    }
    fmt::print(
        "{{\"workers\": {}, \"failed\": {}, \"ready_s\": {:.2f}, \"seconds\": {}, \"done\": {}, "
        "\"asked\": {}, \"ask_median_ms\": {:.3f}, \"ask_p99_ms\": {:.3f}, "
        "\"complete_median_ms\": {:.3f}, \"complete_p99_ms\": {:.3f}, \"each_second\": [{}], "
        "\"samples\": [{}]}}\n",
        wish.workers, shared.failed.load(), ready_s, wish.seconds, shared.done.load(),
        shared.asked.load(), shared.asking.quantile_ms(0.5), shared.asking.quantile_ms(0.99),
        shared.completing.quantile_ms(0.5), shared.completing.quantile_ms(0.99), each_second,
        samples);
}

int run(const Wish& wish) {
    Shared& shared = bench::make_shared_memory();
    std::optional<Refill> refill;
    if (wish.manner == "refill") refill.emplace(wish.uri, wish.seconds);
    const double ready_s = bench::run_crowd(
        shared, wish.workers, wish.seconds,
        [&](int number) {
            return wish.what == "slots" ? asker(shared, wish) : worker(shared, wish, number);
        },
        [&] {
            if (refill) refill->look(shared);
        });
    print(shared, wish, ready_s, refill ? refill->samples() : "");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 6 || argc > 7) return 2;
    try {
        Wish wish{argv[1], argv[2], std::stoi(argv[3]), std::stoi(argv[4]), std::stoi(argv[5])};
        if (argc > 6) wish.manner = argv[6];
        return run(wish);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "worker_crowd: %s\n", error.what());
        return 1;
    }
}
