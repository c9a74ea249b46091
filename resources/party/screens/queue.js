/** Screen 3: the place in the queue, what to have ready, and the word that the place is kept. */

import { api } from "../api.js";
import { chip, el, icon, note, pressTwice } from "../dom.js";
import { attempt, dial, frame } from "../frame.js";
import { minutes, recall, remember } from "../prefs.js";

const TICK_MS = 1000;

/** When this phone joined the queue, kept across a reload of the page. */
function waitingSince(app) {
  const key = `waiting:${app.state.call_id}`;
  const since = Number(recall(key)) || app.now();
  remember(key, since);
  return since;
}

export function queue(app) {
  const since = waitingSince(app);
  const number = el("div", { class: "figure", role: "status" });
  const waited = el("p", { class: "second centre" });
  const where = el("div", {});
  const trouble = el("div", { role: "alert" });
  const tick = () => (waited.textContent = app.t("queue-waited", { time: minutes(app.now() - since) }));
  const timer = setInterval(tick, TICK_MS);
  const leaving = el("span", {}, app.t("queue-leave"));
  const leave = pressTwice(el("button", { type: "button", class: "link" }, leaving), leaving, (n) => app.t("again", { n }), () =>
    attempt(trouble, app.t("failed"), () => api.leave(app.state.call_id)),
  );
  leave.dataset.act = "leave";

  const base = frame(app, {
    title: "",
    body: [
      number,
      waited,
      app.choice.hurt ? el("section", { class: "card urgent" }, note("bad", "ambulance", app.t("hurt-line")), dial(app.t("call-120"), "120")) : null,
      el(
        "section",
        { class: "card" },
        el("h2", {}, app.t("prepare-title")),
        el("p", { class: "line" }, icon("id-card"), app.t("prepare-papers")),
        el("p", { class: "line" }, icon("users"), app.t("prepare-other")),
        el("p", { class: "line" }, icon("smartphone"), app.t("prepare-phone")),
      ),
      where,
      note("info", "info", app.t("queue-kept")),
    ],
    foot: [trouble, leave],
  });
  return {
    node: base.node,
    leave: () => clearInterval(timer),
    update(state) {
      base.update(state);
      tick();
      const ahead = state.queue_ahead;
      number.replaceChildren(
        ...(ahead === 0
          ? [el("h1", { tabindex: "-1" }, app.t("queue-next"))]
          : [
              el("h1", { tabindex: "-1", class: "second" }, app.t("queue-ahead")),
              el("span", { class: "big" }, String(ahead)),
              el("span", { class: "unit" }, app.t("queue-unit")),
            ]),
      );
      const fix = app.place.fix;
      where.replaceChildren(
        ...(fix === null
          ? []
          : [chip("ok", "map-pin", app.t("position-known", { accuracy: Math.round(fix.accuracy_m), datum: "WGS-84" }))]),
      );
    },
  };
}
