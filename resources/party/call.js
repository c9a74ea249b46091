/**
 * The call as the phone lives it: it outlives every connection. A broken connection is mended by a new one
 * with the next attempt number; camera and microphone stay open meanwhile.
 */

import { Refused, api } from "./api.js";
import { ControlReader, PhoneStatus, acknowledge } from "./control.js";
import { Link } from "./link.js";
import { recall, remember } from "./prefs.js";
import { Stills } from "./stills.js";

const BROKEN_MS = 2_000;
const ANSWER_MS = 10_000;
const BACK_OFF_MS = [300, 500, 1000, 1000];
const STREAM_RETRY_MS = 1_000;
const LOCK = "kuaichu-call";
const SAID_MS = 8_000;

/**
 * `onChange()` is called after every change of the public fields. `phase` is connecting, connected, broken,
 * moved (another tab took the call) or ended; `since` the time (ms) of the last change of phase.
 */
export class Call {
  constructor({ callId, resumeToken, camera, onChange }) {
    this.callId = callId;
    this.resumeToken = resumeToken;
    this.camera = camera;
    this.onChange = onChange;
    this.phase = "connecting";
    this.since = Date.now();
    this.guide = null;
    this.switched = null;
    this.drawing = null;
    this.muted = false;
    this.remote = new MediaStream();
    this.stills = new Stills(camera, () => this.onChange());
    this.attempt = Number(recall(`attempt:${callId}`)) || 0;
    this.link = null;
    this.failures = 0;
    this.heard = "0";
    this.timers = {};
    this.status = new PhoneStatus(camera, (message) => this.link?.send(message));
    this.retry = this.retry.bind(this);
    this.visible = () => document.visibilityState === "visible" && this.#returned();
  }

  start() {
    this.camera.onTrack = (kind) => this.#trackChanged(kind);
    window.addEventListener("online", this.retry);
    document.addEventListener("visibilitychange", this.visible);
    this.#claim();
    this.#listen();
    this.#keepAwake();
    this.status.start();
    this.#connect();
  }

  /** Leave the call; `farewell` tells the desk. */
  async stop(farewell) {
    if (this.phase === "ended") return;
    this.#enter("ended");
    this.#release();
    if (farewell) await this.#signal("bye", "");
  }

