/**
 * What a person sees and hears of the party's page at this moment, for tests. Nothing of the page's own state
 * is asked, except the number of the call, which no screen shows. `slots` are the names of all slots.
 */
async (slots) => {
  const { TEXTS } = await import("/party/texts.js");
  const { slotName } = await import("/party/slots.js");
  const one = (selector) => document.querySelector(selector)?.innerText.trim() ?? null;
  const call = Object.keys(localStorage).map((key) => /^(?:waiting|attempt):(.+)$/.exec(key)?.[1]).find(Boolean);

  function guide() {
    const name = one(".guide .hint");
    if (name === null) return null;
    const slot = slots.find((known) => slotName(known, "zh") === name);
    return { slot, text: one(".guide strong"), outline: document.querySelector(".outline").className };
  }

  function result() {
    const number = [...document.querySelectorAll(".card p.second")].map((p) => /^编号 (.+)$/.exec(p.innerText)?.[1]);
    const lines = [...document.querySelectorAll(".card p")]
      .map((p) => /^(您|对方)\((.)\): ?(\S+)/.exec(p.innerText))
      .filter(Boolean);
    if (lines.length === 0) return null;
    const code = (words) => Object.keys(TEXTS).find((key) => key.startsWith("share-") && TEXTS[key][0] === words);
    return {
      number: number.find(Boolean),
      own: lines.find((line) => line[1] === "您")[2],
      shares: lines.map((line) => [line[2], code(line[3])?.slice("share-".length) ?? ""]),
    };
  }

  /** The loudest tone of the officer's voice, once the page plays it. */
  function heard() {
    const track = document.querySelector(".officer-picture")?.srcObject?.getAudioTracks()[0];
    if (!track) return { hertz: null, dbfs: null };
    if (window.ear?.track !== track) {
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192 });
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      window.ear = { track, context, analyser, levels: new Float32Array(analyser.frequencyBinCount) };
    }
    const { context, analyser, levels } = window.ear;
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.reduce((best, level, bin) => (level > levels[best] ? bin : best), 0);
    if (!Number.isFinite(levels[loudest])) return { hertz: null, dbfs: null };
    return { hertz: (loudest * context.sampleRate) / analyser.fftSize, dbfs: levels[loudest] };
  }

  return {
    screen: document.body.dataset.screen ?? "",
    call: call ?? null,
    guide: guide(),
    notice: one(".told"),
    messages: [...document.querySelectorAll("blockquote p:first-child")].map((p) => p.innerText),
    result: result(),
    ...heard(),
  };
}
