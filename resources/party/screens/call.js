/** Screen 4: the call. Own picture with the outline to fill, one sentence, progress, and what can be pressed. */

import { Refused, api } from "../api.js";
import { el, icon, note, pressTwice } from "../dom.js";
import { Layer } from "../layer.js";
import { attempt, helpers, trainingMark } from "../frame.js";
import { minutes } from "../prefs.js";
import { slotName, slotOutline } from "../slots.js";
import { ByPhoto } from "./by-photo.js";

const TICK_MS = 1000;
const STILL_SIGNS = { sending: ["dark", "aperture"], taken: ["ok", "check"], failed: ["warn", "triangle-alert"] };

function video(className, muted) {
  const node = el("video", { class: className, playsinline: true, autoplay: true });
  node.muted = muted;
  node.playsInline = true;
  return node;
}

function control(sign, words, act, onclick) {
  const label = el("span", { class: "control-label" }, words);
  const node = el("button", { type: "button", class: "control", "data-act": act, onclick }, el("span", { class: "knob" }, icon(sign)), label);
  return { node, label, knob: node.firstChild };
}

function setStream(node, stream) {
  if (node.srcObject !== stream) node.srcObject = stream;
}

export function call(app) {
  const live = app.call;
  const own = video("own", true);
  const remote = video("officer-picture", false);
  const card = el("div", { class: "officer-card" }, icon("headset"));
  const seat = el("div", { class: "officer-name" });
  const clock = el("div", { class: "chip dark clock" });
  const outline = el("div", { class: "outline" });
  const layer = new Layer(own);
  const guide = el("div", { class: "guide", role: "status", "aria-live": "assertive" });
  const notes = el("div", { class: "call-notes", role: "status" });
  const trouble = el("div", { role: "alert" });
  const sound = el("button", { type: "button", class: "button primary", hidden: true, onclick: () => listen() }, icon("volume-2"), el("span", {}, app.t("sound-on")));
  const reopen = el("button", { type: "button", class: "button primary", hidden: true, "data-act": "camera", onclick: () => app.camera.open() }, icon("camera"), el("span", {}, app.t("camera-on")));
  const file = el("input", { type: "file", accept: "image/*", capture: "environment", id: "by-hand", class: "by-hand" });
  file.addEventListener("change", () => file.files.length > 0 && live.stills.offer(file.files[0]));
  const byHand = el("label", { class: "button primary", for: "by-hand", hidden: true }, icon("camera"), el("span", {}, app.t("still-wanted")), file);

  const byPhoto = new ByPhoto(app);

  const listen = () => remote.play().then(() => (sound.hidden = true), () => (sound.hidden = false));

  const mute = control("mic", app.t("mute"), "mute", () => live.mute(!live.muted));
  const turn = control("switch-camera", app.t("switch"), "switch", () => live.turnOwn());
  const torch = control("flashlight", app.t("torch"), "torch", async () => {
    await app.camera.torch(!app.camera.lit).catch(() => {});
    live.status.report();
    torch.node.setAttribute("aria-pressed", String(app.camera.lit));
  });
  const officer = control("hand", app.t("officer-short"), "officer");
  pressTwice(officer.node, officer.label, (n) => app.t("again", { n }), () =>
    attempt(trouble, app.t("officer-failed"), () => api.askOfficer()),
  );
  const end = control("phone-off", app.t("end"), "end");
  end.node.classList.add("hang-up");
  pressTwice(end.node, end.label, (n) => app.t("again", { n }), () => attempt(trouble, app.t("failed"), hangUp));

  async function hangUp() {
    await live.stop(true);
    await api.leave(live.callId).catch((error) => {
      // The desk may have ended the call already: then there is nothing left to leave.
      if (!(error instanceof Refused) || error.passing) throw error;
    });
  }

  function tick() {
    const time = minutes(Date.now() - live.since);
    const words = {
      connecting: () => app.t("call-connecting", { time }),
      connected: () => app.t("call-time", { time }),
      broken: () => app.t("call-broken", { time }),
      moved: () => app.t("call-moved"),
      ended: () => app.t("call-time", { time }),
    };
    clock.replaceChildren(icon(live.phase === "connected" ? "circle-dot" : "refresh-cw"), el("span", {}, words[live.phase]()));
    clock.classList.toggle("warned", live.phase !== "connected");
    const seen = remote.videoWidth > 0 && live.remote.getVideoTracks().some((track) => !track.muted);
    card.hidden = seen;
    remote.classList.toggle("unseen", !seen);
  }

  let guideShown = "";
  function showGuide(state) {
    const photo = state.photo;
    const now = photo === null ? live.guide : { ...photo, filled: photo.arrived };
    const done = now?.done ?? state.evidence_done;
    const required = now?.required ?? state.evidence_required;
    const next = JSON.stringify([now, done, required]);
    if (next === guideShown) return;
    guideShown = next;
    outline.className = now === null ? "outline" : `outline outline-${slotOutline(now.slot)}${now.filled ? " filled" : ""}`;
    const bar = el("progress", { max: required || 1, value: Math.min(done, required || 1), "aria-label": app.t("photos", { done, required }) });
    guide.replaceChildren(
      el("strong", {}, now === null || now.text === "" ? app.t("guide-wait") : now.text),
      ...(now === null ? [] : [el("span", { class: "hint" }, slotName(now.slot, app.prefs.language))]),
      el("div", { class: "photos" }, bar, el("span", {}, app.t("photos", { done, required }))),
    );
  }

  let notesShown = "";
  function showNotes(state) {
    const lines = [];
    if (app.away) lines.push(["warn", "wifi-off", app.t("offline")]);
    if (state.movement === "no") lines.push(["bad", "octagon-x", app.t("hold-title")]);
    if (state.police_dispatched) lines.push(["info", "siren", app.t("officer-coming")]);
    else if (state.officer_requested) lines.push(["info", "hand", app.t("officer-asked")]);
    if (live.drawing !== null) {
      const { author: seat, at } = live.drawing;
      lines.push(["dark", "pencil", app.t("drawn", { seat, time: app.prefs.time(at) })]);
    }
    if (live.switched !== null) lines.push(["dark", "switch-camera", app.t(live.switched)]);
    if (STILL_SIGNS[live.stills.state]) {
      lines.push([...STILL_SIGNS[live.stills.state], app.t(`still-${live.stills.state}`)]);
    }
    const next = JSON.stringify(lines);
    if (next === notesShown) return;
    notesShown = next;
    notes.replaceChildren(...lines.map(([tone, sign, words]) => note(tone, sign, words)));
  }

  function showControls(state) {
    mute.label.textContent = app.t(live.muted ? "unmute" : "mute");
    mute.node.setAttribute("aria-pressed", String(live.muted));
    mute.knob.replaceChildren(icon(live.muted ? "mic-off" : "mic"));
    torch.node.hidden = !app.camera.hasTorch;
    torch.node.setAttribute("aria-pressed", String(app.camera.lit));
    turn.node.hidden = app.camera.video === null;
    officer.node.hidden = state.officer_requested;
    reopen.hidden = app.camera.video !== null && app.camera.video.readyState === "live";
    byHand.hidden = live.stills.state !== "wanted" || state.photo !== null;
    byPhoto.update(state.photo);
    seat.textContent = app.t("call-taker", { seat: state.seat });
  }

  const timer = setInterval(tick, TICK_MS);
  const node = el(
    "div",
    { class: "call" },
    own,
    layer.node,
    outline,
    el(
      "div",
      { class: "call-top" },
      trainingMark(app),
      el("h1", { class: "for-readers", tabindex: "-1" }, app.t("brand")),
      el("div", { class: "call-bar" }, clock, helpers(app, () => guide.innerText)),
      el("div", { class: "call-side" }, notes, el("div", { class: "officer-box" }, remote, card, seat)),
    ),
    el(
      "div",
      { class: "call-foot" },
      trouble,
      sound,
      reopen,
      byHand,
      guide,
      byPhoto.node,
      el("div", { class: "controls" }, mute.node, turn.node, torch.node, officer.node, end.node),
    ),
  );
  remote.addEventListener("resize", tick);
  setStream(remote, live.remote);
  listen();
  return {
    node,
    leave: () => {
      clearInterval(timer);
      layer.close();
      own.srcObject = null;
      remote.srcObject = null;
    },
    update(state) {
      setStream(own, app.camera.stream);
      own.classList.toggle("mirrored", app.camera.facing === "user");
      layer.show(live.drawing?.strokes ?? [], app.camera.facing === "user");
      tick();
      showGuide(state);
      showNotes(state);
      showControls(state);
    },
  };
}
