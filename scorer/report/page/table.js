// A table that sorts, and draws only the rows in sight: ten thousand rows cost as much as fifty. On paper it draws the first.

const ROWS_PRINTED = 300;
const ROWS_BEYOND = 12; // drawn above and below what is in sight, so that Tab and quick scrolling find them there

// columns: {title, value(row) -> number | string | null, cell(row) -> content, hint, descends}; the first names the row.
function rankedTable({ caption, columns, sortedBy = 0, onsort }) {
  const spacers = [el("tr.spacer", { "aria-hidden": "true" }), el("tr.spacer", { "aria-hidden": "true" })];
  const body = el("tbody", {}, spacers);
  const heads = columns.map((column, i) => el("th", { scope: "col", title: column.hint }, el("button", { type: "button", onclick: () => sortBy(i) }, column.title)));
  const table = el("table", {}, el("caption.unseen", {}, caption), el("thead", {}, el("tr", { "aria-rowindex": 1 }, heads)), body);
  const element = el("div.scroller", { tabindex: "0", role: "region", "aria-label": caption }, table);
  const drawn = new Map();
  let rows = [], order = [], all = null, keep = () => true;
  let column = sortedBy, down = Boolean(columns[sortedBy].descends), from = -1, to = -1, printing = false;

  function sortBy(i) {
    down = i === column ? !down : Boolean(columns[i].descends);
    column = i;
    sort();
    show(all, keep);
    element.scrollTop = 0;
  }
  function sort() {
    const sign = down ? -1 : 1;
    const keyed = all.map((row) => [columns[column].value(row), row]);
    keyed.sort(([a], [b]) => (a === null ? 1 : 0) - (b === null ? 1 : 0) || sign * (a < b ? -1 : a > b ? 1 : 0));
    order = keyed.map(([, row]) => row);
  }
  // Rows of `some` that are kept. They are sorted when they come and when a heading is pressed, not when they are filtered.
  function show(some, kept = () => true) {
    keep = kept;
    if (some !== all) {
      all = some;
      sort();
    }
    rows = order.filter(keep);
    heads.forEach((head, i) => head.setAttribute("aria-sort", i !== column ? "none" : down ? "descending" : "ascending"));
    table.setAttribute("aria-rowcount", rows.length + 1);
    for (const row of drawn.values()) row.remove();
    drawn.clear();
    from = to = -1;
    draw();
    onsort?.(rows);
  }
  const rowHeight = () => parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 38;
  function draw() {
    const height = rowHeight();
    const first = printing ? 0 : Math.max(0, Math.floor(element.scrollTop / height) - ROWS_BEYOND);
    const beyond = Math.ceil((element.scrollTop + (element.clientHeight || 600)) / height) + ROWS_BEYOND;
    const last = Math.min(rows.length, printing ? ROWS_PRINTED : beyond);
    if (first === from && last === to) return;
    [from, to] = [first, last];
    for (const [i, row] of drawn) if (i < first || i >= last) { row.remove(); drawn.delete(i); }
    let after = spacers[0];
    for (let i = first; i < last; i++) {
      if (!drawn.has(i)) {
        const cells = columns.map((one, n) => el(n ? "td" : "th", n ? {} : { scope: "row" }, one.cell(rows[i])));
        drawn.set(i, el("tr", { "aria-rowindex": i + 2 }, cells));
        after.after(drawn.get(i));
      }
      after = drawn.get(i);
    }
    spacers[0].style.height = printing ? "0" : `${first * height}px`;
    spacers[1].style.height = printing ? "0" : `${(rows.length - last) * height}px`;
  }
  function print(is) {
    printing = is;
    const left = is ? rows.length - ROWS_PRINTED : 0;
    element.dataset.left = left > 0 ? `and ${left.toLocaleString("en")} more, not printed` : "";
    from = -1;
    if (element.isConnected) draw();
  }
  for (const when of ["beforeprint", "afterprint"]) addEventListener(when, () => print(when === "beforeprint"));
  element.addEventListener("scroll", draw, { passive: true });
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest?.("tbody tr");
    if (!step || !row) return;
    const at = [...drawn].find(([, one]) => one === row)?.[0] + step;
    event.preventDefault();
    drawn.get(at)?.querySelector("a, button")?.focus();
  });
  new ResizeObserver(() => { from = -1; draw(); }).observe(element);
  return { element, show, sorted: () => rows };
}
