#include "source_walk.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pressings::test {

namespace {

using Json = nlohmann::ordered_json;

const Json k_null = nullptr;

const Json& at(const Json& object, const std::string& key) {
    return object.is_object() && object.contains(key) ? object[key] : k_null;
}

/// What the catalogue must have for a text of MusicBrainz's: nothing for "".
Json text(const Json& value) {
    return value == "" ? k_null : value;
}

/// Old servers send lengths as strings, and 0 or 1 for a flag.
Json number(const Json& value) {
    return value.is_string() ? Json(std::stoll(value.get<std::string>())) : value;
}

Json flag(const Json& value) {
    return value.is_number() ? Json(value != 0) : value;
}

/// What no column is there for; each is a decision, see lib/source/json/FIELDS.md.
const std::set<std::string> k_left_out{"annotation",   "collections", "format-id",   "genres",
                                       "packaging-id", "rating",      "status-id",   "tags",
                                       "type-id",      "user-genres", "user-rating", "user-tags",
                                       "track-offset"};

/// As a list of strings in order: the catalogue sorts what has no order of its own.
std::vector<std::string> sorted(const Json& list) {
    std::vector<std::string> texts;
    for (const Json& item : list)
        texts.push_back(item.dump());
    std::sort(texts.begin(), texts.end());
    return texts;
}

class Walk {
  public:
    std::vector<std::string> found;

    void release(const Json& source, const Json& ours) {
        same("barcode", text(at(source, "barcode")), at(ours, "barcode"));
        same("no_barcode", Json(at(source, "barcode") == ""), at(ours, "no_barcode"));
        const Json& written = at(source, "text-representation");
        same("language", text(at(written, "language")), at(ours, "language"));
        same("script", text(at(written, "script")), at(ours, "script"));
        for (const char* key : {"id", "title", "status", "packaging", "quality", "disambiguation",
                                "asin", "date", "country"}) {
            same(key, text(at(source, key)), at(ours, ours_of(key)));
        }
        credit(at(source, "artist-credit"), at(ours, "artist_credit"));
        list("release-events", source, ours, &Walk::event);
        list("label-info", source, ours, &Walk::label_info);
        list("media", source, ours, &Walk::medium);
        cover_art(at(source, "cover-art-archive"), at(ours, "cover_art"));
        unordered("relations", source, at(ours, "urls"), &Walk::url);
        unordered("relations", source, at(ours, "original_releases"), &Walk::original);
        unordered("aliases", source, at(ours, "aliases"), &Walk::alias);
        no_more(source, {"cover-art-archive", "relations", "aliases", "release-group", "barcode",
                         "text-representation", "id", "title", "status", "packaging", "quality",
                         "disambiguation", "asin", "date", "country", "artist-credit",
                         "release-events", "label-info", "media"});
    }

  private:
    static std::string ours_of(std::string key) {
        if (key == "id") return "mbid";
        std::replace(key.begin(), key.end(), '-', '_');
        return key;
    }

    void complain(const std::string& what) { found.push_back(m_path + what); }

    void same(const std::string& name, const Json& expected, const Json& actual) {
        if (expected != actual) complain(name + ": " + expected.dump() + " is " + actual.dump());
    }

    void no_more(const Json& source, const std::set<std::string>& known) {
        for (const auto& [key, value] : source.items()) {
            if (!known.contains(key) && !k_left_out.contains(key)) {
                complain(key + " is not in the catalogue");
            }
        }
    }

    void list(const std::string& key, const Json& source, const Json& ours,
              void (Walk::*each)(const Json&, const Json&)) {
        const Json& theirs = at(source, key);
        const Json& mine = at(ours, ours_of(key));
        const std::size_t size = theirs.is_null() ? 0 : theirs.size();
        same(key + " (how many)", Json(size), Json(mine.size()));
        const std::string before = m_path;
        for (std::size_t i = 0; i < size && i < mine.size(); ++i) {
            m_path = before + key + "[" + std::to_string(i) + "].";
            (this->*each)(theirs[i], mine[i]);
        }
        m_path = before;
    }

