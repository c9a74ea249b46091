/** The document is read, and signed with a finger or by a typed name, or it is not signed. */

import { Refused, api } from "../api.js";
import { codeField, codeTrouble } from "../code.js";
import { button, el, icon, note, pressTwice } from "../dom.js";
import { frame } from "../frame.js";
import { Pad } from "../pad.js";

/** Words for a refusal that this screen can explain; anything else did not arrive. */
const KNOWN = ["text-changed", "name-differs", "signature-malformed", "recording-not-running"];

export function sign(app) {
  const signing = app.state.signing;
  const trouble = el("div", { role: "alert" });
  const recording = el("div", { role: "status" });
  const pad = new Pad(app.t("sign-pad"), () => renew());
  const wipe = button("plain", "rotate-ccw", app.t("sign-again"), () => pad.wipe());
  wipe.dataset.act = "wipe";
  const name = el("input", { type: "text", id: "typed-name", maxlength: 50, autocomplete: "name" });
  name.addEventListener("input", () => renew());
  const code = codeField(app, "sign", () => renew());
  const go = button("primary", "pencil", app.t("sign-go"), () => attempt(give));
  go.dataset.act = "sign";
  const label = el("span", {}, app.t("sign-decline"));
  const not = el("button", { type: "button", class: "button plain", "data-act": "decline" }, icon("circle-x"), label);
  pressTwice(not, label, (n) => app.t("again", { n }), () => attempt(() => api.declineSignature(signing.sha256)));

  function renew() {
    const typed = name.value.trim() !== "";
    go.disabled = (!pad.signed && !typed) || code.value === "";
  }

  function give() {
    const typed = name.value.trim();
    return api.sign(signing.sha256, typed === "" ? pad.strokes.filter((stroke) => stroke.length > 0) : [], typed, code.value);
  }

  async function attempt(work) {
    trouble.replaceChildren();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const words = codeTrouble(app, error);
      if (words !== "") code.clear();
      const other = KNOWN.includes(error.code) ? `sign-${error.code}` : "failed";
      trouble.replaceChildren(note("bad", "circle-x", words || app.t(other)));
    }
  }

  const base = frame(app, {
    title: app.t("sign-title"),
    body: [
      recording,
      el("section", { class: "card document", tabindex: "0", role: "region", "aria-label": app.t("sign-text") }, signing.text),
      el("section", { class: "card" }, el("h2", {}, icon("pencil"), app.t("sign-here")), pad.node, wipe),
      el(
        "details",
        { class: "card" },
        el("summary", {}, app.t("sign-typed")),
        el("label", { class: "field", for: name.id }, el("span", {}, app.t("sign-name")), name),
      ),
      code.node,
      el("p", { class: "second" }, app.t("sign-why")),
    ],
    foot: [trouble, go, not],
  });
  renew();
  return {
    node: base.node,
    update(state) {
      base.update(state);
      code.update(state);
      const now = state.signing;
      if (now === null) return;
      const reason = now.unrecorded_reason;
      const words = now.recorded ? note("info", "circle-dot", app.t("sign-recorded")) : note("warn", "triangle-alert", app.t(reason ? "sign-unrecorded" : "sign-recording-not-running", { reason }));
      recording.replaceChildren(words);
    },
  };
}
