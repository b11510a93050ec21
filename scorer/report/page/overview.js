// The overview of many articles: plots, table, sources, what could not be read. For the report and the web page.

// Columns of a table of articles (scorer.report.html.Row) -> rows. `words` is what the search looks through.
function asRows(columns) {
  const [ids, sources, headlines, scores, abstained] = columns;
  return ids.map((id, n) => ({ n, id, source: sources[n], headline: headlines[n], abstained: abstained[n], scores: scores[n].map(scoreOf), words: `${headlines[n]}\n${id}\n${sources[n]}`.toLowerCase() }));
}

// The overview of many articles: plots, table, sources, failures. `link(row)` gives the address that opens an article.
function overview(rows, failures, legend, { link, onopen, beside = null }) {
  const filter = { words: "", source: "", ranges: legend.targets.map(() => [0, 1]) };
  const search = el("input", { type: "search", placeholder: "Search headlines, files, sources", "aria-label": "Search headlines, files and sources", oninput: () => { filter.words = search.value.toLowerCase(); apply(); } });
  const names = sourcesOf(rows).sort((a, b) => b.n - a.n);
  const choice = el("select", { "aria-label": "Source", onchange: () => { filter.source = choice.value; apply(); } }, el("option", { value: "" }, "All sources"), names.map((one) => el("option", { value: one.name }, `${one.name || "(none)"} (${one.n})`)));
  const shown = el("p.shown", { role: "status" });
  const clear = el("button.quiet", { type: "button", onclick: reset }, "Clear filters");
  const plots = legend.targets.map((target, i) => histogram(target, i, rows, legend, (n, range) => { filter.ranges[n] = range; apply(); }));
  const points = scatter(legend, onopen);
  const table = articleTable(legend, link, beside);

  const inOrder = rows.filter((row) => row.scores[0] !== null && row.scores[1] !== null).sort((a, b) => a.scores[0] - b.scores[0]);
  function matches(row) {
    return (!filter.words || row.words.includes(filter.words)) && (!choice.selectedIndex || row.source === filter.source) &&
      filter.ranges.every(([low, high], i) => (low <= 0 && high >= 1) || (row.scores[i] !== null && row.scores[i] >= low && row.scores[i] <= high));
  }
  function apply() {
    const kept = new Set(rows.filter(matches));
    const some = [...kept];
    table.show(rows, (row) => kept.has(row));
    plots.forEach((plot) => plot.draw(some));
    points.draw(inOrder.filter((row) => kept.has(row)));
    shown.textContent = some.length === rows.length ? count(rows.length, "article") : `${some.length.toLocaleString("en")} of ${count(rows.length, "article")}`;
    clear.disabled = some.length === rows.length;
  }
  function reset() {
    search.value = filter.words = filter.source = "";
    choice.selectedIndex = 0;
    filter.ranges = legend.targets.map(() => [0, 1]);
    plots.forEach((plot) => plot.set([0, 1]));
    apply();
  }
  function pick(name) {
    choice.selectedIndex = 1 + names.findIndex((one) => one.name === name);
    filter.source = name;
    apply();
    shown.scrollIntoView({ block: "center" });
  }
  const element = el("div.overview", {},
    el("div.plots", {}, points.element, el("div.histograms", {}, plots.map((plot) => plot.element))),
    el("section", { "aria-label": "Articles" }, el("div.filters", {}, el("h2", {}, "Articles"), search, choice, clear, shown), table.element),
    names.length > 1 ? el("section", { "aria-label": "Sources" }, el("h2", {}, "Sources"), el("p.hint", {}, "Each is pooled with all others: a source with few articles stands near the average, in a wide interval, which would hold it nine times in ten."), sourceTable(names, legend, pick)) : null,
    failures.length ? el("section.failures", { "aria-label": "Could not be read" }, el("h2", {}, `Could not be read (${failures.length.toLocaleString("en")})`), el("ul", { tabindex: "0" }, failures.map(([path, reason]) => el("li", {}, el("code", {}, path), ` ${reason}`)))) : null);
  apply();
  return { element, sorted: table.sorted };
}

function scoreCell(value, target, legend) {
  if (value === null) return el("span.score.none", { title: "not scored" }, "–");
  return el("span.score", { "--at": value, title: levelOf(value, target, legend) }, el("i", { "aria-hidden": "true" }), decimal(value));
}

// A score of a source: a point in its interval, and the words and numbers for it.
function estimateCell(estimate, target, legend) {
  if (!estimate) return scoreCell(null, target, legend);
  const { value, low, high } = estimate;
  return el("span.score.estimate", { "--at": value, "--low": low, "--high": high, title: levelOf(value, target, legend) }, el("i", { "aria-hidden": "true" }),
    el("span", {}, decimal(value), el("small", {}, ` ${decimal(low)} to ${decimal(high)}`)));
}

function articleTable(legend, link, beside) {
  const scores = legend.targets.map((target, i) => ({ title: target.column, hint: target.about, descends: i !== 1, value: (row) => row.scores[i], cell: (row) => scoreCell(row.scores[i], target, legend) }));
  const headline = { title: "Headline", value: (row) => row.headline.toLowerCase() || null, cell: (row) => [beside?.(row), el("a", { href: link(row) }, row.headline || "(no headline)"), row.abstained ? el("span.why-not", {}, ` ${row.abstained}`) : null] };
  const from = { title: "Source", value: (row) => row.source.toLowerCase() || null, cell: (row) => row.source };
  const file = { title: "Page", value: (row) => row.id, cell: (row) => el("span.file", { title: row.id }, row.id.split(/[\\/]/).at(-1)) };
  const table = rankedTable({ caption: "Articles with their scores", columns: [headline, ...scores, from, file], sortedBy: 1 });
  table.element.classList.add("articles");
  return table;
}

function sourcesOf(rows) {
  const found = new Map();
  for (const row of rows) {
    const one = found.get(row.source) ?? { name: row.source, n: 0, scores: row.scores.map(() => []) };
    one.n++;
    row.scores.forEach((score, i) => { if (score !== null) one.scores[i].push(score); });
    found.set(row.source, one);
  }
  const sources = [...found.values()];
  const estimates = (sources[0]?.scores ?? []).map((_, i) => pooled(sources.map((one) => one.scores[i])));
  return sources.map((one, n) => ({ ...one, estimates: estimates.map((of) => of[n]) }));
}

function sourceTable(names, legend, pick) {
  const means = legend.targets.map((target, i) => ({ title: target.column, descends: i !== 1, value: (one) => one.estimates[i]?.value ?? null, cell: (one) => estimateCell(one.estimates[i], target, legend) }));
  const name = { title: "Source", value: (one) => one.name.toLowerCase(), cell: (one) => el("button.quiet", { type: "button", onclick: () => pick(one.name) }, one.name || "(none)") };
  const size = { title: "Articles", descends: true, value: (one) => one.n, cell: (one) => one.n.toLocaleString("en") };
  const table = rankedTable({ caption: "Sources with their scores and intervals", columns: [name, ...means, size], sortedBy: 1 });
  table.show(names);
  table.element.classList.add("sources");
  return table.element;
}

