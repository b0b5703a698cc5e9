// The pages of artists and labels.

const is_mbid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text || "");

function person_head(kind, mbid, name, comment, summary) {
  return el("div", {class: "title"}, disc(parseInt(mbid.slice(0, 6), 16)), el("div", {class: "words"},
    el("p", {class: "kind"}, kind === "artist" ? "Artist" : "Label"),
    el("h1", null, said(name), comment ? soft(" ", said(`(${comment})`)) : ""),
    el("p", {class: "by"}, summary, " · ", musicbrainz(kind, mbid, "MusicBrainz"))));
}

// A row is [MBID, name, comment, album, title, date, type, counts, credit].
const ARTIST_COLUMNS = [
  {key: "date", title: "First released", class: "date", sort: (row) => (/^\d{4}/.test(row[5]) ? row[5] : null), cell: (row) => row[5]},
  {key: "title", title: "Album", sort: (row) => fold(row[4] || ""),
    cell: (row) => [album_link(row[3], row[4]), row[8] === row[1] ? "" : el("div", null, soft(said(row[8])))]},
  {key: "type", title: "Type", sort: (row) => row[6] || null, cell: (row) => row[6]},
  {key: "editions", title: "Editions", class: "n", first: "-", sort: (row) => row[7].reduce((sum, count) => sum + count, 0),
    cell: (row) => figure(row[7].reduce((sum, count) => sum + count, 0))},
  {key: "formats", title: "Formats", cell: (row) => chips(row[7])},
];

// A row is [edition, date, number, media, places, album, artist, title].
const LABEL_COLUMNS = [
  {key: "date", title: "Date", class: "date", sort: (row) => (/^\d{4}/.test(row[1]) ? row[1] : null), cell: (row) => row[1]},
  {key: "title", title: "Album", sort: (row) => fold(row[7] || ""),
    cell: (row) => [el("a", {href: `album.html#${row[5]}&release=${row[0]}`}, said(row[7] || "(title not known)")), el("div", null, soft(said(row[6])))]},
  {key: "number", title: "Cat. no.", sort: (row) => (row[2] ? fold(row[2]) : null), cell: (row) => said(row[2])},
  {key: "media", title: "Medium", sort: (row) => row[3] || null, cell: (row) => said(row[3])},
  {key: "place", title: "Country", sort: (row) => row[4] || null, cell: (row) => said(place(row[4]))},
];

function draw_list(head, title, caption, columns, rows, classes) {
  const {sort = "date", page} = place_in_page();
  const table = el("div", {class: "panel flush"});
  const focused = document.activeElement?.dataset.key;
  show_page(title, head, table);
  draw_table(table, {caption, columns, rows: sort_rows(rows, columns, sort), sort, page: Number(page) || 1, classes});
  if (focused) table.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

async function draw_artist() {
  const mbid = place_in_page().id;
  const rows = is_mbid(mbid) ? await of_mbid("artists", mbid) : [];
  if (place_in_page().id !== mbid) return undefined;
  if (!rows.length) return show_note("No such artist", "No album of this report is by that artist.");
  const [, name, comment] = rows[0];
  return draw_list(person_head("artist", mbid, name, comment, counted(rows.length, "album", "albums")), name,
    "Albums", ARTIST_COLUMNS, rows, "artist");
}

async function draw_label() {
  const mbid = place_in_page().id;
  const albums = is_mbid(mbid) ? await of_mbid("labels", mbid) : [];
  if (place_in_page().id !== mbid) return undefined;
  if (!albums.length) return show_note("No such label", "No edition of this report is by that label.");
  const [, name, comment] = albums[0];
  const rows = albums.flatMap(([, , , id, artist, title, editions]) => editions.map((edition) => [...edition, id, artist, title]));
  const summary = `${counted(rows.length, "edition", "editions")} of ${counted(albums.length, "album", "albums")}`;
  return draw_list(person_head("label", mbid, name, comment, summary), name, "Editions", LABEL_COLUMNS, rows, "label");
}
