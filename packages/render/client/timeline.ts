import type { PageEvent } from "../src/lib/page/page-data.js";
import { clock, element } from "./elements.js";
import type { Player } from "./player.js";
import type { Hit } from "./search.js";

const HEIGHT = 44;

/** The recording from left to right: how much is drawn when, what happened, where something was found. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #player: Player;
  readonly #canvas = element("canvas", { "aria-hidden": "true" });
  readonly #slider: HTMLInputElement;
  /** Has a colour of the sheet's, which the canvas cannot read. */
  readonly #probe = element("span", { hidden: true });
  #hits: readonly Hit[] = [];

  constructor(player: Player) {
    this.#player = player;
    this.#slider = element("input", {
      type: "range",
      min: "0",
      step: "any",
      "aria-label": "Time",
      input: () => player.seek(this.#slider.valueAsNumber),
      // The arrows do what they do everywhere else on the page.
      keydown: (event) => {
        if (event instanceof KeyboardEvent && event.key.startsWith("Arrow")) event.preventDefault();
      },
    });
    this.element = element("div", { class: "timeline" }, this.#canvas, this.#slider, this.#probe);
    player.addEventListener("change", () => this.update());
  }

  showHits(hits: readonly Hit[]): void {
    this.#hits = hits;
    this.draw();
  }

  update(): void {
    const { time, recording } = this.#player;
    this.#slider.max = String(Math.max(1, recording.duration));
    this.#slider.valueAsNumber = time;
    this.#slider.setAttribute("aria-valuetext", `${clock(time)} of ${clock(recording.duration)}`);
    this.element.style.setProperty("--at", String(time / Math.max(1, recording.duration)));
  }

  draw(): void {
    const width = this.element.clientWidth;
    const scale = window.devicePixelRatio || 1;
    this.#canvas.width = width * scale;
    this.#canvas.height = HEIGHT * scale;
    const context = this.#canvas.getContext("2d");
    if (!context || width === 0) return;
    context.scale(scale, scale);
    const color = (name: string) => {
      this.#probe.style.color = `var(${name})`;
      return getComputedStyle(this.#probe).color;
    };
    this.#drawDensity(context, width, color("--density"));
    const { events } = this.#player.recording.header;
    for (const event of events) this.#tick(context, width, event.t_ms, TICKS[event.kind], color);
    for (const { screen } of this.#hits)
      this.#tick(context, width, this.#player.recording.screens[screen]?.t ?? 0, HIT, color);
    this.update();
  }

  #place(t: number, width: number): number {
    return (t / Math.max(1, this.#player.recording.duration)) * width;
  }

  #drawDensity(context: CanvasRenderingContext2D, width: number, color: string): void {
    const bars = new Float64Array(Math.ceil(width / 3) + 1);
    for (const { t } of this.#player.recording.screens) {
      const bar = Math.floor(this.#place(t, width) / 3);
      bars[bar] = (bars[bar] ?? 0) + 1;
    }
    const most = bars.reduce((a, b) => Math.max(a, b), 1);
    context.fillStyle = color;
    for (const [bar, count] of bars.entries()) {
      if (count === 0) continue;
      const height = 3 + 17 * (Math.log1p(count) / Math.log1p(most));
      context.fillRect(bar * 3, HEIGHT - 8 - height, 2, height);
    }
  }

  #tick(
    context: CanvasRenderingContext2D,
    width: number,
    t: number,
    { top, height, color: name }: Tick,
    color: (name: string) => string,
  ): void {
    context.fillStyle = color(name);
    context.fillRect(Math.min(width - 2, this.#place(t, width)), top, 2, height);
  }
}

interface Tick {
  top: number;
  height: number;
  color: string;
}

const TICKS: Readonly<Record<PageEvent["kind"], Tick>> = {
  input: { top: 2, height: 9, color: "--input" },
  mark: { top: 0, height: HEIGHT, color: "--mark" },
  service: { top: 2, height: 9, color: "--service" },
  resize: { top: 12, height: HEIGHT - 20, color: "--resize" },
  exit: { top: 0, height: HEIGHT, color: "--exit" },
};
const HIT: Tick = { top: HEIGHT - 7, height: 7, color: "--hit" };
