/** Screen 5: the road may be cleared. */

import { api } from "../api.js";
import { button, el, icon, note } from "../dom.js";
import { attempt, frame, steps } from "../frame.js";

export function clear(app) {
  const trouble = el("div", { role: "alert" });
  const { evacuation, evacuation_destination: destination, stage, progress } = app.state;
  const secured = progress.find((step) => step.step === "evidence")?.at ?? null;
  const done = button("go", "check", app.t("clear-done"), () =>
    attempt(trouble, app.t("failed"), () => api.confirmEvacuation()),
  );
  done.dataset.act = "cleared";
  const stay = button("plain", "hand", app.t("clear-problem"), () => {
    trouble.replaceChildren(note("warn", "hand", app.t("clear-stay")));
    trouble.scrollIntoView({ block: "nearest" });
  });
  stay.dataset.act = "stay";
  const back =
    stage === "in-call"
      ? button("plain", "video", app.t("back-to-call"), () => {
          app.seen.evacuation = true;
          app.show();
        })
      : null;
  return frame(app, {
    title: "",
    body: [
      el(
        "section",
        { class: "banner go" },
        icon("route"),
        el("h1", { tabindex: "-1" }, app.t("clear-title")),
        secured === null ? null : el("p", {}, app.t("clear-at", { time: app.prefs.time(secured) })),
      ),
      el(
        "section",
        { class: "card" },
        el("p", { class: "told" }, evacuation),
        destination ? el("p", { class: "line" }, icon("map-pin"), el("strong", {}, app.t("clear-to", { place: destination }))) : null,
      ),
      steps(app.t("clear-1"), app.t("clear-2"), app.t("clear-3")),
      el("p", { class: "second" }, app.t("clear-else")),
    ],
    foot: [trouble, done, stay, back],
  });
}
