/** What the call-taker draws, over the own picture where the drawing was meant; no picture sent is touched. */

const SVG = "http://www.w3.org/2000/svg";

/** Follows the size and shape of the video element `own`. */
export class Layer {
  #strokes = [];
  #mirrored = false;
  #watch = new ResizeObserver(() => this.#draw());

  constructor(own) {
    this.own = own;
    this.node = document.createElementNS(SVG, "svg");
    this.node.setAttribute("class", "layer");
    this.node.setAttribute("aria-hidden", "true");
    this.#watch.observe(own);
    own.addEventListener("resize", () => this.#draw());
  }

  /** Show these lines, in parts of the picture (x, y); `mirrored` as the picture is. */
  show(strokes, mirrored) {
    if (strokes === this.#strokes && mirrored === this.#mirrored) return;
    this.#strokes = strokes;
    this.#mirrored = mirrored;
    this.#draw();
  }

  close() {
    this.#watch.disconnect();
  }

  /** The picture fills the element or lies within it: the same rule as `object-fit`. */
  #place() {
    const { clientWidth, clientHeight, videoWidth, videoHeight } = this.own;
    const across = clientWidth / (videoWidth || clientWidth);
    const down = clientHeight / (videoHeight || clientHeight);
    const whole = getComputedStyle(this.own).objectFit === "contain";
    const scale = whole ? Math.min(across, down) : Math.max(across, down);
    const width = (videoWidth || clientWidth) * scale;
    const height = (videoHeight || clientHeight) * scale;
    return { left: (clientWidth - width) / 2, top: (clientHeight - height) / 2, width, height };
  }

  #draw() {
    const { left, top, width, height } = this.#place();
    const at = ([x, y]) => `${left + (this.#mirrored ? 1 - x : x) * width},${top + y * height}`;
    const lines = ["casing", "ink"].flatMap((name) =>
      this.#strokes.map((stroke) => {
        const line = document.createElementNS(SVG, "polyline");
        line.setAttribute("class", name);
        line.setAttribute("points", stroke.map(at).join(" "));
        return line;
      }),
    );
    this.node.replaceChildren(...lines);
  }
}
