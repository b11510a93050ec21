// The report: unpacks its own file, shows the overview, opens articles; the address after # says which article is open.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;/=>?@^_`{|}~"; // see html.py

function bytesOf(text) {
  const value = new Uint8Array(128);
  [...DIGITS].forEach((digit, n) => { value[digit.charCodeAt(0)] = n; });
  const bytes = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
  const missing = (5 - (text.length % 5)) % 5; // the last group of five may be short: it is filled up with the highest digit
  for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
    let number = 0;
    for (let k = i; k < i + 5; k++) number = number * 85 + (k < text.length ? value[text.charCodeAt(k)] : 84);
    bytes.setUint32(at, number);
  }
  return new Uint8Array(bytes.buffer, 0, bytes.byteLength - missing);
}

async function unpack(id) {
  const bytes = bytesOf(document.getElementById(id).textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

async function openReport() {
  const main = document.getElementById("report");
  const { legend, rows: columns, starts, failures } = await unpack("index");
  const rows = asRows(columns);
  const address = (row) => `#article-${row.n}`;
  const go = (row) => { location.hash = address(row); };
  const many = rows.length !== 1 || failures.length > 0;
  const whole = many ? overview(rows, failures, legend, { link: address, onopen: go }) : null;
  const unscored = rows.filter((row) => row.abstained).length;
  const front = many ? el("div", {}, el("header.top", {}, el("h1", { tabindex: "-1" }, count(rows.length, "article")), el("p.hint", {}, [unscored ? `${unscored} not scored. ` : "", legend.note])), whole.element) : null;
  let scrolled = 0, last = null, chunk = [-1, null];

  async function load(n) {
    let k = starts.length - 1;
    while (starts[k] > n) k--;
    if (chunk[0] !== k) chunk = [k, await unpack(`chunk-${k}`)];
    return Object.fromEntries(Object.entries(chunk[1]).map(([key, column]) => [key, column[n - starts[k]]]));
  }
  async function show() {
    const n = many ? Number(/^#article-(\d+)$/.exec(location.hash)?.[1] ?? NaN) : 0;
    if (!rows[n]) {
      document.title = `Report: ${count(rows.length, "article")}`;
      main.replaceChildren(front);
      scrollTo({ top: scrolled, behavior: "instant" });
      if (last) (front.querySelector(`a[href="${address(last)}"]`) ?? front.querySelector("h1")).focus({ preventScroll: true });
      return;
    }
    if (main.contains(front)) scrolled = scrollY;
    last = rows[n];
    const article = annotated(await load(n), legend);
    document.title = inert(last.headline || last.id);
    const title = el("h1.unseen", { tabindex: "-1" }, last.headline || last.id);
    main.replaceChildren(title, many ? steps(n) : "", article);
    scrollTo({ top: 0, behavior: "instant" });
    if (many) title.focus({ preventScroll: true });
  }
  function steps(n) {
    const order = whole.sorted();
    const at = order.findIndex((row) => row.n === n);
    const step = (to, words) => (order[to] ? el("a", { href: address(order[to]) }, words) : el("span", {}, words));
    return el("nav.steps.screen-only", { "aria-label": "Articles" }, el("a", { href: "#" }, "← All articles"), at < 0 ? null : el("span", {}, `${at + 1} of ${order.length}`), step(at - 1, "Previous"), step(at + 1, "Next"));
  }
  addEventListener("hashchange", show);
  addEventListener("beforeprint", () => { for (const details of main.querySelectorAll(".reasons details")) details.open = true; });
  await show();
  document.documentElement.dataset.ready = "yes";
}

openReport();
