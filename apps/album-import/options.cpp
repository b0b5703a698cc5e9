#include "options.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "standard_input.hpp"

namespace pressings {

namespace {

constexpr const char* k_description =
    "Put albums into the catalogue. Each album and the job that will import its releases are\n"
    "written in one transaction; the network is never touched. Run release-worker afterwards.";

constexpr const char* k_examples =
    "Examples:\n"
    "  album-import f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
    "  album-import https://musicbrainz.org/release-group/f5093c06-23e3-404f-aeaa-40f72885ee3a\n"
    "  album-import --artist Radiohead --title 'In Rainbows' --year 2007\n"
    "  album-import --barcode 724382975229\n"
    "  album-import --catno 'SHVL 804' --label Harvest\n"
    "  album-import https://www.discogs.com/master/10362\n"
    "  album-import --from albums.csv --rejects refused.ndjson\n"
    "  zcat albums.ndjson.gz | album-import --json\n"
    "  album-import --refresh --older-than 30d\n"
    "  album-import --new-editions --all\n"
    "  album-import --watch https://musicbrainz.org/artist/a74b1b7f-71a5-4011-9441-d0b5e4122711\n"
    "  album-import --review\n"
    "  album-import --candidates open.csv\n"
    "  album-import --decisions open.csv\n";

/// Options as they are typed, before they are understood.
struct Typed {
    std::string format = "auto";
    std::string older_than;
    std::string mbid;
    TypedWatch watch;
    std::string artist;
    std::string title;
    std::string barcode;
    std::string catno;
    std::string label;
    std::string disc_id;
};

void declare_what(CLI::App& app, ImportRequest& request, Typed& typed) {
    app.add_option(
           "ALBUM", request.albums,
           "MBIDs or musicbrainz.org URLs of release groups or releases, Discogs URLs of releases "
           "or masters, musicbrainz.org URLs of collections or series, or files as --from takes "
           "them; '-', or nothing at all, is a list on standard input")
        ->type_name("MBID|URL");
    app.add_option("--artist", typed.artist, "An album without an MBID: its artist")
        ->type_name("NAME");
    app.add_option("--title", typed.title, "And its title; the worker finds out which it is")
        ->type_name("TITLE");
    app.add_option("--year", request.year, "And the year of its first release, if known")
        ->type_name("YYYY")
        ->check(cli::integer_between(1, 9999));
    app.add_option("--barcode", typed.barcode, "An album by the barcode of any copy (EAN or UPC)")
        ->type_name("DIGITS");
    auto* catno = app.add_option("--catno", typed.catno, "An album by a catalogue number")
                      ->type_name("NUMBER");
    app.add_option("--label", typed.label, "With --catno: the label that gave it")
        ->type_name("NAME")
        ->needs(catno);
    app.add_option("--disc-id", typed.disc_id, "An album by MusicBrainz's disc id of a CD")
        ->type_name("ID");
    app.add_option("--from", request.files, "A batch of albums; '-' is standard input")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--format", typed.format, "What the batch is [default: auto]")
        ->type_name("auto|ndjson|json|csv|tsv|mbid")
        ->check(cli::one_of({"auto", "ndjson", "json", "csv", "tsv", "mbid"}))
        ->configurable();
}

void declare_how(CLI::App& app, ImportRequest& request, Typed& typed) {
    app.add_option("--queue", request.defaults.queue, "Queue of the jobs [default: default]")
        ->type_name("NAME")
        ->check(cli::queue_name())
        ->configurable();
    app.add_option("--priority", request.defaults.priority,
                   "Jobs with a higher one go first [default: 0]")
        ->type_name("N")
        ->check(cli::integer_between(-1'000'000, 1'000'000))
        ->configurable();
    app.add_flag("--no-releases", request.no_releases, "The albums alone, no jobs");
    app.add_flag("--refresh", request.refresh,
                 "Queue a new import for albums that are there already");
    app.add_flag("--new-editions", request.new_editions,
                 "Likewise, but ask for 100 of them at once, and import those whose releases "
                 "differ");
    app.add_flag("--all", request.refresh_all,
                 "With either: for every album (that --older-than takes)");
    app.add_option("--older-than", typed.older_than,
                   "With either: for those last imported longer ago (30d, 12h)")
        ->type_name("DURATION")
        ->check(cli::duration());
    auto* mbid = app.add_option("--mbid", typed.mbid, "With --album: its release group")
                     ->type_name("MBID|URL");
    app.add_option("--album", request.album_id,
                   "Settle which release group this album is, and queue its job again")
        ->type_name("ID")
        ->check(cli::integer_between(0, std::numeric_limits<std::int64_t>::max()))
        ->needs(mbid);
    app.add_flag("--review", request.review,
                 "Go through the albums that could not be told for certain: choose, skip, search "
                 "again, open in a browser");
    app.add_option("--candidates", request.candidates,
                   "Write them and what each may be to this file, for a spreadsheet")
        ->type_name("FILE");
    app.add_option("--decisions", request.decisions,
                   "Take in what was decided there; safe to run twice")
        ->type_name("FILE");
    app.add_flag("--discography", request.discography,
                 "ALBUM is an artist (MBID or URL): all release groups of the artist");
    declare_watches(app, request.watch, typed.watch);
    app.add_flag("--dry-run", request.dry_run, "Check everything, write nothing");
    app.add_option("--batch", request.batch, "Albums a transaction [default: 1000]")
        ->type_name("N")
        ->check(cli::integer_between(1, 100'000))
        ->configurable();
    app.add_option("--rejects", request.rejects,
                   "Write refused records, with the reason, to this file as NDJSON")
        ->type_name("FILE");
}

/// An MBID or a URL, of a release group or a release; the worker finds out which.
Mbid read_mbid(const std::string& text) {
    const auto read = intake::read_mbid_reference(text);
    if (const auto* refusal = std::get_if<intake::Refusal>(&read)) {
        throw UsageError("--mbid: " + refusal->message);
    }
    return std::get<Mbid>(read);
}

/// Where the job of an identified album goes, if that was told.
store::IdentifyOptions identify_options(const CLI::App& app, const ImportRequest& request) {
    store::IdentifyOptions options;
    options.mode = request.mode();
    if (app.count("--queue") > 0) options.queue = request.defaults.queue;
    if (app.count("--priority") > 0) options.priority = request.defaults.priority;
    return options;
}

/// A file among the albums is a batch; no MBID or URL is the path of one.
void find_files(ImportRequest& request) {
    const auto first =
        std::stable_partition(request.albums.begin(), request.albums.end(),
                              [&](const auto& album) { return !is_batch_file(album); });
    request.files.insert(request.files.end(), first, request.albums.end());
    request.albums.erase(first, request.albums.end());
}

/// "-" among the albums is a batch, and so is what is sent to who names no album at all.
void find_list(ImportRequest& request) {
    const bool is_named = std::erase(request.albums, "-") > 0;
    const bool has_work = !request.albums.empty() || request.tells_album() ||
                          !request.files.empty() || request.refresh_all || request.older_than_ms ||
                          request.album_id || request.discography || request.watch.any() ||
                          request.settles();
    if (!is_named && (has_work || !is_sent_a_list())) return;
    const bool is_there =
        std::find(request.files.begin(), request.files.end(), "-") != request.files.end();
    if (!is_there) request.files.emplace_back("-");
}

void understand(ImportRequest& request, const Typed& typed) {
    request.format = *intake::parse_format(typed.format);
    understand_watches(request, typed.watch);
    const auto take = [](std::optional<std::string>& told, const std::string& text) {
        if (!text.empty()) told = text;
    };
    take(request.artist, typed.artist);
    take(request.title, typed.title);
    take(request.barcode, typed.barcode);
    take(request.catno, typed.catno);
    take(request.label, typed.label);
    take(request.disc_id, typed.disc_id);
    if (!typed.older_than.empty()) {
        request.older_than_ms = cli::duration_option("--older-than", typed.older_than);
    }
    if (!typed.mbid.empty()) {
        request.mbid = read_mbid(typed.mbid);
    }
    if (!request.discography) find_files(request);
    find_list(request);
    const bool whole = request.refresh_all || request.older_than_ms;
    if (whole && !request.new_editions) request.refresh = true;
}

void require(bool condition, const char* message) {
    if (!condition) throw UsageError(message);
}

/// The list of rejects is emptied before the batch is read.
void check_rejects(const ImportRequest& request) {
    if (!request.rejects) return;
    for (const std::string& file : request.files) {
        std::error_code none_there;
        if (!std::filesystem::equivalent(file, *request.rejects, none_there)) continue;
        throw UsageError(fmt::format("--rejects {}: it is the batch itself; name another file",
                                     escape_controls(*request.rejects)));
    }
}

void check_settling(const ImportRequest& request) {
    if (!request.settles()) return;
    const bool has_others = !request.albums.empty() || request.tells_album() ||
                            !request.files.empty() || request.refresh_all ||
                            request.older_than_ms || request.album_id;
    const int ways =
        (request.review ? 1 : 0) + (request.candidates ? 1 : 0) + (request.decisions ? 1 : 0);
    require(ways == 1, "--review, --candidates and --decisions exclude each other");
    require(!has_others && !request.discography && !request.refresh && !request.no_releases &&
                !request.new_editions,
            "--review, --candidates and --decisions are about albums in the catalogue; give no "
            "others, and no other task");
    require(!request.review || !(request.common.json || request.dry_run),
            "--review goes with neither --json nor --dry-run; see --candidates and --decisions");
}

void check_fit(const ImportRequest& request) {
    const bool named = request.artist || request.title;
    const bool told = request.tells_album();
    const bool albums = !request.albums.empty() || told || !request.files.empty();
    const bool whole = request.refresh_all || request.older_than_ms;
    require(request.artist.has_value() == request.title.has_value(),
            "--artist and --title go together");
    require(!request.year || named, "--year goes with --artist and --title");
    require(request.album_id.has_value() == request.mbid.has_value(),
            "--album and --mbid go together");
    require(!request.album_id || !(albums || whole), "--album settles one album; give no others");
    require(!whole || !albums,
            "--all and --older-than stand for albums in the catalogue; give no "
            "others");
    require(!request.discography || (!request.albums.empty() && !told && request.files.empty()),
            "--discography needs artists, as MBIDs or URLs");
    check_settling(request);
    require(albums || whole || request.album_id || request.settles(),
            "no album given; name MBIDs or URLs, --artist with --title, --barcode, --catno or "
            "--disc-id, or --from FILE, or send a list (see album-import --help)");
    require(!request.discography || !(request.no_releases || request.refresh),
            "--discography goes with neither --no-releases nor --refresh");
    require(!request.no_releases || !request.refresh,
            "--no-releases and --refresh exclude each "
            "other");
    const bool lists = std::any_of(
        request.albums.begin(), request.albums.end(),
        [](const std::string& album) { return intake::read_list_reference(album).has_value(); });
    require(!lists || !(request.no_releases || request.refresh || request.new_editions ||
                        request.discography),
            "a collection or series goes with none of --no-releases, --refresh, --new-editions and "
            "--discography");
    require(!request.new_editions || !(request.refresh || request.no_releases ||
                                       request.discography || request.album_id),
            "--new-editions goes with none of --refresh, --no-releases, --discography and --album");
    check_rejects(request);
}

}  // namespace

std::optional<ImportRequest> parse_import_request(int argc, char** argv) {
    ImportRequest request;
    Typed typed;
    CLI::App app{k_description, "album-import"};
    cli::add_common_options(app, request.common);
    std::vector<char*> words(argv, argv + argc);
    std::string list = "-";
    if (argc == 1 && is_sent_a_list()) words.push_back(list.data());  // else help is shown
    declare_what(app, request, typed);
    declare_how(app, request, typed);
    app.footer(k_examples);
    if (!cli::parse_command_line(app, request.common, static_cast<int>(words.size()), words.data()))
        return std::nullopt;
    request.defaults.told = app.count("--queue") + app.count("--priority") > 0;
    understand(request, typed);
    request.identify = identify_options(app, request);
    check_watches(request, typed.watch);
    if (!request.watch.any()) check_fit(request);
    return request;
}

}  // namespace pressings
