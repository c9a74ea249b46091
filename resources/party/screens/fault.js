/** The screen before there is a case: opening it, or the words why it does not open and what to do. */

import { button, el, note } from "../dom.js";
import { dial, frame } from "../frame.js";

async function copyLink(app, place) {
  await navigator.clipboard?.writeText(location.href);
  place.replaceChildren(note("ok", "check", app.t("browser-copied")));
}

export function fault(app) {
  let shown = null;
  const place = el("div", {});
  const base = frame(app, { title: "", body: [place], foot: [dial(app.t("call-122"), "122")], officer: false });
  const content = {
    loading: () => [el("h1", { tabindex: "-1" }, app.t("brand")), el("p", { role: "status" }, app.t("loading"))],
    browser: () => {
      const copied = el("div", { role: "status" });
      return [
        el("h1", { tabindex: "-1" }, app.t("browser-title")),
        el("p", {}, app.t("browser-text")),
        button("primary", "copy", app.t("browser-copy"), () => copyLink(app, copied)),
        copied,
      ];
    },
  };
  return {
    node: base.node,
    update(state) {
      base.update(state);
      if (shown === app.fault) return;
      shown = app.fault;
      const words = content[app.fault] ?? (() => [el("h1", { tabindex: "-1" }, app.t("link-title")), note("warn", "info", app.t(app.fault))]);
      place.replaceChildren(...words());
    },
  };
}
