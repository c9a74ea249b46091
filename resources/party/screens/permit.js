/** Screen 2b: camera, microphone and position, each with its reason, its state and a way on if refused. */

import { button, chip, el, icon, note, row } from "../dom.js";
import { attempt, dial, frame } from "../frame.js";

const MARKS = {
  empty: ["warn", "circle-dashed"],
  asking: ["info", "circle-dot"],
  granted: ["ok", "circle-check"],
  refused: ["bad", "circle-x"],
  missing: ["bad", "circle-x"],
  busy: ["warn", "triangle-alert"],
  declined: ["none", "circle"],
  unknown: ["warn", "triangle-alert"],
};
const CLOSED = ["refused", "missing", "busy"];

function field(app, name, label, limit) {
  const input = el("input", { type: "text", id: name, maxlength: limit, autocomplete: name === "name" ? "name" : "off" });
  input.value = app.choice[name];
  input.addEventListener("input", () => (app.choice[name] = input.value));
  return el("div", { class: "field" }, el("label", { for: name }, label), input);
}

function mark(app, state) {
  const [tone, sign] = MARKS[state];
  return chip(tone, sign, app.t(`state-${state}`));
}

export function permit(app) {
  const { camera, place } = app;
  const rows = el("section", { class: "card", "aria-live": "polite" });
  const trouble = el("div", { role: "alert" });
  const foot = el("div", { class: "stack" });

  async function ask() {
    const wants = app.choice.ticked.location === true;
    if (!wants) place.decline();
    const asking = [camera.open()];
    if (wants && place.state !== "granted") asking.push(place.ask());
    app.update();
    await Promise.all(asking);
    app.update();
    if (camera.states.video === "granted" && camera.states.audio === "granted") await join();
  }

  const join = () => attempt(trouble, app.t("failed"), () => app.joinQueue());

  function act(kind, sign, label, work, name) {
    const node = button(kind, sign, label, work);
    node.dataset.act = name;
    return node;
  }

  function buttons() {
    const { video, audio } = camera.states;
    const open = { video: video === "granted", audio: audio === "granted" };
    if (video === "asking" || audio === "asking") return [];
    if (!CLOSED.includes(video) && !CLOSED.includes(audio)) {
      return [act("primary", "video", app.t("permit-start"), ask, "start")];
    }
    const way = open.video ? "refused-microphone" : open.audio ? "refused-camera" : "refused-both";
    const on = open.video
      ? act("primary", "video", app.t("permit-picture"), join, "join")
      : open.audio
        ? act("primary", "phone", app.t("permit-voice"), join, "join")
        : null;
    const again = act(on === null ? "primary" : "plain", "refresh-cw", app.t("permit-retry"), ask, "start");
    return [note("warn", "info", app.t(way)), ...(on === null ? [] : [on]), again];
  }

  let shown = "";
  const base = frame(app, {
    title: app.t("permit-title"),
    body: [
      rows,
      el(
        "section",
        { class: "card" },
        el("h2", {}, icon("map-pin"), app.t("place-title")),
        field(app, "hint", app.t("place-label"), 100),
        field(app, "name", app.t("name-label"), 40),
      ),
    ],
    foot: [trouble, foot, dial(app.t("call-122"), "122")],
  });
  return {
    node: base.node,
    update(state) {
      base.update(state);
      const { video, audio } = camera.states;
      const fix = place.fix;
      const now = JSON.stringify([video, audio, place.state, fix?.accuracy_m]);
      if (now === shown) return;
      shown = now;
      const where =
        fix !== null
          ? app.t("position-known", { accuracy: Math.round(fix.accuracy_m), datum: "WGS-84" })
          : app.t("location-why");
      const lost = ["refused", "unknown", "missing", "declined"].includes(place.state);
      rows.replaceChildren(
        row("camera", app.t("camera"), app.t("camera-why"), mark(app, video)),
        row("mic", app.t("microphone"), app.t("microphone-why"), mark(app, audio)),
        row("map-pin", app.t("location"), where, mark(app, place.state)),
        ...(lost ? [note("info", "info", app.t("refused-location"))] : []),
      );
      foot.replaceChildren(...buttons());
    },
  };
}
