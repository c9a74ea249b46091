/** The stream of whole states from the service, mended for as long as the page lives. */

import { Refused, api } from "./api.js";

const RETRY_MS = [1000, 2000, 4000, 8000];
const LATE_MS = 3_000;

/**
 * `onState(state)` gets every state, `onAway(away)` whether the service has been out of reach for three
 * seconds, `onFault(code)` the refusal that ends it.
 */
export class StateFeed {
  constructor({ onState, onAway, onFault }) {
    this.onState = onState;
    this.onAway = onAway;
    this.onFault = onFault;
    this.failures = 0;
    this.timer = null;
    this.late = null;
    this.reopen = () => document.visibilityState === "visible" && this.open();
  }

  start() {
    document.addEventListener("visibilitychange", this.reopen);
    window.addEventListener("online", this.reopen);
    window.addEventListener("offline", () => this.onAway(true));
    this.open();
  }

  /** Listen anew: a phone that slept may hold a stream that only looks alive. */
  open() {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(api.eventsPath);
    this.source = source;
    source.onopen = () => this.#reached();
    source.onmessage = (event) => {
      this.#reached();
      this.onState(JSON.parse(event.data));
    };
    source.onerror = () => {
      this.late ??= setTimeout(() => this.onAway(true), LATE_MS);
      if (source.readyState === EventSource.CLOSED && this.source === source) this.#refused();
    };
  }

  #reached() {
    this.failures = 0;
    clearTimeout(this.late);
    this.late = null;
    this.onAway(false);
  }

  /** The stream was refused and says not why: ask for the state once, which does. */
  async #refused() {
    try {
      this.onState(await api.state());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.passing) {
        this.onFault(error.code);
        return;
      }
    }
    const pause = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), pause);
  }
}
