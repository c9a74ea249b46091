/** Full-resolution pictures on the desk's request: one after another, checked by digest on arrival. */

import { Refused, api } from "./api.js";
import { acceptable } from "./camera.js";

const MAX_WAITING = 4;
const HAND_MS = 60_000;
const SAID_MS = 8_000;

/**
 * `state` is empty, sending, taken, failed or wanted (the party is asked to take the picture by hand because
 * the page has no camera). `onChange()` is called after every change.
 */
export class Stills {
  #last = Promise.resolve();
  #waiting = 0;
  #byHand = null;

  constructor(camera, onChange) {
    this.camera = camera;
    this.onChange = onChange;
    this.state = "empty";
  }

  /** Take and send the picture `requestId` for `slot`; rejects with `Refused` and its code. */
  take(requestId, slot) {
    if (this.#waiting >= MAX_WAITING) return Promise.reject(new Refused("busy", 0));
    this.#waiting += 1;
    const work = this.#last.then(() => this.#send(requestId, slot)).finally(() => (this.#waiting -= 1));
    this.#last = work.catch(() => {});
    return work;
  }

  /** Send a picture that the party took with the phone's own camera app. */
  give(requestId, slot, file) {
    return this.#deliver(requestId, slot, async () => {
      if (!acceptable(file)) throw new Refused("not-a-picture", 0);
      return file;
    });
  }

  #send(requestId, slot) {
    return this.#deliver(requestId, slot, () => (this.camera.video === null ? this.#askByHand() : this.camera.still()));
  }

  async #deliver(requestId, slot, take) {
    try {
      const picture = await take();
      this.#enter("sending");
      await api.still(requestId, slot, picture);
      this.#enter("taken");
    } catch (error) {
      this.#enter("failed");
      throw error;
    }
  }

  #askByHand() {
    this.#enter("wanted");
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Refused("not-taken", 0)), HAND_MS);
      this.#byHand = (file) => {
        clearTimeout(timer);
        if (acceptable(file)) resolve(file);
        else reject(new Refused("not-a-picture", 0));
      };
    });
  }

  /** Hand over the picture that the party took with the phone's own camera app. */
  offer(file) {
    this.#byHand?.(file);
    this.#byHand = null;
  }

  #enter(state) {
    clearTimeout(this.said);
    if (state === "taken" || state === "failed") this.said = setTimeout(() => this.#enter("empty"), SAID_MS);
    this.state = state;
    this.onChange();
  }
}
