/** Where the phone is: asked only after consent, sent with its accuracy, bettered while the page waits. */

import { api } from "./api.js";

const FIRST_FIX_MS = 15_000;
const SEND_EVERY_MS = 5_000;
const BETTER = 0.8;
const MOVED_DEGREES = 0.0003;
const DATUM = "wgs84";

const STATES = { 1: "refused", 2: "unknown", 3: "unknown" };

/** `state` is empty, asking, granted, refused, unknown, missing or declined; `fix` the best position sent. */
export class Place {
  constructor(onChange) {
    this.onChange = onChange;
    this.state = "empty";
    this.fix = null;
    this.sentAt = 0;
    this.watch = null;
  }

  /** Ask for the position; resolves when there is one or there will be none. */
  ask() {
    if (!navigator.geolocation) {
      this.#enter("missing");
      return Promise.resolve();
    }
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.#enter("asking");
    return new Promise((resolve) => {
      this.watch = navigator.geolocation.watchPosition(
        (position) => {
          this.#found(position);
          resolve();
        },
        (error) => {
          if (this.fix === null) this.#enter(STATES[error.code] ?? "unknown");
          resolve();
        },
        { enableHighAccuracy: true, timeout: FIRST_FIX_MS, maximumAge: 0 },
      );
    });
  }

  decline() {
    this.#enter("declined");
  }

  stop() {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
  }

  #found({ coords, timestamp }) {
    const fix = {
      longitude: coords.longitude,
      latitude: coords.latitude,
      datum: DATUM,
      accuracy_m: Math.min(coords.accuracy, 1_000_000),
      fixed_at: new Date(timestamp).toISOString(),
      stated_by: "party",
    };
    const old = this.fix;
    const better =
      old === null ||
      fix.accuracy_m < old.accuracy_m * BETTER ||
      Math.hypot(fix.longitude - old.longitude, fix.latitude - old.latitude) > MOVED_DEGREES;
    if (!better || (old !== null && Date.now() - this.sentAt < SEND_EVERY_MS)) return;
    this.fix = fix;
    this.sentAt = Date.now();
    // A position that did not arrive is sent again with the next fix.
    api.position(fix).catch(() => (this.fix = old));
    this.#enter("granted");
  }

  #enter(state) {
    this.state = state;
    this.onChange();
  }
}
