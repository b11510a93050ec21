// Why: score cards, what moved each score, what could not be measured, and the note that opens at a mark.

function scoreCards(view, legend) {
  if (view.abstained) return el("p.abstained", { role: "note" }, el("strong", {}, "Not scored: "), view.abstained);
  return el("div.cards", {}, legend.targets.map((target, i) => scoreCard(view.scores[i], target, legend)));
}

function scoreCard(score, target, legend) {
  if (score.value === null) {
    return el("section.card", {}, el("h3", {}, target.title), el("p.value.none", {}, "–"), el("p.level", {}, `not scored: ${score.withheld ?? "withheld"}`));
  }
  const value = scoreOf(score.value), band = score.interval?.map(scoreOf);
  return el("section.card", {}, el("h3", {}, target.title),
    el("p.value", {}, decimal(value), " ", el("span.level", {}, levelOf(value, target, legend))),
    el("div.scale", { "--at": value, "--low": band?.[0] ?? value, "--high": band?.[1] ?? value, "aria-hidden": "true" },
      legend.thresholds.map((at) => el("i.threshold", { "--at": at })), band ? el("i.band") : null, el("i.pin")),
    el("p.about", {}, band ? `${decimal(band[0])} to ${decimal(band[1])}: ` : "", target.about));
}

const STRONGEST = 6;
const WORDS_SHOWN = 12;

function reasons(view, signals, legend, text, why) {
  const charts = view.abstained ? [] : legend.targets.map((target, i) => view.scores[i].value === null ? null : chart(view.scores[i], i, target, signals, text, why, legend));
  return el("aside.reasons", { "aria-label": "What moved the scores", tabindex: "0" }, charts.some(Boolean) ? el("h2", {}, "What moved each score") : null,
    charts.some(Boolean) ? el("p.hint", {}, "In log-odds: +0.69 doubles the odds. Right of the line raises the score, left of it lowers it.") : null,
    charts, unmeasuredList(view, legend));
}

function chart(score, i, target, signals, text, why, legend) {
  const moved = signals.filter((signal) => Math.abs(signal.moved[i]) >= LEAST).sort((a, b) => Math.abs(b.moved[i]) - Math.abs(a.moved[i]));
  const most = Math.max(0.25, ...moved.map((signal) => Math.abs(signal.moved[i])));
  const rows = moved.map((signal) => contribution(signal, i, most, text, why));
  const rest = moved.slice(STRONGEST);
  const weaker = rest.length ? el("details.weaker", {}, el("summary", {}, `${count(rest.length, "weaker signal")}, together ${signed(rest.reduce((sum, signal) => sum + signal.moved[i], 0))}`), el("ul", {}, rows.slice(STRONGEST))) : null;
  const value = scoreOf(score.value);
  return el("section.chart", {}, el("h3", {}, target.title, " ", el("span.level", {}, `${decimal(value)} ${levelOf(value, target, legend)}`)),
    el("ul", {}, rows.slice(0, STRONGEST)), weaker,
    el("p.sum", {}, `Every page starts at ${signed(score.start / legend.steps)}; in all ${signed(score.sum / legend.steps)}, a score of ${decimal(value)}.`));
}

function contribution(signal, i, most, text, why) {
  const added = signal.moved[i];
  const told = signal.kind === "learned" ? strongestWords(signal, i, text) : signal.evidence;
  const words = told.slice(0, WORDS_SHOWN).map((one) => el("button.word", { type: "button", onclick: () => why.goTo(one) }, cut(text.words(one)), one.moved ? el("small", {}, ` ${signed(one.moved[i])}`) : null));
  const more = told.length - words.length;
  const body = words.length ? [words, more > 0 ? el("span.more", {}, `and ${more} more`) : null] : el("span.more", {}, signal.value ? `measured ${signal.value}` : "none on this page");
  return el("li", {}, el(`details.${added > 0 ? "raises" : "lowers"}`, {},
    el("summary", {}, el("span.what", {}, signal.title), el("span.number", {}, el("span.unseen", {}, added > 0 ? "raised by " : "lowered by "), signed(added)),
      el("span.bar", { "--share": Math.abs(added) / most, "aria-hidden": "true" }, el("i"))),
    el("div.words", {}, el(`span.sample.kind-${signal.kind}`, {}, signal.kind), body)));
}

// A place of each learned word, the words that add or take most first.
function strongestWords(signal, i, text) {
  const places = new Map(signal.evidence.map((one) => [text.words(one).toLowerCase(), one]));
  return [...places.values()].sort((a, b) => Math.abs(b.moved[i]) - Math.abs(a.moved[i]));
}

const cut = (words) => (words.length > 48 ? `${words.slice(0, 47)}…` : words);

function unmeasuredList(view, legend) {
  const found = Object.entries(view.unmeasured);
  if (!found.length) return null;
  return el("section.unmeasured", {}, el("h3", {}, "Could not be measured"), found.map(([reason, numbers]) =>
    el("details", {}, el("summary", {}, `${reason}: ${count(numbers.length, "signal")}`), el("ul", {}, numbers.map((n) => el("li", {}, legend.signals[n].title))))));
}

