/** What every screen shares: training mark, brand, the three helpers, the way to an officer, live words. */

import { Refused, api } from "./api.js";
import { el, icon, note, pressTwice } from "./dom.js";

/** Large text, reading aloud and language; `text()` returns what there is to read. */
export function helpers(app, text) {
  const { prefs, reader } = app;
  const large = el("button", { type: "button", class: "helper", "aria-pressed": String(prefs.large) }, app.t("large"));
  large.addEventListener("click", () => {
    prefs.switchText();
    large.setAttribute("aria-pressed", String(prefs.large));
  });
  const language = el("button", { type: "button", class: "helper", "data-act": "language" }, app.t("other-language"));
  language.addEventListener("click", () => {
    prefs.switchLanguage();
    app.remount();
  });
  const read = el("button", { type: "button", class: "helper" }, app.t("read"));
  read.addEventListener("click", () => {
    const speaking = !reader.speaking;
    read.textContent = app.t(speaking ? "read-stop" : "read");
    reader.toggle(text(), prefs.language, () => (read.textContent = app.t("read")));
  });
  return el("div", { class: "helpers" }, large, reader.available ? read : null, language);
}

/** The training mark; empty in earnest. */
export function trainingMark(app) {
  return app.state?.training ? el("div", { class: "training" }, app.t("training")) : null;
}

/** Words for a request that did not arrive, in place. */
export async function attempt(place, words, work) {
  place.replaceChildren();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place.replaceChildren(note("bad", "circle-x", words));
  }
}

/** 「要民警来」: press twice, then what became of it. */
export function officerButton(app) {
  const place = el("div", { class: "officer", role: "status" });
  const trouble = el("div", { role: "alert" });
  let shown = "";
  return {
    node: el("div", {}, place, trouble),
    update(state) {
      const now = state?.police_dispatched ? "coming" : state?.officer_requested ? "asked" : "ask";
      if (now === shown) return;
      shown = now;
      if (now === "ask") {
        const label = el("span", {}, app.t("officer-ask"));
        const node = el("button", { type: "button", class: "button plain", "data-act": "officer" }, icon("siren"), label);
        pressTwice(node, label, (n) => app.t("again", { n }), () =>
          attempt(trouble, app.t("officer-failed"), () => api.askOfficer()),
        );
        place.replaceChildren(node);
      } else {
        place.replaceChildren(note("info", "siren", app.t(`officer-${now}`)));
      }
    },
  };
}

/** A screen: header with title, body, and a foot of buttons with the way to an officer last. */
export function frame(app, { title, body, foot = [], officer = true }) {
  const heading = el("h1", { tabindex: "-1" }, title);
  const asking = officer ? officerButton(app) : null;
  const offline = el("div", { class: "offline", role: "status" });
  const content = el("div", { class: "content" }, title ? heading : null, ...body);
  const node = el(
    "div",
    { class: "screen" },
    trainingMark(app),
    el(
      "header",
      {},
      el("div", { class: "brand" }, icon("shield-check"), el("span", {}, app.t("brand"))),
      helpers(app, () => content.innerText),
    ),
    offline,
    content,
    el("footer", {}, ...foot, asking?.node ?? null),
  );
  return {
    node,
    update(state) {
      asking?.update(state);
      if (offline.hasChildNodes() !== app.away) {
        offline.replaceChildren(...(app.away ? [note("warn", "wifi-off", app.t("offline"))] : []));
      }
    },
  };
}

/** A list of numbered steps. */
export function steps(...lines) {
  return el("ol", { class: "card steps" }, ...lines.map((line) => el("li", {}, line)));
}

/** Links that dial; nothing is sent. */
export function dial(label, number) {
  return el("a", { class: "link", href: `tel:${number}` }, label);
}
