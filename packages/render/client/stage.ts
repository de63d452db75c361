import type { PageEvent } from "../src/lib/page/page-data.js";
import { copyText, saveFile, screenAnsi, screenSvg, screenText } from "./copying.js";
import { clock, element } from "./elements.js";
import { Player } from "./player.js";
import type { Recording } from "./recording.js";
import { ScreenView, type StyleSheets } from "./screen-view.js";
import { drawThumbnail, settledScreens } from "./thumbnail.js";
import { Timeline } from "./timeline.js";

const SPEEDS = ["0.5", "1", "2", "4", "8", "16"];
const PAUSES: readonly (readonly [value: string, text: string])[] = [
  ["", "as recorded"],
  ["1000", "up to 1 s"],
  ["3000", "up to 3 s"],
  ["10000", "up to 10 s"],
];
const THUMBNAILS = 10;

/** The screen with its timeline and controls: what a player is. */
export class Stage {
  readonly element: HTMLElement;
  readonly player: Player;
  readonly timeline: Timeline;
  /** Where the screen is; a comparison may take its place. */
  readonly screens = element("div", { class: "screens" });
  readonly view: ScreenView;
  readonly #recording: Recording;
  readonly #sheets: StyleSheets;
  readonly #strip = element("div", { class: "strip", "aria-label": "Screens", role: "group" });
  readonly #time = element("output", { class: "time" });
  readonly #play = element("button", { type: "button", class: "play", click: () => this.player.toggle() });
  readonly #speed: HTMLSelectElement;
  readonly #message = element("span", { class: "message", role: "status" });
  /** Rows to point out on a screen, by its number. */
  marks: { screen: number; rows: ReadonlySet<number> } | null = null;

