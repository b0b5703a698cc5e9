#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "render/html.hpp"
#include "render/report/charts.hpp"
#include "render/report/health.hpp"
#include "render/report/start_page.hpp"

namespace pressings::render::report {

namespace {

constexpr std::size_t k_message_bytes = 240;

std::string_view grade_class(Grade grade) {
    switch (grade) {
        case Grade::good:
            return "good";
        case Grade::look:
            return "look";
        case Grade::bad:
            return "bad";
    }
    return "";
}

std::string_view grade_sign(Grade grade) {
    switch (grade) {
        case Grade::good:
            return "✓";
        case Grade::look:
            return "!";
        case Grade::bad:
            return "×";
    }
    return "";
}

std::string command_line(const std::string& command) {
    return "<code class=\"command\">" + escape_html(command) + "</code>";
}

std::string number(std::string_view name, std::int64_t count, std::string_view mark = "") {
    return fmt::format("<div{}><dt>{}</dt><dd>{}</dd></div>",
                       count > 0 && !mark.empty() ? fmt::format(" class=\"{}\"", mark) : "", name,
                       figure(count));
}

std::string numbers(const store::QueueStatus& queue) {
    return "<dl class=\"numbers\">" + number("Due", queue.due) +
           number("Waiting", jobs_in(queue, JobState::pending)) +
           number("Running", jobs_in(queue, JobState::running)) +
           number("Failed", jobs_in(queue, JobState::failed), "bad") +
           number("Done", jobs_in(queue, JobState::done)) + "</dl>";
}

/// How quickly it goes, if something was done of late.
std::string pace(const store::QueueStatus& queue) {
    if (queue.recent.span_ms <= 0 || queue.recent.done <= 0) return "";
    constexpr double k_minute_ms = 60'000;
    const double minutes = static_cast<double>(queue.recent.span_ms) / k_minute_ms;
    std::string text =
        rate(static_cast<double>(queue.recent.done) / minutes) + " jobs a minute of late";
    const auto left = queue.time_to_empty_ms();
    if (queue.open() > 0 && left) text += ", empty in about " + format_duration(*left);
    return "<p class=\"soft\">" + text + ".</p>";
}

std::string subject_of(const store::JobRecord& job) {
    std::string name = job.artist.value_or("");
    if (job.title) name += (name.empty() ? "" : " – ") + *job.title;
    if (name.empty()) name = store::named(job);
    if (name.empty()) name = job.kind;
    if (!job.album_id) return shown(name);
    return fmt::format("<a href=\"album.html#{}\">{}</a>", *job.album_id, shown(name));
}

std::string failed_entry(const store::JobRecord& job, const std::string& database) {
    const JobError error = job.error.value_or(JobError{"unknown", "", {}});
    return fmt::format(
        "<li><div>{} <span class=\"tag bad\">{}</span></div><div class=\"soft when\">{}</div>"
        "<div class=\"aside\">{}</div><div class=\"aside commands\">{}{}</div></li>",
        subject_of(job), escape_html(error.code), moment(job.finished_at_ms.value_or(0)),
        shown(shorten(error.message, k_message_bytes)),
        command_line(fmt::format("release-worker show {}{}", job.id, database)),
        command_line(fmt::format("release-worker retry {}{}", job.id, database)));
}

}  // namespace

std::string queue_panel(const Overview& overview) {
    const Health health = health_of(overview.queue, overview.database);
    std::string html = fmt::format(
        "<section class=\"panel\" aria-labelledby=\"queue\"><h2 id=\"queue\">Queue</h2>"
        "<p class=\"health {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span><b>{}</b> "
        "<span>{}</span></p>",
        grade_class(health.grade), grade_sign(health.grade), health.word, health.sentence);
    html += numbers(overview.queue) + pace(overview.queue);
    if (!overview.queue.paused.empty()) {
        std::string names;
        for (const std::string& name : overview.queue.paused)
            names += (names.empty() ? "" : ", ") + (name == "*" ? "all queues" : name);
        html += "<p>Paused: " + shown(names) + ".</p>";
    }
    if (!health.commands.empty()) {
        html += "<p class=\"next\">What to type:</p>";
        for (const std::string& command : health.commands)
            html += command_line(command);
    }
    if (overview.queue.oddities > 0) {
        html += fmt::format(
            "<p class=\"soft\">{} could not be read and was kept back: {}</p>",
            overview.queue.oddities == 1 ? "1 value" : figure(overview.queue.oddities) + " values",
            command_line("release-catalog oddities" + overview.database));
    }
    return html + "</section>\n";
}

std::string failed_panel(const Overview& overview) {
    const store::QueueStatus& queue = overview.queue;
    if (queue.failed_recent.empty()) return "";
    std::string reasons;
    for (const store::CountByName& count : queue.failures) {
        reasons += fmt::format("<li><span class=\"tag bad\">{}</span> {}</li>",
                               escape_html(count.name), figure(count.count));
    }
    std::string entries;
    for (const store::JobRecord& job : queue.failed_recent)
        entries += failed_entry(job, overview.database);
    return "<section class=\"panel\" aria-labelledby=\"failed\"><h2 id=\"failed\">What failed, and "
           "why</h2><ul class=\"tags\">" +
           reasons + "</ul><ul class=\"events two\">" + entries + "</ul></section>\n";
}

}  // namespace pressings::render::report
