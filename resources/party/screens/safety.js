/** Screen 1: safety before anything else, then whether anybody is hurt. No permission is asked here. */

import { button, el, row } from "../dom.js";
import { dial, frame } from "../frame.js";

export function safety(app) {
  const answer = (hurt) => () => {
    app.choice.hurt = hurt;
    app.go("consent");
  };
  return frame(app, {
    title: app.t("safety-title"),
    body: [
      el(
        "section",
        { class: "card" },
        row("triangle-alert", app.t("safety-lights"), app.t("safety-lights-why")),
        row("users", app.t("safety-people"), app.t("safety-people-why")),
        row("traffic-cone", app.t("safety-triangle"), app.t("safety-triangle-why")),
      ),
      el("section", { class: "question" }, el("h2", {}, app.t("hurt-title")), el("p", { class: "second" }, app.t("hurt-why"))),
    ],
    foot: [
      button("danger", "ambulance", app.t("hurt-yes"), answer(true)),
      button("plain", "circle-check", app.t("hurt-no"), answer(false)),
      dial(app.t("danger-line"), "110"),
    ],
  });
}
