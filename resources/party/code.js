/** The one-time code of a legal act: asked for, received by SMS, typed in. */

import { Refused, api } from "./api.js";
import { button, el, icon, note } from "./dom.js";

const KNOWN = ["code-needed", "code-wrong", "code-spent", "code-not-sent", "no-phone"];

/** Words for a refusal that has to do with the code; empty for any other. */
export function codeTrouble(app, error) {
  if (error.code === "too-many-requests") return app.t("code-too-many", { n: error.params.retry_after ?? 30 });
  return KNOWN.includes(error.code) ? app.t(error.code) : "";
}

function codes(state) {
  return state.messages.filter(({ text }) => text.includes("验证码"));
}

/** A field for the code and the button that has one sent; `value` is empty until six digits stand there. */
export function codeField(app, act, onChange) {
  let shown = "";
  let known = Infinity;
  const told = el("div", { role: "status" });
  const sms = el("div", {});
  const field = el("input", {
    type: "text", id: `code-${act}`, inputmode: "numeric", autocomplete: "one-time-code", maxlength: 6, pattern: "[0-9]{6}",
  });
  field.addEventListener("input", () => onChange());
  const ask = button("plain", "message-square-text", app.t("code-ask"), async () => {
    ask.disabled = true;
    known = codes(app.state).length;
    try {
      await api.askCode(act);
      told.replaceChildren(note("info", "message-square-text", app.t("code-asked")));
      field.focus();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.replaceChildren(note("warn", "triangle-alert", codeTrouble(app, error) || app.t("failed")));
    }
    ask.disabled = false;
  });
  ask.dataset.act = `code-${act}`;
  const node = el(
    "section",
    { class: "card" },
    el("h2", {}, icon("message-square-text"), app.t("code-title")),
    el("p", { class: "second" }, app.t("code-why")),
    ask,
    told,
    sms,
    el("label", { class: "field", for: field.id }, el("span", {}, app.t("code-field")), field),
  );
  return {
    node,
    get value() {
      return /^[0-9]{6}$/.test(field.value.trim()) ? field.value.trim() : "";
    },
    clear() {
      field.value = "";
      onChange();
    },
    /** In training no SMS leaves: what came since the code was asked for stands here. */
    update(state) {
      const newest = state.training ? (codes(state).slice(known).pop()?.text ?? "") : "";
      if (newest === shown) return;
      shown = newest;
      sms.replaceChildren(...(newest === "" ? [] : [el("blockquote", { "data-sms": "code" }, el("p", {}, newest))]));
    },
  };
}
