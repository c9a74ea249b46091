/** Screen 6: what has happened, the result with the way to disagree, the SMS, and what was agreed to. */

import { button, chip, el, icon } from "../dom.js";
import { attempt, dial, frame } from "../frame.js";
import { holdCard } from "./hold.js";

function progressCard(app, state) {
  const lines = state.progress.map(({ step, at }) =>
    el(
      "li",
      { class: at === null ? "to-come" : "" },
      icon(at === null ? "circle-dashed" : "circle-check"),
      el("span", { class: "step" }, app.prefs.known(`step-${step}`, step)),
      el("span", { class: "time" }, at === null ? app.t("step-to-come") : app.prefs.time(at)),
    ),
  );
  if (lines.length === 0) return el("section", { class: "card" }, el("p", {}, app.t("progress-empty")));
  return el("section", { class: "card" }, el("ul", { class: "timeline" }, ...lines));
}

function share(app, result, [label, liability]) {
  const own = label === result.own_label;
  const faults = result.faults.filter(([owner]) => owner === label).map(([, name]) => name);
  return el(
    "p",
    {},
    `${app.t(own ? "own" : "other", { label })}: `,
    el("strong", {}, liability === null ? "—" : app.t(`share-${liability}`)),
    faults.length > 0 ? ` · ${faults.join("、")}` : null,
  );
}

function resultCards(app, result) {
  if (result === null) return [];
  const shares = [...result.shares].sort(([a], [b]) => (b === result.own_label) - (a === result.own_label));
  const card = el(
    "section",
    { class: "card" },
    el("h2", {}, icon("gavel"), app.t("result-title"), chip("ok", "circle-check", app.t(`outcome-${result.outcome}`))),
    ...shares.map((one) => share(app, result, one)),
    el("p", { class: "second" }, app.t("result-number", { number: result.number })),
  );
  if (result.review_until === null) return [card];
  const review = el(
    "section",
    { class: "card" },
    el("h2", {}, icon("file-text"), app.t("review-title")),
    el("p", {}, el("strong", {}, app.t("review-until", { day: app.prefs.day(result.review_until) }))),
    el("p", { class: "second" }, app.t("review-how")),
  );
  return [card, review];
}

function messagesCard(app, state) {
  if (state.messages.length === 0) return [];
  return [
    el(
      "section",
      { class: "card" },
      el("h2", {}, icon("message-square-text"), app.t(state.training ? "messages-title" : "messages-title-real")),
      ...state.messages.map((message) =>
        el("blockquote", {}, el("p", {}, message.text), el("p", { class: "second" }, app.prefs.time(message.sent_at))),
      ),
    ),
  ];
}

function consentsCard(app, state) {
  if (state.consents.length === 0) return [];
  const newest = new Map(state.consents.map((consent) => [consent.item, consent]));
  const lines = [...newest.values()].map(({ item, given, at }) => {
    const words = item === "recording-notice" ? "notice-given" : given ? "consent-given" : "consent-refused";
    return el("li", {}, el("span", { class: "step" }, app.t(`item-${item}`)), el("span", { class: "time" }, app.t(words, { time: app.prefs.time(at) })));
  });
  return [
    el("details", { class: "card" }, el("summary", {}, app.t("consents-title")), el("ul", { class: "timeline" }, ...lines)),
  ];
}

export function progress(app) {
  const content = el("div", { class: "stack" });
  const trouble = el("div", { role: "alert" });
  const again = button("plain", "video", app.t("call-again"), () =>
    attempt(trouble, app.t("failed"), () => app.callAgain()),
  );
  again.dataset.act = "again";
  const base = frame(app, {
    title: app.t("progress-title"),
    body: [content],
    foot: [trouble, again, dial(app.t("call-122"), "122")],
  });
  let shown = "";
  return {
    node: base.node,
    update(state) {
      base.update(state);
      again.hidden = state.result !== null || state.police_dispatched;
      const now = JSON.stringify({ ...state, server_time: null });
      if (now === shown) return;
      shown = now;
      content.replaceChildren(
        ...(state.movement === "no" ? [holdCard(app, state)] : []),
        progressCard(app, state),
        ...resultCards(app, state.result),
        ...messagesCard(app, state),
        ...consentsCard(app, state),
        ...(state.incident_number ? [el("p", { class: "second" }, app.t("case-number", { number: state.incident_number }))] : []),
      );
    },
  };
}
