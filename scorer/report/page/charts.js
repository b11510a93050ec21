// Distribution plots and the plot of sensationalism against reliability.

const BARS = 20;

// How many articles have which score: the filtered ones in front of all of them. A press on a bar filters by it.
function histogram(target, i, rows, legend, onrange) {
  const counts = (some) => {
    const bars = new Array(BARS).fill(0);
    for (const row of some) if (row.scores[i] !== null) bars[Math.min(BARS - 1, Math.floor(row.scores[i] * BARS))]++;
    return bars;
  };
  const all = counts(rows);
  const most = Math.max(1, ...all);
  const picture = svg("svg", { viewBox: "0 0 200 56", preserveAspectRatio: "none", role: "img" });
  const bar = (n, share, name) => svg("rect", { class: name, x: n * 10 + 0.5, width: 9, y: 56 - 54 * share, height: 54 * share });
  const field = (name, value) => el("input", { type: "number", min: 0, max: 1, step: 0.05, value, "aria-label": `${target.title} ${name}`, onchange: changed });
  const low = field("at least", 0), high = field("at most", 1);
  function changed() {
    onrange(i, [Number(low.value) || 0, high.value === "" ? 1 : Number(high.value)]);
  }
  function set(range) {
    [low.value, high.value] = range;
  }
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const n = Math.min(BARS - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * BARS)));
    set([(n / BARS).toFixed(2), ((n + 1) / BARS).toFixed(2)]);
    changed();
  });
  function draw(some) {
    const now = counts(some);
    picture.replaceChildren(...legend.thresholds.map((at) => svg("line", { x1: at * 200, x2: at * 200, y1: 0, y2: 56 })),
      ...all.map((n, k) => bar(k, n / most, "all")), ...now.map((n, k) => bar(k, n / most, "now")));
    picture.setAttribute("aria-label", `${target.title}: ${spread(some.map((row) => row.scores[i]))}`);
  }
  const element = el("section.histogram", {}, el("h3", {}, target.title), picture, el("div.axis", { "aria-hidden": "true" }, el("span", {}, "0"), el("span", {}, "1")), el("div.range", {}, low, " to ", high));
  return { element, draw, set };
}

function spread(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (!known.length) return "no article has this score";
  const at = (share) => decimal(known[Math.floor(share * (known.length - 1))]);
  return `${count(known.length, "article")}, the middle half from ${at(0.25)} to ${at(0.75)}, median ${at(0.5)}`;
}

// Sensationalism to the right, reliability upwards. Pointer or arrow keys find a point, a press or Enter opens it.
function scatter(legend, onopen) {
  const canvas = el("canvas", { tabindex: "0", role: "img", "aria-label": "Sensationalism against reliability, a point an article", "aria-describedby": "scatter-how" });
  const label = el("div.point-label", { role: "status" });
  const stage = el("div.stage", {}, canvas, label);
  const element = el("figure.scatter", {}, el("figcaption", {}, el("h3", {}, "Sensationalism against reliability"), el("p.hint", { id: "scatter-how" }, "A point is an article; press it to open it. With the keyboard: arrow keys and Enter.")),
    el("div.plot", {}, el("span.up", { "aria-hidden": "true" }, el("span", {}, "thinly sourced"), el("span", {}, "well sourced")), stage, el("span.along", { "aria-hidden": "true" }, el("span", {}, "plainly worded"), el("span", {}, "sensationally worded"))));
  let points = [], chosen = -1, size = 0;
  const x = (row) => 6 + row.scores[0] * (size - 12);
  const y = (row) => size - 6 - row.scores[1] * (size - 12);

  function draw() {
    const density = devicePixelRatio || 1;
    size = stage.clientWidth;
    if (!size) return;
    canvas.width = canvas.height = size * density;
    const pen = canvas.getContext("2d");
    const colour = (name) => getComputedStyle(canvas).getPropertyValue(name);
    pen.scale(density, density);
    pen.strokeStyle = colour("--line");
    for (const at of legend.thresholds) {
      const along = Math.round(6 + at * (size - 12)) + 0.5, up = Math.round(size - 6 - at * (size - 12)) + 0.5;
      pen.strokeRect(along, -1, 0, size + 2);
      pen.strokeRect(-1, up, size + 2, 0);
    }
    // Many points are squares: a hundredth of the time of circles, and as small as these look the same.
    const many = points.length > 2000;
    const radius = many ? 1.5 : points.length > 300 ? 3 : 4.5;
    pen.fillStyle = colour("--accent");
    pen.globalAlpha = many ? 0.4 : 0.65;
    for (const row of points) {
      if (many) {
        pen.fillRect(x(row) - radius, y(row) - radius, 2 * radius, 2 * radius);
        continue;
      }
      pen.beginPath();
      pen.arc(x(row), y(row), radius, 0, 7);
      pen.fill();
    }
    pen.globalAlpha = 1;
    const row = points[chosen];
    label.textContent = row ? inert(`${row.headline || row.id}: ${decimal(row.scores[0])} sensational, ${decimal(row.scores[1])} reliable`) : "";
    if (!row) return;
    pen.strokeStyle = colour("--ink");
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x(row), y(row), radius + 3, 0, 7);
    pen.stroke();
  }
  function nearest(event) {
    const box = canvas.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let best = -1, least = 18 ** 2;
    points.forEach((row, n) => {
      const distance = (x(row) - px) ** 2 + (y(row) - py) ** 2;
      if (distance < least) [best, least] = [n, distance];
    });
    return best;
  }
  function choose(n) {
    if (n === chosen) return;
    chosen = n;
    requestAnimationFrame(draw);
  }
  canvas.addEventListener("pointermove", (event) => choose(nearest(event)));
  canvas.addEventListener("pointerleave", () => choose(-1));
  canvas.addEventListener("click", (event) => { const n = nearest(event); if (n >= 0) onopen(points[n]); });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (step && points.length) choose((chosen + step + points.length) % points.length);
    else if (event.key === "Enter" && points[chosen]) onopen(points[chosen]);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(draw).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  // Rows that have both scores, from the plainest to the most sensational: the order of the arrow keys.
  return { element, draw(rows) {
    points = rows;
    chosen = -1;
    requestAnimationFrame(draw);
  } };
}
