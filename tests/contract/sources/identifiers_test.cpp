// All sources find the same album by what stands on it, or say that they cannot.
#include <set>

#include <doctest/doctest.h>

#include "mirror/load/load_mirror.hpp"
#include "source/release_source.hpp"
#include "support/dump_files.hpp"
#include "support/genuine_documents.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;
using Kind = IdentifierKind;

namespace {

SourceOptions options() {
    SourceOptions options;
    options.user_agent = "pressings-tests/0 (tests@example.org)";
    return options;
}

/// The same releases, behind a web service and in a mirror.
struct Both {
    Both() {
        for (const std::string& release : genuine_releases())
            server.change([&](ServedReleases& served) { served.add_release(release); });
        const std::string dump = write_dump(folder.file("release.tar.xz"), genuine_releases());
        mirror::load_mirror({folder.file("mirror.db"), {dump}, {}, {}, {}}, system_clock());
        service = make_source(server.root(), options());
        mirror = make_source("mirror:" + folder.file("mirror.db"), options());
    }

    TemporaryFolder folder;
    MusicBrainzServer server;
    std::unique_ptr<ReleaseSource> service;
    std::unique_ptr<ReleaseSource> mirror;
};

std::set<std::string> groups(ReleaseSource& source, const Identifier& identifier) {
    std::set<std::string> mbids;
    for (const OfferedAlbum& group : source.groups_with(identifier, {}, {}).groups)
        mbids.insert(group.album.mbid->to_string());
    return mbids;
}

}  // namespace

TEST_CASE("Service and mirror find the same groups by each barcode, number and disc id") {
    Both both;
    std::set<std::string> asked;
    const auto check = [&](const Identifier& identifier, const std::string& group) {
        if (!asked.insert(described(identifier)).second || asked.size() > 120) return;
        CAPTURE(described(identifier));
        const auto found = groups(*both.service, identifier);
        CHECK(found.count(group) == 1);
        CHECK(found == groups(*both.mirror, identifier));
    };
    for (const char* mbid :
         {"416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6", "6e335887-60ba-38f0-95af-fae7774336bf",
          "3822abb6-ca53-3ae1-a4ec-7718cb321e9b", "397121b6-85c7-4b9a-970c-be7fdc40eb58",
          "93748311-e3a2-372a-9414-192f9924caa2"}) {
        const auto found = both.mirror->releases_of(*Mbid::parse(mbid), {});
        for (const Release& release : found.releases) {
            if (release.barcode && !release.barcode->empty()) {
                check({Kind::barcode, *release.barcode}, mbid);
            }
            for (const LabelInfo& info : release.label_info) {
                if (!info.catalog_number) continue;
                check({Kind::catno, *info.catalog_number}, mbid);
                if (info.label) {
                    check({Kind::catno, *info.catalog_number, {info.label->name}}, mbid);
                }
            }
            for (const Medium& medium : release.media) {
                for (const Disc& disc : medium.discs.value_or(std::vector<Disc>{}))
                    check({Kind::disc_id, disc.id}, mbid);
            }
        }
    }
    CHECK(asked.size() > 20);
}

TEST_CASE("A page of Discogs' is found by both, and what is on none by neither") {
    Both both;
    for (ReleaseSource* source : {both.service.get(), both.mirror.get()}) {
        CHECK(groups(*source, {Kind::discogs_release, "3191626"}) ==
              std::set<std::string>{"05ce100c-eddf-4967-8d7e-33fc0883fe39"});
        CHECK(groups(*source, {Kind::discogs_release, "1"}).empty());
        CHECK(groups(*source, {Kind::barcode, "4006381333931"}).empty());
        CHECK(source->groups_with({Kind::catno, "3010-2", {"Harvest"}}, {}, {})
                  .of_other_labels.size() == 1);
    }
}

TEST_CASE("A mirror without release groups cannot tell of masters, recorded answers of nothing") {
    Both both;
    const auto recorded =
        make_source("file:" PRESSINGS_TEST_DATA "/musicbrainz/recorded", options());
    const auto meaning = [](ReleaseSource& source, const Identifier& identifier) {
        try {
            source.groups_with(identifier, {}, {});
        } catch (const SourceError& error) {
            CHECK(error.kind == ErrorKind::permanent);
            return error.meaning;
        }
        return Meaning::failed;
    };
    CHECK(meaning(*both.mirror, {Kind::discogs_master, "1"}) == Meaning::unable);
    CHECK(meaning(*recorded, {Kind::barcode, "075990301024"}) == Meaning::unable);
}
