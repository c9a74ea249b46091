/** The way in without a link: the digits that the call-taker reads out on the telephone. */

import { Refused } from "../api.js";
import { button, el, icon, note } from "../dom.js";
import { dial, frame } from "../frame.js";

const DIGITS = 8;

function words(app, { code, params }) {
  if (code === "unknown-join-code") return app.t("join-unknown");
  return code === "too-many-requests" ? app.t("join-too-many", { n: Math.ceil((params.retry_after ?? 60) / 60) }) : app.t("failed");
}

export function join(app) {
  const trouble = el("div", { role: "alert" });
  const field = el("input", { type: "text", id: "join-code", inputmode: "numeric", autocomplete: "off", maxlength: 12 });
  const typed = () => field.value.replace(/\s/g, "");
  const go = button("primary", "check", app.t("join-go"), async () => {
    go.disabled = true;
    trouble.replaceChildren();
    try {
      await app.join(typed());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.replaceChildren(note("bad", "circle-x", words(app, error)));
      field.value = "";
      field.focus();
    }
  });
  go.dataset.act = "join-code";
  go.disabled = true;
  field.addEventListener("input", () => (go.disabled = !new RegExp(`^[0-9]{${DIGITS}}$`).test(typed())));
  const base = frame(app, {
    title: app.t("join-title"),
    body: [
      el("p", {}, app.t("join-text")),
      el("section", { class: "card" }, el("label", { class: "field", for: field.id }, el("span", {}, icon("phone"), app.t("join-field")), field)),
    ],
    foot: [trouble, go, dial(app.t("call-122"), "122")],
    officer: false,
  });
  return base;
}
