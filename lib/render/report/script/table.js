// A table that can be sorted and leafed through; its state is in the address: sort=-date, page=2.

const ROWS_ON_A_PAGE = 100;

/// A column: key, title, cell(row); first: "-" if the highest comes first; sort(row): what is
/// compared, null for what is not known and comes last; without it the column is not sorted by.
function sort_rows(rows, columns, sort) {
  const key = sort.replace(/^-/, "");
  const column = columns.find((one) => one.key === key && one.sort);
  if (!column) return rows;
  const sign = sort.startsWith("-") ? -1 : 1;
  const keyed = rows.map((row, i) => ({row, i, value: column.sort(row)}));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.i - b.i;
    if (a.value !== b.value) return a.value < b.value ? -sign : sign;
    return a.i - b.i;
  });
  return keyed.map((one) => one.row);
}

function heading(column, sort) {
  const attributes = {scope: "col", role: "columnheader", class: column.class || null};
  if (!column.sort) return el("th", attributes, column.title);
  const is_sorted = sort.replace(/^-/, "") === column.key;
  const is_down = sort.startsWith("-");
  if (is_sorted) attributes["aria-sort"] = is_down ? "descending" : "ascending";
  const first = (column.first || "") + column.key;
  const other = sort.startsWith("-") ? column.key : `-${column.key}`;
  return el("th", attributes, el("button", {type: "button", class: "sort", "data-key": column.key,
    onclick: () => go({sort: is_sorted ? other : first, page: null})},
    column.title, el("span", {class: "arrow", "aria-hidden": "true"}, is_sorted ? (is_down ? "↓" : "↑") : "")));
}

function pager(page, pages) {
  if (pages < 2) return null;
  const step = (to, words, label) => el("button", {type: "button", disabled: to < 1 || to > pages || to === page,
    "aria-label": label, onclick: () => { go({page: to > 1 ? to : null}); window.scrollTo(0, 0); }}, words);
  return el("nav", {class: "pager", "aria-label": "Pages"},
    step(1, "«", "First page"), step(page - 1, "‹ Back", "Page before"),
    el("span", null, `Page ${figure(page)} of ${figure(pages)}`),
    step(page + 1, "Next ›", "Next page"), step(pages, "»", "Last page"));
}

/// Draws rows that are sorted already. What has the keyboard keeps it.
function draw_table(into, {caption, columns, rows, sort, page, classes}) {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_ON_A_PAGE));
  const shown = Math.min(Math.max(1, Math.trunc(page)), pages);
  const focused = document.activeElement && into.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const part = rows.slice((shown - 1) * ROWS_ON_A_PAGE, shown * ROWS_ON_A_PAGE);
  into.replaceChildren(
    el("table", {class: `list ${classes || ""}`},
      el("caption", {class: "unseen"}, caption),
      el("thead", null, el("tr", null, columns.map((column) => heading(column, sort)))),
      el("tbody", null, part.map((row) => el("tr", null, columns.map((column) =>
        el("td", {class: `${column.class || ""} c-${column.key}`}, column.cell(row))))))),
    pager(shown, pages) || "");
  if (focused) into.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  return {page: shown, pages};
}
