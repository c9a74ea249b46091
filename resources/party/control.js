/** What the desk may tell the phone during the call: checked here, before anything acts on it. */

import { isSlot } from "./slots.js";

const MAX_CHARS = 16 * 1024;
const MAX_ID = 64;
const MAX_TEXT = 500;
const MAX_DETAIL = 200;
const MAX_ZOOM = 100;
const MAX_PER_SECOND = 50;
const MAX_STROKES = 8;
const MAX_POINTS = 64;
const MAX_AUTHOR = 40;

const isId = (value) => typeof value === "string" && value.length > 0 && value.length <= MAX_ID;
const isCount = (value) => Number.isInteger(value) && value >= 0 && value <= 99;
const isProgress = (message) => isSlot(message.slot) && isCount(message.done) && isCount(message.required);

const isPart = (value) => Number.isFinite(value) && value >= 0 && value <= 1;
const isPoint = (value) => Array.isArray(value) && value.length === 2 && value.every(isPart);
const isStroke = (value) => Array.isArray(value) && value.length <= MAX_POINTS && value.every(isPoint);
const isSigned = (m) =>
  typeof m.author === "string" && m.author.length <= MAX_AUTHOR && Number.isFinite(Date.parse(m.at));

const CHECKS = {
  draw: (m) => Array.isArray(m.strokes) && m.strokes.length <= MAX_STROKES && m.strokes.every(isStroke) && isSigned(m),
  guide: (m) => isProgress(m) && typeof m.text === "string" && m.text.length <= MAX_TEXT,
  "switch-camera": (m) => m.facing === "environment" || m.facing === "user",
  "set-torch": (m) => typeof m.on === "boolean",
  "set-zoom": (m) => Number.isFinite(m.factor) && m.factor >= 1 && m.factor <= MAX_ZOOM,
  "request-still": (m) => isSlot(m.slot),
  "slot-filled": (m) => isProgress(m),
};

/** Reads the messages of one connection; more than 50 in a second are dropped. */
export class ControlReader {
  #arrivals = [];

  /** Return the message when it is one this page knows, else `null`. */
  read(data) {
    const now = performance.now();
    this.#arrivals = this.#arrivals.filter((at) => now - at < 1000);
    if (this.#arrivals.length >= MAX_PER_SECOND) return null;
    this.#arrivals.push(now);
    if (typeof data !== "string" || data.length > MAX_CHARS) return null;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return null;
    }
    if (message === null || typeof message !== "object" || !isId(message.id)) return null;
    if (!Object.hasOwn(CHECKS, message.type) || !CHECKS[message.type](message)) return null;
    return message;
  }
}

/** Answer to a message: carried out, or why not. */
export function acknowledge(id, ok, detail = "") {
  return { type: "acknowledge", id, ok, detail: detail.slice(0, MAX_DETAIL) };
}

/** Watches battery, network and visibility and reports them to `send(message)`. */
export class PhoneStatus {
  #battery = null;

  constructor(camera, send) {
    this.camera = camera;
    this.send = send;
    this.report = this.report.bind(this);
  }

  async start() {
    document.addEventListener("visibilitychange", this.report);
    navigator.connection?.addEventListener?.("change", this.report);
    this.#battery = (await navigator.getBattery?.().catch(() => null)) ?? null;
    this.#battery?.addEventListener("levelchange", this.report);
    this.report();
  }

  stop() {
    document.removeEventListener("visibilitychange", this.report);
    navigator.connection?.removeEventListener?.("change", this.report);
    this.#battery?.removeEventListener("levelchange", this.report);
  }

  report() {
    const network = navigator.connection?.type ?? navigator.connection?.effectiveType ?? "unknown";
    this.send({
      type: "phone-status",
      battery: this.#battery === null ? null : Math.round(this.#battery.level * 100),
      network: String(network).slice(0, 20),
      facing: this.camera.facing,
      visible: document.visibilityState === "visible",
      torch: this.camera.hasTorch ? this.camera.lit : null,
      zoom: this.camera.zoomMax > 1 ? this.camera.zoom : null,
      zoom_max: this.camera.zoomMax > 1 ? this.camera.zoomMax : null,
    });
  }
}
