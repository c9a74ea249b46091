/** Review of the issued document and an officer's recusal: applied for here, and told here how far they are. */

import { actCard, toldCard } from "../act.js";
import { api } from "../api.js";
import { el, note } from "../dom.js";

/** The card in which a party writes its application; there while one of its own would be taken. */
export function reviewing(app) {
  return actCard(app, {
    name: "review",
    coded: true,
    summary: app.t("review-apply"),
    fields: [
      ["review-claims", app.t("review-claims")],
      ["review-reasons", app.t("review-reasons")],
      ["review-evidence", app.t("review-evidence")],
    ],
    sign: "file-text",
    label: app.t("review-go"),
    refusals: {
      "review-late": ({ last_day: day }) => app.t("review-late", { day: app.prefs.day(day) }),
      "review-once": () => app.t("review-once"),
    },
    run: async ([claims, reasons, evidence], code) => {
      await api.applyForReview(claims, reasons, evidence, code);
      for (const key of ["review-claims", "review-reasons", "review-evidence"]) delete app.choice[key];
    },
  });
}

/** Until when it may be applied for, or how far it is, in words. */
export function reviewCard(app, { stage, own, at, until, outcome, join_until: join, redoing }) {
  if (stage === "none") return [];
  const day = until === null ? "—" : app.prefs.day(until);
  const content = {
    open: () => [
      el("p", {}, el("strong", {}, app.t("review-until", { day }))),
      el("p", { class: "second" }, app.t("review-how")),
    ],
    late: () => [note("info", "info", app.t("review-late", { day }))],
    applied: () => [note("info", "info", app.t("review-applied", { day }))],
    forwarded: () => [note("info", "info", app.t("review-forwarded", { day }))],
    decided: () => [
      note("ok", "circle-check", app.t(`review-${outcome}`)),
      ...(redoing ? [note("info", "info", app.t("review-redoing", { day }))] : []),
    ],
  };
  const joining = join === null ? [] : [el("p", {}, app.t("review-join", { day: app.prefs.day(join) }))];
  const who = at === null ? [] : [el("p", { class: "second" }, app.t(own ? "review-own" : "review-other", { day: app.prefs.date(at) }))];
  const title = app.t(stage === "open" ? "review-title" : "review-told");
  return [toldCard("review", "file-text", title, ...content[stage](), ...who, ...joining)];
}

/** The card in which a party asks that the officer of its case stand back; there while `state.recusal.possible`. */
export function recusing(app) {
  const officer = el("p", {});
  const card = actCard(app, {
    name: "recusal",
    coded: false,
    summary: app.t("recusal-title"),
    lead: [officer, el("p", { class: "second" }, app.t("recusal-how"))],
    fields: [["recusal-reason", app.t("recusal-reason")]],
    limit: 200,
    sign: "users",
    label: app.t("recusal-go"),
    refusals: { "incident-locked": () => app.t("recusal-locked") },
    run: async ([reason]) => {
      await api.askRecusal(reason);
      delete app.choice["recusal-reason"];
    },
  });
  const update = (state) => {
    officer.textContent = app.t("recusal-officer", { officer: state.recusal.officer });
    card.update(state);
  };
  return { node: card.node, update };
}

/** What became of the newest request. */
export function recusalCard(app, { asked_at: at, until, granted }) {
  if (at === null) return [];
  const day = until === null ? "—" : app.prefs.day(until);
  const words = granted === null ? app.t("recusal-asked", { day }) : app.t(granted ? "recusal-granted" : "recusal-refused");
  return [toldCard("recusal", "users", app.t("recusal-told"), note(granted === null ? "info" : "ok", "info", words))];
}
