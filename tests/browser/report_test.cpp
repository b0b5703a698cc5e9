// The report as people use it: in Chromium, from a disk and from a web server, at the widths of a
// phone, a tablet and a screen.
#include <regex>

#include <httplib.h>

#include "browser/browser.hpp"
#include "cli/recorded_albums.hpp"
#include "support/eventually.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_hostile = "</script><img src=x onerror=\"document.title='seized'\">\"'&";
const std::string k_enter = "\uE007";
const std::string k_tab = "\uE004";

/// A report of genuine albums, of one whose names are hostile, of one
/// with accents, and of so many others that the list
/// has pages and comes in parts; served from this machine as well.
struct Written : ToolBench {
    Written() {
        import_recorded(*this);
        std::string batch = Json{{"artist", k_hostile}, {"title", k_hostile}}.dump() + "\n";
        batch += Json{{"artist", "Bj\u00F6rk"}, {"title", "D\u00E9but"}}.dump() + "\n";
        for (int i = 0; i < 4'000; ++i) {
            batch +=
                Json{{"artist", "Zz " + std::to_string(i)}, {"title", "Nr. " + std::to_string(i)}}
                    .dump() +
                "\n";
        }
        REQUIRE(run("album-import", {"--from", "-", "--format", "ndjson", "--no-releases"}, batch)
                    .status == 0);
        run("album-import", {k_not_recorded});
        run("release-worker", {"run", "--source", k_source});
        REQUIRE(run("release-catalog", {"report", "--output", folder.file("report")}).status == 0);
        server.set_mount_point("/", folder.file("report"));
        port = server.bind_to_any_port("127.0.0.1");
        thread = std::thread{[this] { server.listen_after_bind(); }};
    }
    ~Written() {
        server.stop();
        thread.join();
    }

    std::string on_disk(const std::string& page) const {
        return "file://" + folder.file("report/" + page);
    }
    std::string served(const std::string& page) const {
        return "http://127.0.0.1:" + std::to_string(port) + "/" + page;
    }
    std::vector<std::string> everywhere(const std::string& page) const {
        return {on_disk(page), served(page)};
    }

    /// The number that the catalogue has for an album.
    std::string album(const std::string& mbid) const {
        const auto found = run("release-catalog", {"album", mbid, "--json"}).documents().at(0);
        return std::to_string(found["album_id"].get<int>());
    }

    httplib::Server server;
    int port = 0;
    std::thread thread;
};

Written& written() {
    static Written one;
    return one;
}

Browser& browser() {
    static Browser one;
    return one;
}

/// Whether there is a browser to test with; says so if there is none.
bool can_browse() {
    if (Browser::is_there()) return true;
    MESSAGE(
        "skipped: chromium and chromedriver are not installed; "
        "scripts/install-dependencies --tests does that");
    return false;
}

bool is_told(const std::string& selector, const std::string& part) {
    return eventually([&] { return has(browser().text(selector), part); });
}

std::string first_cell(const std::string& key) {
    return browser().text("tbody tr:first-child .c-" + key);
}

/// Opens the list, and waits until all of it has come.
void open_list(const std::string& address) {
    browser().show_as(1400, Browser::Scheme::light);
    browser().open(address);
    REQUIRE(eventually([] { return browser().count("#content:not([aria-busy]) tbody tr") > 0; }));
}

void check_no_complaints() {
    for (const std::string& complaint : browser().complaints())
        FAIL_CHECK(complaint);
}

