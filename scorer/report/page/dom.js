// Elements, text and numbers. Nothing here or elsewhere turns a string into markup.

// Control characters and marks that turn the direction of writing: shown by their number, so that no page can hide or
// turn round what stands beside it.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function inert(text) {
  return text.replace(UNSEEN, (char) => `⟨U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

// el("p.lead", {title: "x", onclick: f}, "text", element, null): text is made inert, null is left out.
function el(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, inert(String(value)));
  }
  element.append(...children.flat(Infinity).filter((child) => child != null).map((child) => (child instanceof Node ? child : inert(String(child)))));
  return element;
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

// A score from its step (see annotated.py); drawn as 0.00 to 1.00. A contribution, rounded there, too: signed, with a real minus.
const SCORE_STEPS = 10000;
const scoreOf = (step) => (step === null ? null : (step + 0.5) / SCORE_STEPS);
const decimal = (value) => value.toFixed(2);
const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);

function levelOf(value, target, legend) {
  return target.levels[value >= legend.thresholds[1] ? 2 : value >= legend.thresholds[0] ? 1 : 0];
}
