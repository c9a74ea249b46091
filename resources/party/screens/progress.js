/** Screen 6: what has happened, the result with the way to disagree, the SMS, and what was agreed to. */

import { actCard, toldCard } from "../act.js";
import { api } from "../api.js";
import { button, chip, el, icon, note } from "../dom.js";
import { attempt, dial, frame } from "../frame.js";
import { holdCard, why } from "./hold.js";
import { recusalCard, recusing, reviewCard, reviewing } from "./review.js";

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
    ...(result.mediation_until ? [el("p", { class: "second" }, app.t("mediation-until", { day: app.prefs.day(result.mediation_until) }))] : []),
    ...(result.replaces ? [el("p", { class: "second" }, app.t("result-replaces", { number: result.replaces }))] : []),
  );
  return [card];
}

/** The claim once it was started. */
function claimCard(app, { stage, reference }) {
  if (stage !== "started" && stage !== "accepted") return [];
  const words = stage === "started" ? note("info", "info", app.t("claim-started")) : note("ok", "circle-check", app.t("claim-accepted", { number: reference }));
  return [toldCard("claim", "shield-check", app.t("claim-title"), words)];
}

/** The claim before it was started. */
function claiming(app) {
  return actCard(app, {
    name: "claim",
    coded: true,
    summary: app.t("claim-title"),
    lead: [el("p", {}, app.t("claim-why"))],
    sign: "file-text",
    label: app.t("claim-start"),
    run: async (_values, code) => {
      await api.startClaim(code);
    },
  });
}

function signingNote(app, state) {
  const { signing } = state;
  if (signing === null || signing.at === null) return [];
  const time = app.prefs.time(signing.at);
  if (signing.state === "signed") return [note("ok", "circle-check", app.t("signed-at", { time }))];
  return signing.state === "declined" ? [note("info", "info", app.t("declined-at", { time }))] : [];
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

/** The issued document behind its code. */
function reading(app) {
  return actCard(app, {
    name: "read",
    coded: true,
    summary: app.t("read-title"),
    sign: "file-text",
    label: app.t("read-go"),
    run: async (_values, code) => {
      const url = URL.createObjectURL(await api.determination(code));
      const link = el("a", { href: url, download: "determination.pdf", "data-act": "document" }, app.t("read-go"));
      link.click();
      return link;
    },
  });
}

/** The acts that are possible now; each stays as it is for as long as it is possible. */
class Acts {
  constructor(app) {
    this.app = app;
    this.node = el("div", { class: "stack" });
    this.shown = new Map();
  }

  update(state) {
    const wanted = {
      read: [state.result !== null, reading],
      review: [state.review.stage === "open" || state.review.join_until !== null, reviewing],
      claim: [state.claim.stage === "open", claiming],
      recusal: [state.recusal.possible, recusing],
    };
    for (const [name, [possible, make]] of Object.entries(wanted)) {
      const card = this.shown.get(name);
      if (possible && card === undefined) this.shown.set(name, make(this.app));
      if (!possible) this.shown.delete(name);
    }
    const nodes = Object.keys(wanted).flatMap((name) => this.shown.get(name)?.node ?? []);
    if (nodes.length !== this.node.childElementCount || nodes.some((node) => node.parentNode !== this.node)) {
      this.node.replaceChildren(...nodes);
    }
    for (const card of this.shown.values()) card.update(state);
  }
}

export function progress(app) {
  const content = el("div", { class: "stack" });
  const rest = el("div", { class: "stack" });
  const acts = new Acts(app);
  const trouble = el("div", { role: "alert" });
  const again = button("plain", "video", app.t("call-again"), () =>
    attempt(trouble, app.t("failed"), () => app.callAgain()),
  );
  again.dataset.act = "again";
  const base = frame(app, {
    title: app.t("progress-title"),
    body: [content, acts.node, rest],
    foot: [trouble, again, dial(app.t("call-122"), "122")],
  });
  let shown = "";
  return {
    node: base.node,
    update(state) {
      base.update(state);
      acts.update(state);
      again.hidden = state.result !== null || state.police_dispatched;
      const now = JSON.stringify({ ...state, server_time: null });
      if (now === shown) return;
      shown = now;
      content.replaceChildren(
        ...(state.movement === "no" ? [holdCard(app, state)] : why(app, state)),
        ...signingNote(app, state),
        progressCard(app, state),
        ...resultCards(app, state.result),
        ...reviewCard(app, state.review),
        ...claimCard(app, state.claim),
        ...recusalCard(app, state.recusal),
      );
      rest.replaceChildren(
        ...messagesCard(app, state),
        ...consentsCard(app, state),
        ...(state.incident_number ? [el("p", { class: "second" }, app.t("case-number", { number: state.incident_number }))] : []),
      );
    },
  };
}
