"use strict";
// The pages of a report of release-catalog. What comes from outside gets into a page as text
// (textContent, attributes that are no addresses) and never as markup.

const FORMATS = ["vinyl", "cd", "digital", "cassette", "other"];
const FORMAT_NAMES = {vinyl: "Vinyl", cd: "CD", digital: "Digital", cassette: "Cassette", other: "Other"};
const ROLES = {TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell"};

/// An element with attributes and children; a child that is no node becomes text.
function el(tag, attributes, ...children) {
  const svg = ["svg", "circle", "rect", "title"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag)
                   : document.createElement(tag);
  // A narrow page lays tables out as blocks; the roles keep them tables for screen readers.
  if (ROLES[node.tagName]) node.setAttribute("role", ROLES[node.tagName]);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/// Text from outside, isolated from the reading direction beside it.
const said = (text) => el("bdi", null, text);
const soft = (...children) => el("span", {class: "soft"}, ...children);
const unseen = (text) => el("span", {class: "unseen"}, text);
const figure = (number) => number.toLocaleString("en");
const counted = (number, one, many) => `${figure(number)} ${number === 1 ? one : many}`;
const day = (time) => time.slice(0, 10);

/// For finding and sorting: case, accents and width do not count.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/// A name that the browser has for a code: "English" for "eng", "Latin" for "Latn".
function name_of(type, code) {
  try {
    return new Intl.DisplayNames(["en"], {type, fallback: "code"}).of(code) || code;
  } catch {
    return code;
  }
}
const place = (name) => (/^[A-Z]{2}$/.test(name) ? name_of("region", name) : name);

const musicbrainz = (kind, mbid, ...words) =>
  el("a", {href: `https://musicbrainz.org/${kind}/${mbid}`, rel: "noreferrer", class: "out"}, ...words);
const album_link = (id, title) => el("a", {href: `album.html#${id}`}, said(title || "(title not known)"));
const dot = (format) => el("span", {class: `dot ${format}`});

/// How many editions there are of each format.
function chips(counts) {
  const some = FORMATS.filter((_, i) => counts[i] > 0);
  if (!some.length) return soft("no releases");
  return el("span", {class: "chips"}, some.map((format) =>
    el("span", {class: "chip"}, dot(format), `${counts[FORMATS.indexOf(format)]} ${FORMAT_NAMES[format]}`)));
}

/// A record in colours of its own, for albums have no picture here.
function disc(seed) {
  const hue = (seed * 137) % 360;
  const ring = (r, attributes) => el("circle", {cx: 32, cy: 32, r, ...attributes});
  return el("svg", {viewBox: "0 0 64 64", class: "disc", "aria-hidden": "true"},
    ring(31, {class: "black"}), [26, 22.5, 19, 15.5].map((r) => ring(r, {class: "groove"})),
    ring(11.5, {fill: `hsl(${hue} 62% 52%)`}), ring(7, {fill: `hsl(${(hue + 40) % 360} 70% 66%)`}), ring(1.6, {class: "hole"}));
}

/// What the address says behind "#": "12&sort=-date" is {id: "12", sort: "-date"}.
function place_in_page() {
  const state = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [name, value] = part.split("=", 2);
    try {
      if (value !== undefined) state[decodeURIComponent(name)] = decodeURIComponent(value);
      else if (name) state.id = decodeURIComponent(name);
    } catch {
      // An address that somebody has mangled: that part says nothing.
    }
  }
  return state;
}

/// Goes on with other values; a step that Back undoes, unless it replaces this one.
function go(changes, replace) {
  const state = {...place_in_page(), ...changes};
  const parts = state.id ? [encodeURIComponent(state.id)] : [];
  for (const [name, value] of Object.entries(state)) {
    if (name !== "id" && value) parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  const hash = `#${parts.join("&")}`;
  if (hash === (location.hash || "#")) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash);
  window.dispatchEvent(new Event("moved"));
}

/// Calls `draw` now and whenever the place in the page is another.
function at_each_place(draw) {
  window.addEventListener("moved", draw);
  window.addEventListener("hashchange", draw);
  draw();
}

const content = () => document.getElementById("content");

/// Puts the page's own heading in place of the shell's.
function show_page(title, ...children) {
  document.title = `${title} – Pressings`;
  document.querySelector("h1").hidden = true;
  content().removeAttribute("aria-busy");
  content().replaceChildren(...children.flat().filter(Boolean));
}

function show_note(title, text) {
  show_page(title, el("h1", null, title), el("p", {class: "panel note"}, text, " ",
    el("a", {href: "albums.html"}, "To all albums")));
}
