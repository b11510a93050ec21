// The annotated article: the one renderer of report, web page and notebook. See scorer/report/annotated.py for a view.

// Cut 0..length wherever a range begins or ends: [start, end, ranges that cover it]. A sweep over sorted boundaries.
function segments(length, ranges) {
  const events = [];
  ranges.forEach((range) => {
    if (range.end > range.start) events.push([range.start, 1, range], [range.end, 0, range]);
  });
  events.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const pieces = [];
  const open = new Set();
  let at = 0;
  for (const [position, opens, range] of events) {
    if (position > at) pieces.push([at, position, [...open]]);
    at = Math.max(at, position);
    if (opens) open.add(range);
    else open.delete(range);
  }
  if (length > at) pieces.push([at, length, []]);
  return pieces;
}

const INLINE_ZONES = ["quote", "attribution"];
const SET_ASIDE = { boilerplate: "boilerplate", link_block: "link block", provenance: "provenance" };
const BLOCK_TITLES = { ...SET_ASIDE, none: "outside the article" };
const LONG_EVIDENCE = 60; // a whole headline or sentence: underlined, not tinted

// Unpack the numbers of a view into evidence and zones that name what they are.
function unpacked(view, legend) {
  const n = legend.targets.length;
  const signals = view.signals.map((number, k) => {
    const moved = view.moved.slice(k * n, k * n + n).map((steps) => steps / legend.steps);
    const signal = { ...legend.signals[number], value: view.values[k], moved, weight: Math.max(...moved.map(Math.abs)) };
    signal.evidence = ranges(view.places[k], 2).map((range) => ({ ...range, signal }));
    return signal;
  });
  for (const signal of signals) if (signal.kind === "learned") weighWords(signal, view, legend);
  return { signals, zones: ranges(view.zones, 3).map((range) => ({ ...range, zone: legend.zones[range.lead] })) };
}

// Say of each learned word what it adds by itself: `view.words` has a number a target for each spelling, in text order.
function weighWords(signal, view, legend) {
  const n = legend.targets.length;
  const spellings = new Map();
  for (const one of signal.evidence) {
    const spelling = view.text.slice(one.start, one.end);
    if (!spellings.has(spelling)) spellings.set(spelling, spellings.size);
    const k = spellings.get(spelling) * n;
    one.moved = view.words.slice(k, k + n).map((steps) => steps / legend.steps);
  }
}

// [start, length, ...] or [lead, start, length, ...], each start counted from the end before it.
function ranges(numbers, width) {
  const found = [];
  for (let i = 0, at = 0; i < numbers.length; i += width) {
    const start = at + numbers[i + width - 2];
    at = start + numbers[i + width - 1];
    found.push({ start, end: at, lead: numbers[i] });
  }
  return found;
}

let articlesDrawn = 0;

function annotated(view, legend) {
  const { signals, zones } = unpacked(view, legend);
  const evidence = signals.flatMap((signal) => signal.evidence);
  const serial = ++articlesDrawn;
  const root = el("article.annotated", { "aria-label": view.path || view.id });
  const text = pageText(view.text, evidence, zones);
  const why = explainer(root, text, legend, serial);
  const frame = el("div.frame", {},
    el("header", {}, el("p.path", {}, view.path || view.id), view.notes.map((note) => el("p.note", {}, `Note: ${note}`))),
    scoreCards(view, legend),
    el("div.columns", {}, el("div.reading", {}, switches(root, signals, legend, serial), text), reasons(view, signals, legend, text, why)),
    el("footer", {}, `${legend.note} ${view.model ? `Model: ${view.model}.` : ""}`));
  root.append(frame, why.element);
  return root;
}

