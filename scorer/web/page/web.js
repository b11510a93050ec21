// The page of `scorer serve`: sends what is pasted or dropped, and shows what comes back. Everything is held in memory.
"use strict";

const LARGEST_FILE = 10 * 1024 * 1024; // what the server takes, less what base64 adds
const BATCH_BYTES = 3 * 1024 * 1024;
const BATCH_FILES = 40;

const byId = (id) => document.getElementById(id);
const main = document.querySelector("main");
const state = { rows: [], failures: [], legend: null, picked: [] };

// ---- asking the server

async function ask(path, body) {
  const answer = await fetch(path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail ?? answer.statusText);
  return content;
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function keep({ results, failures }) {
  for (const { row, view, record } of results) {
    const [made] = asRows(row.map((value) => [value]));
    state.rows.push({ ...made, n: state.rows.length, view, record });
  }
  state.failures.push(...failures.map(({ path, reason }) => [path, reason]));
}

// Files as {name, blob}, a batch a request, so that a folder of thousands shows how far it is.
async function score(files) {
  const before = state.rows.length, failed = state.failures.length;
  busy(true);
  try {
    state.legend ??= await ask("/api/legend");
    for (let i = 0; i < files.length; ) {
      const pages = [];
      for (let bytes = 0; i < files.length && pages.length < BATCH_FILES && bytes < BATCH_BYTES; i++) {
        const { name, blob } = files[i];
        if (blob.size > LARGEST_FILE) state.failures.push([name, "larger than 10 MiB; use `score` on the command line"]);
        else pages.push({ name, file: await base64(blob) });
        bytes += blob.size;
      }
      say(files.length > 1 ? `Scoring ${i.toLocaleString("en")} of ${count(files.length, "file")}…` : "Scoring…");
      if (pages.length) keep(await ask("/api/view", { pages }));
    }
    const [n, m] = [state.rows.length - before, state.failures.length - failed];
    say([count(n, "page") + " scored", m ? `${count(m, "file")} could not be read` : ""].filter(Boolean).join(", "));
  } catch (error) {
    say(`Not scored: ${error.message}`);
  }
  busy(false);
  const address = state.rows.length === before + 1 && state.failures.length === failed ? `#page-${before}` : "#pages";
  if (state.rows.length > before || state.failures.length > failed) go(address);
}

const say = (words) => { byId("status").textContent = inert(words); };
const busy = (is) => { byId("score").disabled = is; };
function go(address) {
  if (location.hash === address) show();
  else location.hash = address;
}

// ---- what is shown: all pages, one, or two side by side

function show() {
  const shown = byId("shown");
  const [, what, first, second] = /^#(page|pages|compare)(?:-(\d+))?(?:-(\d+))?$/.exec(location.hash) ?? [];
  const [one, other] = [state.rows[first], state.rows[second]];
  main.classList.toggle("wide", what === "compare");
  if (what === "page" && one) shown.replaceChildren(tools(one), annotated(one.view, state.legend));
  else if (what === "compare" && one && other) shown.replaceChildren(tools(null), differences(one, other), el("div.pair", {}, annotated(one.view, state.legend), annotated(other.view, state.legend)));
  else if (state.rows.length || state.failures.length) shown.replaceChildren(allPages());
  else shown.replaceChildren();
  document.title = one ? inert(one.headline || one.id) : "scorer";
  if (what) shown.scrollIntoView({ block: "start" });
  shown.querySelector("a, button")?.focus({ preventScroll: true });
}

function tools(row) {
  const others = state.rows.filter((one) => one !== row);
  const back = el("a", { href: "#pages" }, state.rows.length > 1 ? `← All ${count(state.rows.length, "page")}` : "← Overview");
  if (!row) return el("nav.tools", { "aria-label": "This page" }, back);
  const choice = el("select", { "aria-label": "Compare with", onchange: () => go(`#compare-${row.n}-${choice.value}`) }, el("option", { value: "" }, "Compare with…"), others.map((one) => el("option", { value: one.n }, (one.headline || one.id).slice(0, 80))));
  return el("nav.tools", { "aria-label": "This page" }, back, others.length ? choice : null, jsonLink(row));
}

function jsonLink(row) {
  const blob = new Blob([JSON.stringify(row.record, null, 2)], { type: "application/json" });
  return el("a", { href: URL.createObjectURL(blob), download: `${row.id.split(/[\\/]/).at(-1) || "page"}.json` }, "JSON");
}

function allPages() {
  const compare = el("button", { type: "button", disabled: true, onclick: () => go(`#compare-${state.picked[0]}-${state.picked[1]}`) }, "Compare the two ticked");
  const pick = (row) => el("input.pick", { type: "checkbox", checked: state.picked.includes(row.n), "aria-label": `Compare ${row.headline || row.id}`, onchange: (event) => {
    state.picked = [...state.picked.filter((n) => n !== row.n), ...(event.target.checked ? [row.n] : [])];
    compare.disabled = state.picked.length !== 2;
  } });
  compare.disabled = state.picked.length !== 2;
  const link = (row) => `#page-${row.n}`;
  return el("div", {}, el("div.tools", {}, el("h2", {}, count(state.rows.length, "page")), compare),
    overview(state.rows, state.failures, state.legend, { link, onopen: (row) => go(link(row)), beside: pick }).element);
}

const MOST_DIFFERENCES = 3;

// Which signals set two pages apart most, score by score.
function differences(one, other) {
  const [a, b] = [one, other].map((row) => new Map(unpacked(row.view, state.legend).signals.map((signal) => [signal.name, signal])));
  const tables = state.legend.targets.map((target, i) => {
    if (one.scores[i] === null || other.scores[i] === null) return null;
    const moved = (signals, name) => signals.get(name)?.moved[i] ?? 0;
    const apart = (signal) => Math.abs(moved(a, signal.name) - moved(b, signal.name));
    const most = state.legend.signals.filter((signal) => apart(signal) >= LEAST).sort((x, y) => apart(y) - apart(x)).slice(0, MOST_DIFFERENCES);
    const rows = most.map((signal) => el("tr", {}, el("th", { scope: "row" }, signal.title), el("td", {}, signed(moved(a, signal.name))), el("td", {}, signed(moved(b, signal.name)))));
    const total = el("tr", {}, el("th", { scope: "row" }, el("strong", {}, target.title)), el("td", {}, decimal(one.scores[i])), el("td", {}, decimal(other.scores[i])));
    return el("tbody", {}, total, rows);
  });
  const names = [one, other].map((row) => el("th", { scope: "col" }, cut(row.headline || row.id)));
  return el("section.differences", {}, el("h2", {}, "What sets them apart most"), el("table", {}, el("thead", {}, el("tr", {}, el("td"), names)), tables));
}

// ---- pasting, choosing, dropping

const asFiles = (list) => [...list].map((file) => ({ name: file.webkitRelativePath || file.name, blob: file }));

async function* entriesOf(entry) {
  if (entry.isFile) {
    yield { name: entry.fullPath.replace(/^\//, ""), blob: await new Promise((done, failed) => entry.file(done, failed)) };
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const inner of some.sort((x, y) => (x.name < y.name ? -1 : 1))) if (!inner.name.startsWith(".")) yield* entriesOf(inner);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const [plain, text] = [asFiles(transfer.files), transfer.getData("text/plain")];
  const files = [];
  for (const entry of entries) for await (const file of entriesOf(entry)) files.push(file);
  if (!files.length) files.push(...plain);
  if (!files.length && text) files.push({ name: "dropped text", blob: new Blob([text]) });
  if (files.length) await score(files);
}

let n_pasted = 0;
function scorePasted() {
  const text = byId("paste").value;
  if (!text.trim()) { say("Nothing to score: paste a page first."); byId("paste").focus(); return; }
  score([{ name: `pasted ${++n_pasted}`, blob: new Blob([text]) }]);
  byId("paste").value = "";
  byId("paste").rows = 3;
}

byId("score").addEventListener("click", scorePasted);
byId("paste").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) scorePasted(); });
for (const id of ["files", "folder"]) byId(id).addEventListener("change", async (event) => { const files = asFiles(event.target.files); if (files.length) await score(files); event.target.value = ""; });
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
addEventListener("drop", (event) => { event.preventDefault(); document.body.classList.remove("dropping"); dropped(event.dataTransfer); });
addEventListener("hashchange", show);

ask("/api/legend").then((legend) => { state.legend = legend; byId("note").textContent = legend.note; document.documentElement.dataset.ready = "yes"; });
