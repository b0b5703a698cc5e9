#pragma once

#include <span>
#include <string>

#include "store/job_inspector.hpp"
#include "store/request_slots.hpp"

namespace pressings {

/// The status in the text format of Prometheus
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
std::string prometheus_text(const store::QueueStatus& status,
                            std::span<const store::RequestSlots::Hold> holds);

}  // namespace pressings