  #release() {
    window.removeEventListener("online", this.retry);
    document.removeEventListener("visibilitychange", this.visible);
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.status.stop();
    this.stream?.close();
    this.link?.close();
    this.link = null;
    this.releaseClaim?.();
    this.wake?.release().catch(() => {});
  }

  /** Mute or unmute the microphone. */
  mute(muted) {
    this.muted = muted;
    if (this.camera.audio !== null) this.camera.audio.enabled = !muted;
    this.onChange();
  }

  /** The newest page holds the call: an older one of the same browser lets go. */
  #claim() {
    if (!navigator.locks) return;
    const held = new Promise((resolve) => (this.releaseClaim = resolve));
    navigator.locks.request(LOCK, { steal: true }, () => held).catch(() => {
      if (this.phase === "ended") return;
      this.#enter("moved");
      this.#release();
    });
  }

  async #keepAwake() {
    this.wake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  #listen() {
    this.stream = new EventSource(api.signalsPath(this.callId, this.heard));
    this.stream.onmessage = (event) => {
      this.heard = event.lastEventId;
      this.#signalled(event.data);
    };
    this.stream.onerror = () => {
      if (this.stream.readyState !== EventSource.CLOSED || !this.#alive) return;
      this.timers.stream = setTimeout(() => this.#listen(), STREAM_RETRY_MS);
    };
  }

  get #alive() {
    return this.phase !== "ended" && this.phase !== "moved";
  }

  async #signalled(data) {
    let signal;
    try {
      signal = JSON.parse(data);
    } catch {
      return;
    }
    if (!this.#alive || !Number.isInteger(signal?.attempt)) return;
    // An answer ahead of us belongs to this call before the page was loaded again.
    const ahead = signal.kind === "answer" && signal.attempt > this.attempt;
    if (signal.kind === "answer" && signal.attempt === this.attempt && typeof signal.sdp === "string") {
      await this.link?.accept(signal.sdp).catch(() => this.#again());
    } else if (ahead || (signal.kind === "reoffer" && signal.attempt >= this.attempt)) {
      this.attempt = ahead ? signal.attempt : Math.max(this.attempt, signal.attempt - 1);
      this.retry();
    } else if (signal.kind === "bye" && signal.attempt >= this.attempt) {
      await this.stop(false);
    }
  }

  async #signal(kind, sdp) {
    try {
      await api.signal(this.callId, this.resumeToken, { kind, attempt: this.attempt, sdp });
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      return refusal;
    }
    return null;
  }

  async #connect() {
    this.link?.close();
    this.attempt += 1;
    remember(`attempt:${this.callId}`, this.attempt);
    const reader = new ControlReader();
    const link = new Link({
      camera: this.camera,
      onState: (state) => this.link === link && this.#stateChanged(state),
      onTrack: (track) => this.#received(track),
      onControl: (data) => this.#obey(link, reader.read(data)),
      onControlOpen: () => this.status.report(),
    });
    this.link = link;
    clearTimeout(this.timers.answer);
    this.timers.answer = setTimeout(() => this.#again(), ANSWER_MS);
    const sdp = await link.offer().catch(() => null);
    if (this.link !== link) return;
    const refusal = sdp === null ? "no-offer" : await this.#signal("offer", sdp);
    if (refusal !== null && this.link === link) this.#again();
  }

  #stateChanged(state) {
    clearTimeout(this.timers.broken);
    if (state === "connected") {
      this.failures = 0;
      clearTimeout(this.timers.answer);
      this.#enter("connected");
    } else if (state === "disconnected") {
      this.timers.broken = setTimeout(this.retry, BROKEN_MS);
    } else if (state === "failed" || state === "closed") {
      this.retry();
    }
  }

  /** A new connection now; the first of a row of failures does not wait. */
  retry() {
    if (!this.#alive) return;
    this.failures = 0;
    this.#again();
  }

  #again() {
    if (!this.#alive) return;
    this.#enter(this.phase === "connecting" ? "connecting" : "broken");
    const pause = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.timers.again);
    this.timers.again = setTimeout(() => this.#connect(), pause);
  }

  #returned() {
    this.#keepAwake();
    if (this.camera.video?.readyState === "ended") this.camera.open();
    this.retry();
  }

  #received(track) {
    for (const old of this.remote.getTracks().filter((other) => other.kind === track.kind)) {
      this.remote.removeTrack(old);
    }
    this.remote.addTrack(track);
    track.onmute = () => this.onChange();
    track.onunmute = () => this.onChange();
    this.onChange();
  }

  async #trackChanged(kind) {
    if (kind === "audio" && this.camera.audio !== null) this.camera.audio.enabled = !this.muted;
    await this.link?.replace(kind).catch(() => this.retry());
    this.onChange();
  }

  async #obey(link, message) {
    if (message === null) return;
    if (message.type === "guide" || message.type === "slot-filled") {
      const filled = message.type === "slot-filled";
      const text = filled ? (this.guide?.text ?? "") : message.text;
      this.guide = { text, slot: message.slot, done: message.done, required: message.required, filled };
      this.onChange();
      link.send(acknowledge(message.id, true));
      return;
    }
    const refusal = await this.#carryOut(message).then(() => null, (error) => error.code ?? "not-done");
    // The answer goes over whichever connection is there now: a still may outlast the one that asked.
    this.link?.send(acknowledge(message.id, refusal === null, refusal ?? ""));
  }

  async #carryOut(message) {
    switch (message.type) {
      case "switch-camera":
        await this.camera.turn(message.facing);
        return this.#sayDone(`facing-${message.facing}`);
      case "set-torch":
        await this.camera.torch(message.on);
        return this.#sayDone(message.on ? "torch-on" : "torch-off");
      case "set-zoom":
        await this.camera.zoomTo(message.factor);
        return this.#sayDone("zoomed");
      case "draw":
        this.drawing = message.strokes.length > 0 ? message : null;
        return this.onChange();
      default:
        return this.stills.take(message.id, message.slot);
    }
  }

  /** The page says what the call-taker did to the camera. */
  #sayDone(text) {
    this.switched = text;
    clearTimeout(this.timers.said);
    this.timers.said = setTimeout(() => this.#unsay(), SAID_MS);
    this.status.report();
    this.onChange();
  }

  #unsay() {
    this.switched = null;
    this.onChange();
  }

  /** The party's own press on the switch button. */
  async turnOwn() {
    await this.camera.turn(this.camera.facing === "environment" ? "user" : "environment").catch(() => {});
    this.switched = null;
    this.status.report();
    this.onChange();
  }

  #enter(phase) {
    if (phase !== this.phase) {
      this.phase = phase;
      this.since = Date.now();
    }
    this.onChange();
  }
}