    /// `expected` makes of each entry what the catalogue must have; nothing for what it leaves out.
    void unordered(const std::string& key, const Json& source, const Json& ours,
                   Json (*expected)(const Json&)) {
        if (!source.contains(key)) return same(key + " (not told)", k_null, ours);
        Json wanted = Json::array();
        for (const Json& item : at(source, key)) {
            if (Json entry = expected(item); !entry.is_null()) wanted.push_back(std::move(entry));
        }
        if (sorted(wanted) != sorted(ours))
            complain(key + ": " + wanted.dump() + " is " + ours.dump());
    }

    static Json url(const Json& relation) {
        if (at(relation, "url").is_null()) return k_null;
        return {{"type", at(relation, "type")},
                {"url", at(at(relation, "url"), "resource")},
                {"begin", text(at(relation, "begin"))},
                {"end", text(at(relation, "end"))},
                {"ended", at(relation, "ended")}};
    }

    static Json original(const Json& relation) {
        const bool is_original = at(relation, "type") == "transl-tracklisting" &&
                                 at(relation, "direction") == "backward";
        return is_original ? Json{{"mbid", at(at(relation, "release"), "id")}} : k_null;
    }

    static Json alias(const Json& alias) {
        Json ours;
        for (const char* key :
             {"name", "sort-name", "locale", "type", "primary", "begin", "end", "ended"}) {
            ours[ours_of(key)] = text(at(alias, key));
        }
        return ours;
    }

    static Json disc(const Json& disc) {
        return {{"disc_id", at(disc, "id")},
                {"sectors", at(disc, "sectors")},
                {"offset_count", at(disc, "offset-count")},
                {"offsets", at(disc, "offsets")}};
    }

    void cover_art(const Json& source, const Json& ours) {
        if (source.is_null()) return same("cover-art-archive", k_null, ours);
        for (const char* key : {"artwork", "front", "back", "count", "darkened"}) {
            same(std::string{"cover-art-archive."} + key, at(source, key), at(ours, key));
        }
        no_more(source, {"artwork", "front", "back", "count", "darkened"});
    }

    void credit(const Json& source, const Json& ours) {
        const std::size_t size = source.is_null() ? 0 : source.size();
        same("artist-credit (how many)", Json(size), Json(ours.size()));
        for (std::size_t i = 0; i < size && i < ours.size(); ++i) {
            const Json& artist = at(source[i], "artist");
            const Json& name = at(source[i], "name");
            same("artist-credit.name", name.is_null() ? at(artist, "name") : name,
                 at(ours[i], "name"));
            const Json& join = at(source[i], "joinphrase");
            same("artist-credit.joinphrase", join.is_null() ? Json("") : join,
                 at(ours[i], "join_phrase"));
            for (const char* key : {"id", "name", "sort-name"}) {
                same(std::string{"artist-credit.artist."} + key, text(at(artist, key)),
                     at(at(ours[i], "artist"), ours_of(key)));
            }
            // Said in one place and left out in another, it is known.
            for (const char* key : {"disambiguation", "type", "country"}) {
                if (text(at(artist, key)).is_null()) continue;
                same(std::string{"artist-credit.artist."} + key, at(artist, key),
                     at(at(ours[i], "artist"), key));
            }
            no_more(source[i], {"artist", "name", "joinphrase"});
            no_more(artist,
                    {"aliases", "id", "name", "sort-name", "disambiguation", "type", "country"});
        }
    }

    void event(const Json& source, const Json& ours) {
        same("date", text(at(source, "date")), at(ours, "date"));
        const Json& area = at(source, "area");
        same("area.id", at(area, "id"), at(at(ours, "area"), "mbid"));
        same("area.name", at(area, "name"), at(at(ours, "area"), "name"));
        Json codes = Json::array();
        for (const char* key : {"iso-3166-1-codes", "iso_3166_1_codes", "iso-3166-3-codes",
                                "iso_3166_3_codes", "iso-3166-2-codes", "iso_3166_2_codes"}) {
            for (const auto& code : at(area, key))
                codes.push_back(code);
        }
        const Json& country = at(ours, "country");
        const bool known = std::find(codes.begin(), codes.end(), country) != codes.end();
        if (codes.empty() ? !country.is_null() : !known) {
            complain("country: " + country.dump() + " of " + codes.dump());
        }
        no_more(source, {"date", "area"});
    }