// The note at a mark: opens under the pointer, at the keyboard's focus or at a tap; Escape or a press elsewhere closes it.
function explainer(root, text, legend, serial) {
  const note = el("div.why", { id: `why-${serial}`, role: "tooltip", hidden: true });
  let at = null, closing = 0;

  const seen = (mark) => mark.evidence.filter((one) => !root.classList.contains(`hide-${one.signal.kind}`) && (one.signal.weight >= LEAST || root.classList.contains("show-still")));
  const markOf = (event) => (event.target instanceof Element ? event.target.closest("mark") : null);

  function open(mark) {
    clearTimeout(closing);
    const found = seen(mark);
    if (mark === at || !found.length) return;
    close();
    at = mark;
    const told = [...new Set(found.map((one) => one.signal))].sort((a, b) => b.weight - a.weight);
    note.replaceChildren(...told.map((signal) => reason(signal, found, legend)));
    note.hidden = false;
    mark.setAttribute("aria-describedby", note.id);
    for (const other of text.querySelectorAll("mark")) other.classList.toggle("lit", other.evidence.some((one) => found.includes(one)));
    place(note, mark);
  }
  function close() {
    clearTimeout(closing);
    note.hidden = true;
    at?.removeAttribute("aria-describedby");
    at = null;
    for (const other of text.querySelectorAll("mark.lit")) other.classList.remove("lit");
  }
  const closeSoon = () => { closing = setTimeout(() => { if (!text.contains(document.activeElement) || document.activeElement !== at) close(); }, 200); };

  function focus(mark) {
    for (const other of text.querySelectorAll('mark[tabindex="0"]')) other.tabIndex = -1;
    mark.tabIndex = 0;
    mark.focus();
  }
  function goTo(evidence) {
    const mark = [...text.querySelectorAll("mark.stop")].find((one) => one.evidence.includes(evidence));
    if (!mark) return;
    if (root.classList.contains(`hide-${evidence.signal.kind}`)) root.querySelector(`[id^="kind-${evidence.signal.kind}-"]`).click();
    mark.scrollIntoView({ block: "center" });
    focus(mark);
  }

  text.words = (one) => text.source.slice(one.start, one.end);
  text.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch" && markOf(event)) open(markOf(event)); });
  text.addEventListener("pointerout", closeSoon);
  note.addEventListener("pointerenter", () => clearTimeout(closing));
  note.addEventListener("pointerleave", closeSoon);
  text.addEventListener("focusin", (event) => { if (markOf(event)) open(markOf(event)); });
  text.addEventListener("focusout", close);
  text.addEventListener("click", (event) => { const mark = markOf(event); if (mark && seen(mark).length) mark.classList.contains("stop") ? focus(mark) : open(mark); });
  text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || !markOf(event)) return;
    const stops = [...text.querySelectorAll("mark.stop")].filter((mark) => seen(mark).length);
    const next = stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(markOf(event)) + step))];
    event.preventDefault();
    if (next) focus(next);
  });
  // One mark is in the tab order: the last one visited, or the first that shows.
  function settle() {
    const stops = [...text.querySelectorAll("mark.stop")];
    const current = stops.find((mark) => mark.tabIndex === 0 && seen(mark).length) ?? stops.find((mark) => seen(mark).length);
    for (const mark of stops) mark.tabIndex = mark === current ? 0 : -1;
  }
  root.addEventListener("change", settle);
  settle();
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !note.hidden) { event.stopPropagation(); close(); } });
  return { element: note, goTo };
}

function reason(signal, found, legend) {
  const word = found.find((one) => one.signal === signal && one.moved);
  const own = word ? effects(word.moved, legend) : null;
  return el("div.reason", {}, el("p", {}, el(`span.sample.kind-${signal.kind}`, {}, signal.kind), ` ${signal.title}`),
    own, own ? el("p.more", {}, "All learned words of the page together:") : null,
    effects(signal.moved, legend) ?? el("p.more", {}, "moved no score"),
    !own && signal.evidence.length > 1 ? el("p.more", {}, `${signal.evidence.length} places on this page, counted together`) : null);
}

function effects(moved, legend) {
  const told = legend.targets.map((target, i) => Math.abs(moved[i]) < LEAST ? null
    : el(`li.${moved[i] > 0 ? "raises" : "lowers"}`, {}, `${moved[i] > 0 ? "raises" : "lowers"} ${target.title.toLowerCase()} `, el("b", {}, signed(moved[i]))));
  return told.some(Boolean) ? el("ul", {}, told) : null;
}

// Below the mark, or above it where there is no room; on a narrow window the style sheet pins the note to the foot.
function place(note, mark) {
  const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
  const below = box.bottom + 8 + note.offsetHeight < innerHeight;
  note.style.setProperty("--x", `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - note.offsetWidth - 8))}px`);
  note.style.setProperty("--y", `${below ? box.bottom + 8 : Math.max(8, box.top - note.offsetHeight - 8)}px`);
}
