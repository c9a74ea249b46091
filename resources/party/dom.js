/**
 * Elements made without markup. Every text becomes a text node, so that a hostile name stays a name, and
 * nothing here writes a style or script attribute, so that the page keeps its strict content policy.
 */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = new URL("icons.svg", import.meta.url).href;
const PRESS_TWICE_SECONDS = 3;

/**
 * Make an element. `props` are attributes; names beginning with `on` are event listeners; `true` sets an
 * empty attribute, `false` and `undefined` leave it out. Children are nodes or texts; empty ones are skipped.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon in the colour of the text around it; never the only carrier of a meaning. */
export function icon(name) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("class", "icon");
  node.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  node.append(use);
  return node;
}

/** A full-width button; `kind` is primary, danger, go or plain. */
export function button(kind, iconName, label, onclick) {
  return el("button", { type: "button", class: `button ${kind}`, onclick }, icon(iconName), el("span", {}, label));
}

/** A state in words with its icon; `tone` is ok, warn, bad, info, train or none. */
export function chip(tone, iconName, label) {
  return el("span", { class: `chip ${tone}` }, icon(iconName), el("span", {}, label));
}

/** A bordered line of words with an icon. */
export function note(tone, iconName, ...content) {
  return el("div", { class: `note ${tone}` }, icon(iconName), el("div", {}, ...content));
}

/** A row of a card: icon, heading, explanation and whatever stands at its end. */
export function row(iconName, heading, explanation, end) {
  return el(
    "div",
    { class: "row" },
    el("span", { class: "row-icon" }, icon(iconName)),
    el("div", { class: "row-words" }, el("strong", {}, heading), explanation ? el("span", { class: "second" }, explanation) : null),
    end ?? null,
  );
}

/**
 * Make `node` ask once more: the first press shows `again(seconds)` in `label` and counts down, a second press
 * within the time runs `action`, anything else puts the words back.
 */
export function pressTwice(node, label, again, action) {
  let timer = null;
  const words = label.textContent;
  const disarm = () => {
    clearInterval(timer);
    timer = null;
    node.classList.remove("armed");
    label.textContent = words;
  };
  node.addEventListener("blur", () => timer !== null && disarm());
  node.addEventListener("click", () => {
    if (timer !== null) {
      disarm();
      action();
      return;
    }
    let left = PRESS_TWICE_SECONDS;
    node.classList.add("armed");
    label.textContent = again(left);
    timer = setInterval(() => {
      left -= 1;
      if (left === 0) disarm();
      else label.textContent = again(left);
    }, 1000);
  });
  return node;
}