    void label_info(const Json& source, const Json& ours) {
        same("catalog-number", text(at(source, "catalog-number")), at(ours, "catalog_number"));
        const Json& label = at(source, "label");
        if (label.is_null()) return same("label", k_null, at(ours, "label"));
        for (const char* key :
             {"id", "name", "sort-name", "disambiguation", "type", "label-code"}) {
            same(std::string{"label."} + key, text(at(label, key)),
                 at(at(ours, "label"), ours_of(key)));
        }
        no_more(label,
                {"aliases", "id", "name", "sort-name", "disambiguation", "type", "label-code"});
        no_more(source, {"label", "catalog-number"});
    }

    void medium(const Json& source, const Json& ours) {
        for (const char* key : {"id", "position", "format", "title", "track-count"}) {
            same(key, text(at(source, key)), at(ours, ours_of(key)));
        }
        Json tracks = Json::array();
        const Json& offset = at(source, "track-offset");
        add_tracks(tracks, at(source, "pregap"), "pregap", 0);
        add_tracks(tracks, at(source, "tracks"), "track", offset.is_null() ? 0 : offset.get<int>());
        add_tracks(tracks, at(source, "data-tracks"), "data", 0);
        const bool listed = source.contains("tracks") || source.contains("pregap") ||
                            source.contains("data-tracks") || at(source, "track-count") == 0;
        if (!listed) {
            same("tracks", k_null, at(ours, "tracks"));
        } else {
            list("tracks", Json{{"tracks", tracks}}, ours, &Walk::track);
        }
        unordered("discs", source, at(ours, "discs"), &Walk::disc);
        no_more(source, {"discs", "id", "position", "format", "title", "track-count", "pregap",
                         "tracks", "data-tracks"});
    }

    /// Old servers leave the position out: it is the place in the list.
    static void add_tracks(Json& all, const Json& some, const char* kind, int offset) {
        if (some.is_null()) return;
        for (Json track : some.is_array() ? some : Json::array({some})) {
            track["kind"] = kind;
            ++offset;
            if (!track.contains("position")) track["position"] = offset;
            all.push_back(track);
        }
    }

    void track(const Json& source, const Json& ours) {
        for (const char* key : {"id", "number", "position", "title", "kind"}) {
            same(key, at(source, key), at(ours, ours_of(key)));
        }
        same("length", number(at(source, "length")), at(ours, "length_ms"));
        credit(at(source, "artist-credit"), at(ours, "artist_credit"));
        no_more(source, {"id", "number", "position", "title", "kind", "length", "artist-credit",
                         "recording"});
        const std::string before = m_path;
        m_path += "recording.";
        recording(at(source, "recording"), at(ours, "recording"));
        m_path = before;
    }

    void recording(const Json& source, const Json& ours) {
        if (source.is_null()) return same("(whole)", k_null, ours);
        for (const char* key : {"id", "title", "disambiguation", "first-release-date"}) {
            same(key, text(at(source, key)), at(ours, ours_of(key)));
        }
        same("length", number(at(source, "length")), at(ours, "length_ms"));
        same("video", flag(at(source, "video")), at(ours, "video"));
        std::set<std::string> isrcs;
        for (const auto& isrc : at(source, "isrcs"))
            isrcs.insert(isrc.get<std::string>());
        same("isrcs", Json(isrcs), at(ours, "isrcs"));
        credit(at(source, "artist-credit"), at(ours, "artist_credit"));
        no_more(source, {"aliases", "relations", "id", "title", "disambiguation",
                         "first-release-date", "length", "video", "isrcs", "artist-credit"});
    }

    std::string m_path;
};

}  // namespace

std::vector<std::string> differences(const nlohmann::ordered_json& source,
                                     const nlohmann::ordered_json& catalogue) {
    Walk walk;
    walk.release(source, catalogue);
    return walk.found;
}

}  // namespace pressings::test
