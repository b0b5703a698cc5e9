#include "render/upcoming.hpp"

#include <sstream>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/text.hpp"
#include "support/samples.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::test;
using render::UpcomingRelease;

namespace {

constexpr Millis k_now_ms = 1'795'947'300'123;  // 2026-11-29T10:15:00.123Z

UpcomingRelease upcoming(int n, const char* date, const std::string& title) {
    UpcomingRelease one;
    one.record.id = n;
    one.record.album_id = 1;
    one.record.release = release(n, title);
    one.record.release.date = PartialDate::parse(date);
    one.updated_at_ms = k_now_ms - 1000 * n;
    return one;
}

template <typename Write>
std::string written(const Write& write) {
    const TemporaryFolder folder;
    const int file = ::open(folder.file("out").c_str(), O_WRONLY | O_CREAT, 0600);
    cli::Output output{file, "out"};
    write(output);
    output.flush();
    ::close(file);
    return folder.read("out");
}

std::string calendar(const std::vector<UpcomingRelease>& all, int without_day) {
    return written([&](cli::Output& output) {
        CHECK(render::write_calendar(all, k_now_ms, output) == without_day);
    });
}

std::string feed(const std::vector<UpcomingRelease>& all, const std::string& name = "") {
    return written([&](cli::Output& output) { render::write_feed(all, name, k_now_ms, output); });
}

/// A calendar's lines as a program reads them: unfolded.
std::vector<std::string> content_lines(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
        text.erase(at, 3);
    std::vector<std::string> lines;
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n")) {
        lines.push_back(text.substr(0, at));
        text.erase(0, at + 2);
    }
    CHECK(text.empty());
    return lines;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("An event is a whole day, with a UID that stays") {
    const auto lines = content_lines(calendar({upcoming(1, "2026-12-31", "Album")}, 0));
    const std::vector<std::string> wanted{
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pressings//release-catalog//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:00000000-0000-4000-8000-000000000001@pressings",
        "DTSTAMP:20261129T101500Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Somebody - Album",
        "DESCRIPTION:CD\\, Official",
        "URL:https://musicbrainz.org/release/00000000-0000-4000-8000-000000000001",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR"};
    CHECK(lines == wanted);
}

TEST_CASE("What is not dated to the day has no event, and is counted") {
    const auto text = calendar({upcoming(1, "2027", "A"), upcoming(2, "2027-03", "B")}, 2);
    CHECK_FALSE(has(text, "BEGIN:VEVENT"));
    CHECK(has(text, "BEGIN:VTIMEZONE"));  // a calendar must have something in it
    CHECK_FALSE(has(calendar({upcoming(1, "2027-03-01", "A")}, 0), "VTIMEZONE"));
}

TEST_CASE("Text in a calendar is escaped, and no line is longer than 75 bytes or cut in a letter") {
    const std::string title =
        "a; b, c\\d\ne 三毒史三毒史三毒史三毒史三毒史三毒史三毒史 🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸";
    const auto text = calendar({upcoming(1, "2027-03-01", title)}, 0);
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        REQUIRE(line.ends_with('\r'));
        line.pop_back();
        CHECK(line.size() <= 75);
        CHECK(is_utf8(line));
    }
    const auto read = content_lines(text);
    CHECK(read.at(9) ==
          "SUMMARY:Somebody - a\\; b\\, c\\\\d\\\\ne 三毒史三毒史三毒史三毒史三毒史三毒史三毒史 "
          "🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸");
    for (std::size_t size = 60; size < 160; ++size) {
        const auto line = render::calendar_line("SUMMARY", std::string(size, 'x'));
        CHECK(content_lines(line).at(0) == "SUMMARY:" + std::string(size, 'x'));
    }
}

TEST_CASE("A feed has what Atom asks for, and the newest change as its own") {
    const auto text = feed({upcoming(1, "2027-03", "Album"), upcoming(2, "2027", "<b> & \"c\"")});
    CHECK(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                         "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                         "<id>tag:pressings,2026:upcoming</id>\n"
                         "<title>Releases to come</title>\n"
                         "<updated>2026-11-29T10:14:59.123Z</updated>\n"
                         "<author><name>Pressings</name></author>\n"));
    CHECK(has(text,
              "<id>urn:uuid:00000000-0000-4000-8000-000000000001</id>\n"
              "<title>2027-03: Somebody - Album</title>\n"
              "<updated>2026-11-29T10:14:59.123Z</updated>\n"));
    CHECK(has(text, "Somebody - &lt;b&gt; &amp; &quot;c&quot;</title>"));
    CHECK(has(text,
              "<link rel=\"alternate\" "
              "href=\"https://musicbrainz.org/release/00000000-0000-4000-8000-000000000002\"/>"));
    CHECK(text.ends_with("</entry>\n</feed>\n"));
}

TEST_CASE("Feeds of other filters are other feeds; one with nothing in it is of now") {
    const auto text = feed({}, "artist Björk, country GB");
    CHECK(has(text, "<id>tag:pressings,2026:upcoming/artist%20Bj%C3%B6rk%2C%20country%20GB</id>"));
    CHECK(has(text, "<title>Releases to come: artist Björk, country GB</title>"));
    CHECK(has(text, "<updated>2026-11-29T10:15:00.123Z</updated>"));
}