/// Texts that stand out too little from what is behind them, by WCAG 2.1 (1.4.3).
constexpr const char* k_faint = R"js(
const parts = (color) => color.match(/[\d.]+/g).map(Number);
const light = (color) => parts(color).slice(0, 3).map((c) => c / 255)
  .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (node) => {
  for (let one = node; one; one = one.parentElement) {
    const color = getComputedStyle(one).backgroundColor;
    const alpha = parts(color)[3];
    if (alpha === undefined || alpha === 1) return color;
  }
  return "rgb(255, 255, 255)";
};
const faint = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const node = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || !node.checkVisibility() || node.closest("svg, :disabled, .unseen")) continue;
  const style = getComputedStyle(node);
  const [a, b] = [light(style.color), light(behind(node))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const is_large = parseFloat(style.fontSize) >= 24;
  if (ratio < (is_large ? 3 : 4.5)) faint.push(`${texts.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
}
return [...new Set(faint)];
)js";

}  // namespace

TEST_CASE("An album is found by words of title and artist, whatever their case and accents") {
    if (!can_browse()) return;
    for (const std::string& address : written().everywhere("albums.html")) {
        CAPTURE(address);
        open_list(address);
        CHECK(browser().text(".found") == "4,034 albums found, page 1 of 41.");
        browser().press("/");
        browser().press("bjork DEBUT");
        CHECK(is_told(".found", "1 album found."));
        CHECK(first_cell("title") == "Début");
        CHECK(browser().address().ends_with("#q=bjork%20DEBUT"));
        browser().run("document.getElementById('find').value = ''");
        browser().type("#find", "rainbows RADIO");
        CHECK(is_told(".found", "1 album found."));
        CHECK(first_cell("title") == "In Rainbows");
        browser().type("#find", "zzz");
        CHECK(is_told(".found", "No album fits."));
        browser().click(".clear");
        CHECK(is_told(".found", "4,034 albums found"));
        check_no_complaints();
    }
}

TEST_CASE("Albums are sorted by a click on a column's name, and unknown dates come last") {
    if (!can_browse()) return;
    open_list(written().on_disk("albums.html"));
    CHECK(browser().count("[aria-sort=ascending] [data-key=artist]") == 1);
    browser().click("[data-key=date]");
    CHECK(first_cell("date") == "1974-11-04");
    CHECK(browser().count("[aria-sort=ascending] [data-key=date]") == 1);
    CHECK(browser().count("[aria-sort]") == 1);
    browser().press(k_enter);  // the button still has the keyboard
    CHECK(first_cell("date") == "2024-04-05");
    CHECK(browser().count("[aria-sort=descending] [data-key=date]") == 1);
    browser().back();
    CHECK(eventually([] { return first_cell("date") == "1974-11-04"; }));
    browser().click("[data-key=editions]");
    CHECK(first_cell("title") == "Lift Yr. Skinny Fists Like Antennas to Heaven!");
    check_no_complaints();
}

TEST_CASE("Filters combine, stand in the address, and leafing goes on from there") {
    if (!can_browse()) return;
    open_list(written().served("albums.html#format=vinyl&decade=1970&sort=-date"));
    CHECK(browser().text(".found") == "2 albums found.");
    CHECK(first_cell("date") == "1978");
    browser().run(
        "const box = document.getElementById('by-decade'); box.value = '2000';"
        "box.dispatchEvent(new Event('change'))");
    CHECK(eventually([] { return has(browser().address(), "decade=2000"); }));
    CHECK(browser().count("tbody tr") == browser().count("tbody tr .dot.vinyl"));
    CHECK(browser().count("tbody tr") > 1);
    browser().click(".clear");
    browser().click("[aria-label='Next page']");
    CHECK(is_told(".found", "page 2 of 41"));
    browser().click("[aria-label='Last page']");
    CHECK(browser().count("tbody tr") == 34);
    browser().back();
    CHECK(is_told(".found", "page 2 of 41"));
    check_no_complaints();
}

TEST_CASE("The search box of another page leads to the list") {
    if (!can_browse()) return;
    browser().show_as(1400, Browser::Scheme::light);
    browser().open(written().on_disk("index.html"));
    browser().type("#find", "rumours" + k_enter);
    CHECK(is_told(".found", "1 album found."));
    CHECK(first_cell("title") == "Rumours");
}

TEST_CASE("An album has a table of its editions, which unfold to their tracks") {
    if (!can_browse()) return;
    for (const std::string& address : written().everywhere("albums.html#q=in%20rainbows")) {
        CAPTURE(address);
        open_list(address);
        browser().click("tbody .c-title a");
        REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
        CHECK(browser().count("table.editions") == 1);
        CHECK(browser().count("tr.edition") == 3);
        CHECK(browser().count("tr.group") == 2);
        const std::string table = browser().text("table.editions");
        for (const char* part : {"United Kingdom", "XL Recordings", "Official"})
            CHECK(has(table, part));
        CHECK(browser().count("tr.below:not([hidden])") == 0);
        browser().click("tr.edition .unfold");
        CHECK(is_told("tr.below:not([hidden])", "15 Step"));
        CHECK(browser().count(".unfold[aria-expanded=true]") == 1);
        browser().press(k_enter);
        CHECK(browser().count("tr.below:not([hidden])") == 0);
        check_no_complaints();
    }
}

TEST_CASE("An album leads to its artist and its labels, and these lead back") {
    if (!can_browse()) return;
    for (const std::string& address :
         written().everywhere("album.html#" + written().album(k_in_rainbows))) {
        CAPTURE(address);
        browser().open(address);
        REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
        browser().click(".by a");
        REQUIRE(is_told("h1:not([hidden])", "Radiohead"));
        CHECK(browser().count("tbody tr") == 2);
        CHECK(first_cell("title") == "My Iron Lung");
        browser().click("tbody tr:last-child .c-title a");
        REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
        browser().click(".c-label a");
        REQUIRE(is_told(".kind", "Label"));
        CHECK(has(browser().text("tbody"), "In Rainbows"));
        browser().click("tbody .c-title a");
        REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
        CHECK(browser().count("tr.meant") == 1);
        browser().back();
        CHECK(is_told(".kind", "Label"));
        check_no_complaints();
    }
}

TEST_CASE("An address of nothing that is there says so") {
    if (!can_browse()) return;
    for (const char* page : {"album.html#999999", "album.html", "album.html#<b>%ZZ",
                             "artist.html#x", "label.html#00000000-0000-4000-8000-000000000000"}) {
        CAPTURE(page);
        browser().open(written().on_disk(page));
        CHECK(is_told("h1:not([hidden])", "No such"));
    }
    check_no_complaints();
}

TEST_CASE("No page scrolls sideways, is faint or complains, at any width, light or dark") {
    if (!can_browse()) return;
    const std::string in_rainbows = written().album(k_in_rainbows);
    browser().open(written().on_disk("album.html#" + in_rainbows));
    REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
    const auto last_part = [&](const std::string& selector) -> std::string {
        const std::string address =
            browser().run("return document.querySelector(arguments[0]).href", {selector});
        return address.substr(address.rfind('/') + 1);
    };
    const std::vector<std::string> pages{"index.html", "albums.html", "album.html#" + in_rainbows,
                                         last_part(".by a"), last_part(".c-label a")};
    for (const std::string& page : pages) {
        for (const int width : {390, 820, 1400}) {
            for (const auto scheme : {Browser::Scheme::light, Browser::Scheme::dark}) {
                CAPTURE(page);
                CAPTURE(width);
                CAPTURE(scheme == Browser::Scheme::dark);
                browser().show_as(width, scheme);
                browser().open(written().served(page));
                REQUIRE(eventually([] { return browser().count("[aria-busy]") == 0; }));
                if (browser().count(".unfold") > 0) browser().click(".unfold");
                CHECK(browser().run("return document.documentElement.scrollWidth") <= width);
                CHECK(browser().run(k_faint) == Json::array());
            }
        }
    }
    check_no_complaints();
}

TEST_CASE("A name from outside is text, wherever it stands") {
    if (!can_browse()) return;
    browser().show_as(1400, Browser::Scheme::light);
    open_list(written().on_disk("albums.html#q=onerror"));
    CHECK(first_cell("title") == k_hostile);
    browser().click("tbody .c-title a");
    CHECK(is_told("h1:not([hidden])", k_hostile));
    CHECK(browser().count("img, #content script") == 0);
    CHECK(browser().run("return document.title") == k_hostile + " – Pressings");
    check_no_complaints();
}

TEST_CASE("All of it is reached by the keyboard, and the way past the menu is first") {
    if (!can_browse()) return;
    browser().show_as(1400, Browser::Scheme::light);
    open_list(written().on_disk("albums.html#q=in%20rainbows"));
    browser().press(k_tab);
    CHECK(browser().run("return document.activeElement.className") == "skip");
    browser().press(k_enter);
    CHECK(eventually([] { return browser().run("return document.activeElement.id") == "main"; }));
    for (int i = 0;
         i < 20 && browser().run("return document.activeElement.innerText") != "In Rainbows"; ++i)
        browser().press(k_tab);
    CHECK(browser().run("return getComputedStyle(document.activeElement).outlineStyle") == "solid");
    browser().press(k_enter);
    CHECK(is_told("h1:not([hidden])", "In Rainbows"));
}

TEST_CASE("A screen reader is told of tables, also on a phone, where they are laid out otherwise") {
    if (!can_browse()) return;
    browser().show_as(390, Browser::Scheme::light);
    browser().open(written().on_disk("album.html#" + written().album(k_in_rainbows)));
    REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
    const auto spoken = browser().spoken();
    const auto count = [&](const std::string& role, const std::string& name) {
        return std::count_if(spoken.begin(), spoken.end(), [&](const auto& one) {
            return one.first == role && has(one.second, name);
        });
    };
    CHECK(count("table", "Editions") == 1);
    CHECK(count("row", "") >= 5);
    CHECK(count("rowheader", "Official") == 2);
    CHECK(count("button", ", its tracks") == 3);
    CHECK(count("navigation", "Report") == 1);
    CHECK(count("main", "") == 1);
}

TEST_CASE("Without scripts the start page is whole, and the others say what they need") {
    if (!can_browse()) return;
    browser().allow_scripts(false);
    browser().open(written().on_disk("index.html"));
    const std::string start = browser().text("main");
    browser().open(written().on_disk("albums.html"));
    const std::string list = browser().text("main");
    browser().allow_scripts(true);
    CHECK(has(start, "Needs a look"));
    CHECK(has(start, "release-worker retry"));
    CHECK(has(start, "Imported last"));
    CHECK(has(list, "made by a script"));
}

TEST_CASE("A page loads the data that it shows, and no more") {
    if (!can_browse()) return;
    std::vector<std::string> asked;
    std::mutex lock;
    written().server.set_logger([&](const httplib::Request& request, const httplib::Response&) {
        const std::lock_guard guard{lock};
        if (request.path.starts_with("/data/")) asked.push_back(request.path);
    });
    browser().open(written().served("album.html#" + written().album(k_in_rainbows)));
    REQUIRE(is_told("h1:not([hidden])", "In Rainbows"));
    const auto so_far = [&] {
        const std::lock_guard guard{lock};
        return asked;
    };
    REQUIRE(so_far().size() == 1);
    CHECK(so_far().front().starts_with("/data/albums-"));
    browser().click(".unfold");
    CHECK(is_told("tr.below:not([hidden])", "15 Step"));
    REQUIRE(so_far().size() == 2);
    CHECK(so_far().back().starts_with("/data/tracks-"));
    browser().open("about:blank");
    written().server.set_logger(nullptr);
}
