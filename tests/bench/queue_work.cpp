// Claims and completes jobs through the store, as a worker does, with imports of no release.
//   queue_work DATABASE JOBS GROUP     prints the jobs done
#include <cstdio>
#include <string>
#include <vector>

#include "store/open_store.hpp"

int main(int argc, char** argv) {
    using namespace pressings;
    if (argc != 4) return 2;
    const long jobs = std::stol(argv[2]);
    const auto store = store::open_store(argv[1], {}, system_clock());
    store->queue().start_worker("bench");
    store::ClaimFilter filter;
    filter.limit = std::stoi(argv[3]);
    long done = 0;
    while (done < jobs) {
        const auto claimed = store->queue().claim(filter, 60'000);
        if (claimed.empty()) break;
        std::vector<store::Import> imports(claimed.size());
        for (std::size_t i = 0; i < claimed.size(); ++i)
            imports[i].job = claimed[i];
        store->queue().complete(imports);
        done += static_cast<long>(claimed.size());
    }
    std::printf("%ld\n", done);
}
