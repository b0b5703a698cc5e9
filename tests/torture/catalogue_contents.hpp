#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"

namespace pressings::test {

struct CatalogueContents {
    std::size_t albums = 0;
    std::map<std::string, Release> releases;  ///< by MBID; with everything that hangs on them
    std::vector<std::string> problems;        ///< broken invariants, jobs that are not done
};

CatalogueContents contents_of(const std::string& db);

/// The albums' ids by their MBIDs.
std::map<std::string, std::int64_t> album_numbers(const std::string& db);

/// What is wrong with a database that nobody uses.
std::vector<std::string> faults_of(const std::string& db);

struct OpenJobs {
    std::int64_t pending = 0;  ///< or running
    std::int64_t failed = 0;
};

OpenJobs open_jobs(const std::string& db);

/// Ended attempts by their outcome.
std::map<std::string, std::int64_t> attempts_of(const std::string& db);

}  // namespace pressings::test
