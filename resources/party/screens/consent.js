/** Screen 2a: the recording notice with its receipt, and consents that all start empty. */

import { api } from "../api.js";
import { button, chip, el, icon, note } from "../dom.js";
import { attempt, dial, frame } from "../frame.js";
import { WORDING } from "../texts.js";

const NOTICE = "recording-notice";
const ITEMS = ["video-handling", "location", "e-service", "face-comparison"];

function item(app, name) {
  const box = el("input", { type: "checkbox", id: `consent-${name}` });
  box.checked = app.choice.ticked[name] === true;
  box.addEventListener("change", () => (app.choice.ticked[name] = box.checked));
  return el(
    "label",
    { class: "consent", for: box.id },
    box,
    el(
      "span",
      { class: "row-words" },
      el("strong", {}, app.t(`consent-${name}`)),
      el("span", { class: "second" }, app.t(`consent-${name}-why`)),
    ),
  );
}

export function consent(app) {
  const trouble = el("div", { role: "alert" });
  const receipt = el("div", { class: "receipt" });
  const wording = () => `${WORDING}-${app.prefs.language}`;
  const told = () => app.state.consents.findLast((given) => given.item === NOTICE && given.given);
  const got = button("plain", "check", app.t("notice-got"), () =>
    attempt(trouble, app.t("failed"), () => api.consent(NOTICE, true, wording())),
  );
  got.dataset.act = "notice";

  async function send() {
    for (const name of ITEMS) {
      const given = app.choice.ticked[name] === true;
      const before = app.state.consents.findLast((known) => known.item === name);
      if (before?.given !== given) await api.consent(name, given, wording());
    }
    app.go("permit");
  }

  function next() {
    if (told() === undefined) {
      trouble.replaceChildren(note("warn", "info", app.t("need-notice")));
    } else if (app.choice.ticked["video-handling"] !== true) {
      trouble.replaceChildren(note("warn", "info", app.t("need-video")));
    } else {
      return attempt(trouble, app.t("failed"), send);
    }
    trouble.scrollIntoView({ block: "nearest" });
  }

  const hurt = app.choice.hurt
    ? el("section", { class: "card urgent" }, note("bad", "ambulance", app.t("hurt-line")), dial(app.t("call-120"), "120"))
    : null;
  const goOn = button("primary", "check", app.t("next"), next);
  goOn.dataset.act = "next";
  const base = frame(app, {
    title: app.t("consent-title"),
    body: [
      hurt,
      el(
        "section",
        { class: "card" },
        el("h2", {}, icon("circle-dot"), app.t("notice-title")),
        el("p", {}, app.t("notice-text")),
        receipt,
      ),
      el("p", { class: "second" }, app.t("consent-lead")),
      el("section", { class: "card" }, ...ITEMS.map((name) => item(app, name))),
    ],
    foot: [trouble, goOn, dial(app.t("not-agree"), "122")],
  });
  return {
    node: base.node,
    update(state) {
      base.update(state);
      const known = told();
      receipt.replaceChildren(
        known === undefined ? got : chip("ok", "circle-check", app.t("notice-receipt", { time: app.prefs.time(known.at) })),
      );
    },
  };
}
