/** Screen 5 under Art. 13: the vehicles stay where they are, the police are on the way. */

import { button, el, icon, note } from "../dom.js";
import { dial, frame, steps } from "../frame.js";

/** The red-bordered card; also stands on the progress screen as long as the scene is held. */
/** Why the case takes its road, in plain words; a suspicion never comes here by its name. */
export function why(app, state) {
  if (state.reasons.length === 0) return [];
  const reasons = state.reasons.map((reason) => app.prefs.known(`why-${reason}`, "")).filter((text) => text !== "");
  if (reasons.length === 0) return [];
  const late = state.late_until === null ? [] : [el("p", {}, app.t("late-until", { day: app.prefs.day(state.late_until) }))];
  const joined = reasons.join(app.prefs.language === "zh" ? "、" : ", ");
  return [el("p", { class: "second" }, app.t("why", { reasons: joined })), ...late];
}

export function holdCard(app, state) {
  const police = state.police_dispatched ? "officer-coming" : "hold-no-police";
  return el(
    "section",
    { class: "banner hold" },
    icon("octagon-x"),
    el("h1", { tabindex: "-1" }, app.t("hold-title")),
    el("p", {}, app.t("hold-text")),
    ...why(app, state),
    note("bad", "siren", app.t(police)),
  );
}

export function hold(app) {
  const place = el("div", {});
  const on = app.state.stage === "in-call" ? ["video", "back-to-call"] : ["file-text", "progress-title"];
  const goOn = button("primary", on[0], app.t(on[1]), () => {
    app.seen.hold = true;
    app.show();
  });
  goOn.dataset.act = "back";
  const base = frame(app, {
    title: "",
    body: [place, steps(app.t("hold-1"), app.t("hold-2"), app.t("hold-3"))],
    foot: [goOn, dial(app.t("call-120"), "120")],
  });
  let shown = "";
  return {
    node: base.node,
    update(state) {
      base.update(state);
      const now = JSON.stringify([state.police_dispatched, state.reasons]);
      if (now === shown) return;
      shown = now;
      place.replaceChildren(holdCard(app, state));
    },
  };
}
