/** Acts of the progress screen that write or need a code; made once, so that what is typed stays while the state changes. */

import { Refused } from "./api.js";
import { codeField, codeTrouble } from "./code.js";
import { button, el, icon, note } from "./dom.js";

/** A field of several lines whose words outlive the screen, kept as `app.choice[key]`. */
function words(app, key, label, limit, onChange) {
  const area = el("textarea", { id: key, rows: 3, maxlength: limit });
  area.value = app.choice[key] ?? "";
  area.addEventListener("input", () => {
    app.choice[key] = area.value;
    onChange();
  });
  return { area, node: el("label", { class: "field", for: key }, el("span", {}, label), area) };
}

/**
 * A card with fields, a code where `coded`, and one button. `fields` are `[key, label]`; `run(values, code)` does
 * it and may return a node to show. `refusals` maps problem codes to texts.
 */
export function actCard(app, { name, coded, summary, lead = [], fields = [], limit = 2000, sign, label, refusals = {}, run }) {
  const trouble = el("div", { role: "alert" });
  const renew = () => {
    const lacking = areas.some(({ area }) => area.value.trim() === "");
    go.disabled = lacking || (code !== null && code.value === "");
  };
  const areas = fields.map(([key, words_]) => words(app, key, words_, limit, () => renew()));
  const code = coded ? codeField(app, name, () => renew()) : null;
  const go = button(coded ? "primary" : "plain", sign, label, async () => {
    trouble.replaceChildren();
    go.disabled = true;
    try {
      const shown = await run(areas.map(({ area }) => area.value.trim()), code?.value);
      trouble.replaceChildren(...(shown === undefined ? [] : [shown]));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const ofCode = codeTrouble(app, error);
      if (ofCode !== "") code?.clear();
      const known = refusals[error.code];
      trouble.replaceChildren(note("bad", "circle-x", ofCode || (known === undefined ? app.t("failed") : known(error.params))));
    }
    renew();
  });
  go.dataset.act = name;
  const node = el(
    "details",
    { class: "card", "data-card": name },
    el("summary", {}, summary),
    ...lead,
    ...areas.map((one) => one.node),
    code?.node ?? null,
    go,
    trouble,
  );
  renew();
  return { node, update: (state) => code?.update(state) };
}

/** A card that only tells. */
export function toldCard(name, sign, title, ...content) {
  return el("section", { class: "card", "data-card": name }, el("h2", {}, icon(sign), title), ...content);
}
