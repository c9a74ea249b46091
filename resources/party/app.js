/** The page as a whole: what the service says, what the party has chosen here, and which screen that makes. */

import { Refused, api } from "./api.js";
import { Call } from "./call.js";
import { Camera, canFilm } from "./camera.js";
import { StateFeed } from "./feed.js";
import { Place } from "./place.js";
import { Prefs, Reader } from "./prefs.js";
import { call } from "./screens/call.js";
import { clear } from "./screens/clear.js";
import { consent } from "./screens/consent.js";
import { fault } from "./screens/fault.js";
import { hold } from "./screens/hold.js";
import { join } from "./screens/join.js";
import { permit } from "./screens/permit.js";
import { progress } from "./screens/progress.js";
import { queue } from "./screens/queue.js";
import { safety } from "./screens/safety.js";
import { sign } from "./screens/sign.js";

const SCREENS = { safety, consent, permit, queue, call, clear, hold, progress, sign, fault, join };
const OPEN_RETRY_MS = 3_000;
const JOINED = "#in";

/** `state` is the service's newest `PartyState`; `choice` what the party has said on this page so far. */
export class App {
  constructor(root) {
    this.root = root;
    this.prefs = new Prefs();
    this.reader = new Reader();
    this.camera = new Camera();
    this.place = new Place(() => this.update());
    this.state = null;
    this.fault = canFilm() ? "loading" : "browser";
    this.away = false;
    this.choice = { step: "safety", hurt: null, ticked: {}, name: "", hint: "" };
    this.seen = { evacuation: false, hold: false };
    this.call = null;
    this.clockOffset = 0;
    this.shown = null;
    this.feed = new StateFeed({
      onState: (state) => this.receive(state),
      onAway: (away) => this.#away(away),
      onFault: (code) => this.#refuse(code),
    });
  }

  t(key, params) {
    return this.prefs.t(key, params);
  }

  /** The service's time now, in milliseconds. */
  now() {
    return Date.now() + this.clockOffset;
  }

  /**
   * Trade the link for this browser's cookie and follow the case. A browser that cannot film never does so:
   * the link would be bound to the wrong browser.
   */
  async open(token) {
    if (this.fault === "browser") return;
    try {
      this.receive(await api.openLink(token));
      this.feed.start();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#refuse(error.code);
      if (error.passing) setTimeout(() => this.open(token), OPEN_RETRY_MS);
    }
  }

  /** A browser without a link: one that has joined goes on, any other enters the code that was read out. */
  async enter() {
    if (this.fault === "browser") return;
    if (location.hash === JOINED) {
      try {
        this.receive(await api.state());
        this.feed.start();
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    this.fault = "join";
    this.show();
  }

  async join(code) {
    this.receive(await api.join(code));
    history.replaceState(null, "", JOINED);
    this.feed.start();
  }

  #refuse(code) {
    const words = { "link-bound": "link-other", unreachable: "link-unreachable", internal: "link-unreachable" };
    this.fault = words[code] ?? (code === "too-many-requests" ? "link-unreachable" : "link-expired");
    this.call?.stop(false);
    this.show();
  }

  #away(away) {
    if (this.away === away) return;
    this.away = away;
    this.update();
  }

  receive(state) {
    this.state = state;
    this.fault = null;
    this.clockOffset = Date.parse(state.server_time) - Date.now();
    if (state.evacuation === null) this.seen.evacuation = false;
    if (state.movement !== "no") this.seen.hold = false;
    this.#followCall(state);
    this.show();
  }

  #followCall(state) {
    const wanted = state.stage === "in-call" ? state.call_id : null;
    if (this.call !== null && this.call.callId !== wanted) {
      this.call.stop(false);
      this.call = null;
      this.camera.close();
    }
    if (wanted === null || this.call !== null) return;
    this.call = new Call({
      callId: wanted,
      resumeToken: state.resume_token,
      camera: this.camera,
      onChange: () => this.update(),
    });
    this.#startCall(this.call);
  }

  async #startCall(started) {
    await this.camera.open();
    if (this.call === started) started.start();
    this.update();
  }

  /** Which screen the state and the party's own steps make. */
  screen() {
    if (this.fault !== null) return this.fault === "join" ? "join" : "fault";
    const { stage, movement, evacuation, evacuation_confirmed: confirmed } = this.state;
    if (stage === "new") return this.choice.step;
    if (stage === "waiting") return "queue";
    const holding = movement === "no" && !this.seen.hold;
    const clearing = movement !== "no" && evacuation !== null && !confirmed && !this.seen.evacuation;
    if (holding) return "hold";
    if (clearing) return "clear";
    if (this.state.signing !== null && this.state.signing.state === null) return "sign";
    return stage === "in-call" ? "call" : "progress";
  }

  /** Put the right screen up; the one that is up already is only brought up to date. */
  show() {
    const wanted = this.screen();
    const text = wanted === "sign" ? this.state.signing.sha256 : "";
    if (this.shown?.name === wanted && this.shown.text === text) {
      this.update();
      return;
    }
    this.remount(wanted);
    this.root.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Build the screen anew, also when the language changed. */
  remount(wanted = this.screen()) {
    this.reader.stop();
    this.shown?.leave?.();
    const text = wanted === "sign" ? this.state.signing.sha256 : "";
    this.shown = { name: wanted, text, ...SCREENS[wanted](this) };
    document.body.dataset.screen = wanted;
    this.root.replaceChildren(this.shown.node);
    this.update();
    window.scrollTo(0, 0);
  }

  update() {
    this.shown?.update?.(this.state);
  }

  go(step) {
    this.choice.step = step;
    this.show();
  }

  /** Call again in the same case, with whatever camera and microphone there are. */
  async callAgain() {
    await this.camera.open();
    await this.joinQueue();
  }

  async joinQueue() {
    const { hurt, name, hint } = this.choice;
    await api.placeCall(hurt === true, name.trim(), hint.trim());
    if (this.place.fix !== null) await api.position(this.place.fix);
  }
}