  constructor(recording: Recording, sheets: StyleSheets, more: readonly Node[] = []) {
    this.#recording = recording;
    this.#sheets = sheets;
    this.player = new Player(recording);
    this.view = new ScreenView(recording, sheets);
    this.timeline = new Timeline(this.player);
    this.screens.append(this.view.element);
    this.#speed = choice(
      "Speed",
      SPEEDS.map((speed) => [speed, `${speed}×`] as const),
      "1",
      (value) => {
        this.player.speed = Number(value);
      },
    );
    const maxIdle = this.player.maxIdle;
    const pauses = PAUSES.some(([value]) => value === String(maxIdle ?? ""))
      ? PAUSES
      : [...PAUSES, [String(maxIdle), `up to ${(maxIdle ?? 0) / 1_000} s`] as const];
    const pause = choice("Pauses", pauses, String(maxIdle ?? ""), (value) => {
      this.player.maxIdle = value === "" ? null : Number(value);
    });
    this.element = element(
      "section",
      { class: "stage", "aria-label": "Recording" },
      this.screens,
      this.#strip,
      this.timeline.element,
      element(
        "div",
        { class: "controls" },
        this.#play,
        this.#button("‹", "Previous change (,)", () => this.stepChange(-1)),
        this.#button("›", "Next change (.)", () => this.stepChange(1)),
        this.#time,
        this.#button("« input", "Previous input (k)", () => this.stepInput(-1)),
        this.#button("input »", "Next input (j)", () => this.stepInput(1)),
        element("label", {}, "Speed ", this.#speed),
        element("label", {}, "Pauses ", pause),
        element("span", { class: "gap" }),
        ...more,
        this.#message,
      ),
    );
    this.player.addEventListener("change", () => this.#update());
    this.player.addEventListener("state", () => this.#update());
    new ResizeObserver(() => this.fit()).observe(this.screens);
    this.#update();
  }

  /** Buttons that copy and save what is shown. */
  copyButtons(): HTMLElement[] {
    const current = () => this.#recording.screens[this.player.position];
    const copy = (text: string | undefined, what: string) => async () => {
      if (text !== undefined)
        this.say((await copyText(text)) ? `${what} copied` : "The browser does not allow copying.");
    };
    const on = (make: (screen: NonNullable<ReturnType<typeof current>>) => string, what: string) => () => {
      const screen = current();
      return copy(screen && make(screen), what)();
    };
    return [
      this.#button("Link", "Copy a link to this moment", () =>
        copy(`${location.href.replace(/#.*$/, "")}#t=${(this.player.time / 1_000).toFixed(1)}`, "Link")(),
      ),
      this.#button(
        "Text",
        "Copy the screen as text",
        on((screen) => screenText(this.#recording, screen), "Text"),
      ),
      this.#button(
        "ANSI",
        "Copy the screen with its colours",
        on((screen) => screenAnsi(this.#recording, screen), "Text with colours"),
      ),
      this.#button("SVG", "Save the screen as a picture", () => {
        const screen = current();
        const scheme = this.#sheets.scheme;
        if (screen) saveFile("screen.svg", screenSvg(this.#recording, screen, scheme), "image/svg+xml");
      }),
    ];
  }

  say(text: string): void {
    this.#message.textContent = text;
    setTimeout(() => {
      if (this.#message.textContent === text) this.#message.textContent = "";
    }, 2_500);
  }

  stepChange(by: number): void {
    this.player.pause();
    this.player.show(this.player.position + by);
  }

  /** Goes to the screen before the next input, or before the one before. */
  stepInput(by: number): void {
    const inputs = this.#recording.header.events.filter(({ kind }) => kind === "input");
    const { time } = this.player;
    const next = by > 0 ? inputs.find(({ t_ms }) => t_ms > time) : inputs.findLast(({ t_ms }) => t_ms < time);
    this.player.pause();
    if (next) this.player.seek(next.t_ms);
  }

  stepMark(by: number): void {
    const marks = this.#recording.header.events.filter(({ kind }) => kind === "mark");
    const { time } = this.player;
    const next = by > 0 ? marks.find(({ t_ms }) => t_ms > time) : marks.findLast(({ t_ms }) => t_ms < time);
    if (next) this.showEvent(next);
  }

  /** Goes to an event: the screen that it found. */
  showEvent({ t_ms, seq, kind }: PageEvent): void {
    this.player.pause();
    if (kind === "mark")
      this.player.seek(Math.max(t_ms, this.#recording.screens[this.#recording.atSeq(seq)]?.t ?? 0));
    else this.player.seek(t_ms);
  }

  changeSpeed(by: number): void {
    const at = SPEEDS.indexOf(this.#speed.value) + by;
    const speed = SPEEDS[Math.min(Math.max(0, at), SPEEDS.length - 1)] ?? "1";
    this.#speed.value = speed;
    this.player.speed = Number(speed);
  }

  /** Draws again with other colours, or after more has been read. */
  refresh(): void {
    this.#sheets.update();
    this.view.refresh();
    this.timeline.draw();
    this.#drawStrip();
    this.#update();
    this.fit();
  }

  fit(): void {
    const { clientWidth, clientHeight } = this.screens;
    const isNarrow = getComputedStyle(this.screens).getPropertyValue("--flows").trim() !== "";
    this.view.fit(clientWidth - 24, isNarrow ? Number.POSITIVE_INFINITY : clientHeight - 24);
    this.timeline.draw();
  }

  #button(text: string, title: string, act: () => unknown): HTMLButtonElement {
    return element("button", { type: "button", title, "aria-label": title, click: () => void act() }, text);
  }

  #update(): void {
    const { player } = this;
    const { position } = player;
    const screen = this.#recording.screens[position];
    if (screen && (screen !== this.view.screen || this.marks !== null)) {
      const marked = this.marks?.screen === position ? this.marks.rows : undefined;
      if (!marked) this.marks = null;
      this.view.show(screen, marked);
    }
    this.#time.textContent = `${clock(player.time)} / ${clock(this.#recording.duration)}`;
    this.#play.textContent = player.isPlaying ? "❚❚" : "▶";
    this.#play.title = player.isPlaying ? "Pause (space)" : "Play (space)";
    this.#play.setAttribute("aria-label", this.#play.title);
    this.timeline.update();
  }

  #drawStrip(): void {
    const numbers = settledScreens(this.#recording, THUMBNAILS);
    const thumbnails = numbers.map((number) => {
      const screen = this.#recording.screens[number];
      const canvas = element("canvas", {});
      if (screen) drawThumbnail(canvas, this.#recording, screen, this.#sheets.theme);
      const at = clock(screen?.t ?? 0);
      return element(
        "button",
        {
          type: "button",
          title: `Screen at ${at}`,
          "aria-label": `Screen at ${at}`,
          click: () => this.player.show(number),
        },
        canvas,
      );
    });
    this.#strip.replaceChildren(...thumbnails);
  }
}

function choice(
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  change: (value: string) => void,
): HTMLSelectElement {
  const select = element(
    "select",
    { "aria-label": name, change: () => change(select.value) },
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  select.value = chosen;
  return select;
}