// The page in reading order: a block a line, set-aside zones in labelled sections, evidence in marks.
function pageText(text, evidence, zones) {
  const lines = [];
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    lines.push({ start: at, end, line: true });
    at = end + 1;
  }
  const container = el("div.page-text", { "aria-label": "Text of the page, evidence marked", role: "region" });
  container.source = text;
  let line = null, block = null, section = null, sectionZone = null;
  for (const [start, end, covering] of segments(text.length, [...evidence, ...zones, ...lines])) {
    const own = covering.find((range) => range.line);
    if (!own) continue; // the line feed itself
    const places = covering.filter((range) => range.zone);
    const nested = places.filter((range) => !INLINE_ZONES.includes(range.zone));
    if (own !== line) {
      if (!text.slice(start, end).trim()) continue; // a blank line, or blanks before a line's first word
      line = own;
      const place = nested[0]?.zone ?? "none";
      const aside = BLOCK_TITLES[place] ? place : null;
      if (aside !== sectionZone || !section) {
        sectionZone = aside;
        section = aside ? el(`section.aside.zone-${aside}`, { "aria-label": `Set aside: ${BLOCK_TITLES[aside]}` }, el("p.zone-label", { "aria-hidden": "true" }, BLOCK_TITLES[aside])) : container;
        if (aside) container.append(section);
      }
      block = el(place === "headline" ? "h2.zone-headline" : `p.zone-${place}`);
      section.append(block);
    }
    block.append(piece(text, start, end, covering, places, nested.at(-1)?.zone ?? "none"));
  }
  return container;
}

function piece(text, start, end, covering, places, place) {
  let inner = document.createTextNode(inert(text.slice(start, end)));
  if (place === "dateline" || (SET_ASIDE[place] && places.length)) inner = el(`span.in-${place}`, {}, inner);
  if (places.some((range) => range.zone === "quote")) inner = el("span.in-quote", {}, inner);
  const found = covering.filter((range) => range.signal);
  if (!found.length) return inner;
  // One layer a kind, each with its own underline; the kind that moved a score most lies outermost.
  const kinds = new Map();
  for (const one of found) {
    const layer = kinds.get(one.signal.kind) ?? { weight: 0, long: true };
    layer.weight = Math.max(layer.weight, one.signal.weight);
    layer.long &&= one.end - one.start > LONG_EVIDENCE;
    kinds.set(one.signal.kind, layer);
  }
  const order = [...kinds].sort((a, b) => a[1].weight - b[1].weight);
  order.forEach(([kind, layer], depth) => {
    const classes = `.kind-${kind}${layer.long ? ".long" : ""}${layer.weight < LEAST ? ".still" : ""}`;
    inner = el(`${depth === order.length - 1 ? "mark" : "span"}${classes}`, {}, inner);
  });
  inner.evidence = found;
  if (found.some((one) => one.start === start)) {
    inner.classList.add("stop");
    inner.tabIndex = -1;
  }
  return inner;
}

// ---- the switches above the text

const LEAST = 0.005; // log-odds: shows as 0.00

function switches(root, signals, legend, serial) {
  const chips = legend.kinds.map((kind) => {
    const found = signals.filter((signal) => signal.kind === kind.name && signal.evidence.length);
    const n = found.reduce((sum, signal) => sum + signal.evidence.length, 0);
    const box = el("input", { type: "checkbox", checked: true, id: `kind-${kind.name}-${serial}`, disabled: !n });
    box.addEventListener("change", () => root.classList.toggle(`hide-${kind.name}`, !box.checked));
    return el("label.chip", { for: box.id }, box, el(`span.sample.kind-${kind.name}`, {}, kind.title), el("span.n", {}, n));
  });
  const all = el("input", { type: "checkbox", id: `still-${serial}` });
  all.addEventListener("change", () => root.classList.toggle("show-still", all.checked));
  return el("fieldset.switches", {}, el("legend", {}, "Evidence by kind"), chips,
    el("label.chip.plain", { for: all.id, title: "Evidence of signals the model gives no weight" }, all, el("span", {}, "also what moved no score")),
    el("p.hint", {}, "Point at a mark, or press Tab and the arrow keys, to read what it adds. ", el("span.in-quote", {}, "Quotations"), " lean; what is not the article is grey."));
}
