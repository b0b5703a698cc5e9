#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "bench/postgresql/databases.hpp"

namespace pressings::bench {

/// One that is still to be made.
struct SurveyPlan {
    std::string name;
    std::function<Survey()> make;
};

/// Of workers on one queue, 1 to 1,000 (with --quick to 100), to see where it bends; and of what
/// becomes of rate and tables under churn.
std::vector<SurveyPlan> postgresql_surveys(const Databases& databases);

}  // namespace pressings::bench
