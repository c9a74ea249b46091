/** What the reader chose for this phone: language, large text, reading aloud. Kept when storage allows it. */

import { TEXTS } from "./texts.js";

const LANGUAGES = ["zh", "en"];
const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** Read a stored value; phones in private mode may refuse storage. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Store a value where the phone allows it. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page works without storage; only the choice is forgotten.
  }
}

/** The reader's choices and everything that depends on the language. */
export class Prefs {
  constructor() {
    this.language = recall("language") === "en" ? "en" : "zh";
    this.large = recall("text") === "large";
    this.apply();
  }

  /** Return the text `key` in the chosen language with `{name}` filled from `params`. */
  t(key, params = {}) {
    const text = TEXTS[key][LANGUAGES.indexOf(this.language)];
    return text.replace(/\{(\w+)\}/g, (_, name) => String(params[name] ?? ""));
  }

  /** Return the text `key` when there is one, else `fallback`. */
  known(key, fallback) {
    return Object.hasOwn(TEXTS, key) ? this.t(key) : fallback;
  }

  switchLanguage() {
    this.language = this.language === "zh" ? "en" : "zh";
    remember("language", this.language);
    this.apply();
  }

  switchText() {
    this.large = !this.large;
    remember("text", this.large ? "large" : "normal");
    this.apply();
  }

  apply() {
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset.text = this.large ? "large" : "normal";
    document.title = this.t("brand");
  }

  /** Time of day in China, as the case file has it. */
  time(instant) {
    return new Intl.DateTimeFormat("zh-CN", {
      hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai",
    }).format(new Date(instant));
  }

  /** The calendar day of an instant in China, with its weekday. */
  date(instant) {
    return this.day(new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date(instant)));
  }

  /** A calendar day (`YYYY-MM-DD`) with its weekday. */
  day(text) {
    const [year, month, day] = text.split("-").map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    if (this.language === "zh") return `${year} 年 ${month} 月 ${day} 日 ${WEEKDAYS[date.getUTCDay()]}`;
    return new Intl.DateTimeFormat("en-GB", {
      weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    }).format(date);
  }
}

/** Minutes and seconds of a duration in milliseconds. */
export function minutes(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Reads the words of a screen aloud with the phone's own voice; absent where the phone has none. */
export class Reader {
  get available() {
    return "speechSynthesis" in window;
  }

  get speaking() {
    return this.available && window.speechSynthesis.speaking;
  }

  /** Speak `text`, or stop when something is being spoken; `onEnd` is called when it falls silent. */
  toggle(text, language, onEnd) {
    if (this.speaking) {
      this.stop();
      onEnd();
      return;
    }
    const words = new SpeechSynthesisUtterance(text.slice(0, 2000));
    words.lang = language === "zh" ? "zh-CN" : "en-GB";
    words.onend = onEnd;
    words.onerror = onEnd;
    window.speechSynthesis.speak(words);
  }

  stop() {
    if (this.available) window.speechSynthesis.cancel();
  }
}
