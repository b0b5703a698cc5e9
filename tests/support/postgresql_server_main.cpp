// The server that the tests share: ctest starts it before the first of them and stops it after the
// last.
//   postgresql-test-server start|stop FOLDER
#include <cstdio>
#include <exception>
#include <string>

#include "support/postgresql_server.hpp"

int main(int argc, char** argv) {
    using namespace pressings::test;
    const std::string verb = argc == 3 ? argv[1] : "";
    if (verb != "start" && verb != "stop") {
        std::fputs("usage: postgresql-test-server start|stop FOLDER\n", stderr);
        return 2;
    }
    try {
        verb == "start" ? start_shared_server(argv[2]) : stop_shared_server(argv[2]);
        return 0;
    } catch (const PostgresqlMissing& missing) {  // each test that needs it says so again
        std::puts(missing.what());
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "postgresql-test-server: %s\n", error.what());
        return 1;
    }
}
