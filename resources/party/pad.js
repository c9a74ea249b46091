/** A plane to sign on with a finger, a pen or a mouse. Points are whole numbers on a plane of 1000 x 400. */

import { el } from "./dom.js";

const WIDTH = 1000;
const HEIGHT = 400;
const NEAREST = 4;
const MOST_POINTS = 2_900;
const MOST_STROKES = 60;
const INK_WIDTH = 7;

/** `onChange()` is called whenever something was drawn or wiped away. */
export class Pad {
  constructor(label, onChange) {
    this.node = el("canvas", { class: "pad", width: WIDTH, height: HEIGHT, role: "img", "aria-label": label });
    this.onChange = onChange;
    this.ink = this.node.getContext("2d");
    this.#clear();
    this.node.addEventListener("pointerdown", (event) => this.#begin(event));
    this.node.addEventListener("pointermove", (event) => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) this.node.addEventListener(end, () => (this.pointer = null));
  }

  /** Whether enough was drawn for a signature. */
  get signed() {
    const across = this.strokes.flat().map((point) => point.x);
    return across.length > 1 && Math.max(...across) - Math.min(...across) >= WIDTH / 20;
  }

  wipe() {
    this.#clear();
    this.onChange();
  }

  #clear() {
    this.strokes = [];
    this.points = 0;
    this.began = null;
    this.pointer = null;
    this.ink.clearRect(0, 0, WIDTH, HEIGHT);
    this.ink.lineWidth = INK_WIDTH;
    this.ink.lineCap = "round";
    this.ink.lineJoin = "round";
    this.ink.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--text");
  }

  #begin(event) {
    if (this.pointer !== null || this.strokes.length === MOST_STROKES) return;
    event.preventDefault();
    this.pointer = event.pointerId;
    this.node.setPointerCapture(event.pointerId);
    this.strokes.push([]);
    this.#add(event);
  }

  #go(event) {
    if (event.pointerId !== this.pointer) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event]) this.#add(one);
    this.onChange();
  }

  #add(event) {
    const box = this.node.getBoundingClientRect();
    const on = (value, most) => Math.max(0, Math.min(most, Math.round(value * most)));
    const stroke = this.strokes.at(-1);
    const last = stroke.at(-1);
    this.began ??= event.timeStamp;
    const point = {
      x: on((event.clientX - box.left) / box.width, WIDTH),
      y: on((event.clientY - box.top) / box.height, HEIGHT),
      ms: Math.max(this.strokes.flat().at(-1)?.ms ?? 0, Math.round(event.timeStamp - this.began)),
    };
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < NEAREST) return;
    if (this.points === MOST_POINTS) return;
    this.points += 1;
    stroke.push(point);
    this.ink.beginPath();
    this.ink.moveTo(last?.x ?? point.x, last?.y ?? point.y);
    this.ink.lineTo(point.x, point.y);
    this.ink.stroke();
  }
}
