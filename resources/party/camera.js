/** The phone's camera and microphone: opened once, kept through every reconnect, switched on command. */

import { Refused } from "./api.js";

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const STILL_TYPES = ["image/jpeg", "image/png"];
const STILL_MAX_BYTES = 20 * 1024 * 1024;
const STILL_QUALITY = 0.92;
const STILL_TIMEOUT_MS = 6_000;

const REFUSALS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Tell whether this browser can film and connect at all; in-app browsers often cannot. */
export function canFilm() {
  return Boolean(navigator.mediaDevices?.getUserMedia) && "RTCPeerConnection" in window && Boolean(crypto.subtle);
}

/**
 * Both devices with their states: `empty`, `asking`, `granted`, `refused`, `missing` or `busy`.
 * `onTrack(kind)` is called whenever the track of a kind is another one.
 */
export class Camera {
  #last = Promise.resolve();

  constructor() {
    this.stream = new MediaStream();
    this.states = { video: "empty", audio: "empty" };
    this.facing = "environment";
    this.lit = false;
    this.onTrack = () => {};
  }

  get video() {
    return this.stream.getVideoTracks()[0] ?? null;
  }

  get audio() {
    return this.stream.getAudioTracks()[0] ?? null;
  }

  /** One thing at a time: a picture asked for during a switch is taken after it. */
  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Ask for what is not open yet: both at once (one question), each alone when that is refused. */
  open() {
    return this.#inTurn(() => this.#open());
  }

  async #open() {
    const wanted = { video: this.video?.readyState !== "live", audio: this.audio?.readyState !== "live" };
    const kinds = ["video", "audio"].filter((kind) => wanted[kind]);
    if (kinds.length === 2 && (await this.#ask(kinds))) return;
    for (const kind of kinds) this.states[kind] = "asking";
    for (const kind of kinds) await this.#ask([kind]);
  }

  async #ask(kinds) {
    for (const kind of kinds) this.states[kind] = "asking";
    const constraints = {
      audio: kinds.includes("audio") ? SOUND : false,
      video: kinds.includes("video") ? { ...PICTURE, facingMode: this.facing } : false,
    };
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      for (const track of stream.getTracks()) this.#use(track);
      return true;
    } catch (error) {
      for (const kind of kinds) this.states[kind] = REFUSALS[error.name] ?? "refused";
      return false;
    }
  }

  #use(track) {
    for (const old of this.stream.getTracks().filter((other) => other.kind === track.kind)) {
      old.stop();
      this.stream.removeTrack(old);
    }
    if (track.kind === "video") {
      track.contentHint = "detail";
      this.lit = false;
    }
    this.stream.addTrack(track);
    this.states[track.kind] = "granted";
    this.onTrack(track.kind);
  }

  /** Use the camera that faces `facing`. The old track stops first: phones give one camera at a time. */
  turn(facing) {
    return this.#inTurn(() => this.#turn(facing));
  }

  async #turn(facing) {
    if (this.video === null) throw new Refused("no-camera", 0);
    if (facing === this.facing && this.video.readyState === "live") return;
    const before = this.facing;
    this.video.stop();
    this.facing = facing;
    if (await this.#ask(["video"])) return;
    this.facing = before;
    await this.#ask(["video"]);
    throw new Refused("camera-not-switched", 0);
  }

  get hasTorch() {
    return Boolean(this.video?.getCapabilities?.().torch);
  }

  async torch(on) {
    if (!this.hasTorch) throw new Refused("no-torch", 0);
    await this.#apply({ torch: on });
    this.lit = on;
  }

  /** How near the camera can bring the picture, 0 where it cannot: as the phone itself says. */
  get zoomMax() {
    return this.video?.getCapabilities?.().zoom?.max ?? 0;
  }

  get zoom() {
    return this.video?.getSettings?.().zoom ?? 1;
  }

  async zoomTo(factor) {
    const able = this.video?.getCapabilities?.().zoom;
    if (!able) throw new Refused("no-zoom", 0);
    await this.#apply({ zoom: Math.min(Math.max(factor, able.min), able.max) });
  }

  /** New constraints replace the former ones: light and nearness are always asked for together. */
  async #apply(wanted) {
    const now = {};
    if (this.hasTorch) now.torch = this.lit;
    if (this.zoomMax > 1) now.zoom = this.zoom;
    await this.video.applyConstraints({ advanced: [{ ...now, ...wanted }] });
  }

  /** Take a picture in the best size the phone gives: photo, else the present frame of the track. */
  still() {
    return this.#inTurn(() => this.#still());
  }

  async #still() {
    const track = this.video;
    if (track === null || track.readyState !== "live") throw new Refused("no-camera", 0);
    if ("ImageCapture" in window) {
      const capture = new ImageCapture(track);
      const photo = await inTime(capture.takePhoto()).catch(() => null);
      if (photo !== null && STILL_TYPES.includes(photo.type) && photo.size <= STILL_MAX_BYTES) return photo;
      const frame = await inTime(capture.grabFrame()).catch(() => null);
      if (frame !== null) return encode(frame, frame.width, frame.height);
    }
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = new MediaStream([track]);
    await inTime(video.play());
    return encode(video, video.videoWidth, video.videoHeight);
  }

  close() {
    for (const track of this.stream.getTracks()) {
      track.stop();
      this.stream.removeTrack(track);
    }
    this.states = { video: "empty", audio: "empty" };
  }
}

/** Check a picture that the party took with the phone's own camera app. */
export function acceptable(file) {
  return STILL_TYPES.includes(file.type) && file.size > 0 && file.size <= STILL_MAX_BYTES;
}

function inTime(promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refused("camera-slow", 0)), STILL_TIMEOUT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function encode(source, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(source, 0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", STILL_QUALITY));
  if (blob === null) throw new Refused("no-picture", 0);
  return blob;
}
