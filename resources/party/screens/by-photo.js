/** Photos and words instead of the picture: asked for by the service, so that a broken call does not stop it. */

import { api } from "../api.js";
import { el, icon, note } from "../dom.js";

const LONGEST = 200;

/** `node` is there while the call-taker asks for photos; one request after another uses the same buttons. */
export class ByPhoto {
  #photo = null;

  constructor(app) {
    this.app = app;
    this.state = el("div", { role: "status" });
    this.take = el("button", { type: "button", class: "button primary", "data-act": "photo", onclick: () => this.#send(null) }, icon("camera"), el("span", {}, app.t("photo-send")));
    this.file = el("input", { type: "file", accept: "image/*", capture: "environment", id: "photo-file", class: "by-hand" });
    this.file.addEventListener("change", () => this.file.files.length > 0 && this.#send(this.file.files[0]));
    this.byHand = el("label", { class: "button primary", for: "photo-file" }, icon("camera"), el("span", {}, app.t("photo-send")), this.file);
    this.text = el("textarea", { id: "words", rows: 1, maxlength: LONGEST, placeholder: app.t("words-label"), "aria-label": app.t("words-label") });
    this.told = el("div", { role: "status" });
    this.node = el(
      "div",
      { class: "by-photo", hidden: true },
      this.state,
      this.take,
      this.byHand,
      el("div", { class: "words" }, this.text, el("button", { type: "button", class: "button plain", "data-act": "words", onclick: () => this.#write() }, icon("message-square-text"), el("span", {}, app.t("words-send")))),
      this.told,
    );
  }

  update(photo) {
    const next = JSON.stringify(photo);
    if (next !== JSON.stringify(this.#photo)) {
      this.#photo = photo;
      this.node.hidden = photo === null;
      const [tone, sign, words] = photo?.arrived ? ["ok", "check", "photo-arrived"] : ["info", "camera", "photo-wanted"];
      this.state.replaceChildren(note(tone, sign, this.app.t(words)));
    }
    const film = this.app.camera.video?.readyState === "live";
    const done = photo === null || photo.arrived || this.app.call.stills.state === "sending";
    this.take.hidden = done || !film;
    this.byHand.hidden = done || film;
  }

  async #send(file) {
    const { request_id: id, slot } = this.#photo;
    const stills = this.app.call.stills;
    // What became of it stands in the notes of the call: `stills` tells its own state.
    await (file === null ? stills.take(id, slot) : stills.give(id, slot, file)).catch(() => {});
    this.file.value = "";
  }

  async #write() {
    const text = this.text.value.trim();
    if (text === "") return;
    const sent = await api.words(text).then(() => true, () => false);
    if (sent && this.text.value.trim() === text) this.text.value = "";
    this.told.replaceChildren(sent ? note("ok", "check", this.app.t("words-sent")) : note("warn", "triangle-alert", this.app.t("words-failed")));
  }
}
