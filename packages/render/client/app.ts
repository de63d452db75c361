import type { PageDifference, PageEvent, PageFailure, PageHeader } from "../src/lib/page/page-data.js";
import { aboutPanel } from "./about-panel.js";
import { Comparison, type Side, sideOfText } from "./comparison.js";
import { clock, element } from "./elements.js";
import { EventsPanel } from "./events-panel.js";
import { KEYS, keyHandler } from "./keys.js";
import type { Recording, ShownScreen } from "./recording.js";
import { StyleSheets } from "./screen-view.js";
import { SearchPanel } from "./search-panel.js";
import { Stage } from "./stage.js";

/** What a page is made of. */
export interface AppSource {
  recording: Recording;
  other: Recording | null;
  /** Base64 of a file that came along. */
  evidence: (index: number) => string;
}

/** The page: the stage, what happened, search and what the recording is. */
export class App {
  readonly element: HTMLElement;
  readonly #source: AppSource;
  readonly #sheets = new StyleSheets();
  readonly #stage: Stage;
  readonly #events: EventsPanel;
  readonly #search: SearchPanel;
  readonly #tabs: Tabs;
  readonly #live = element("div", { class: "unseen", "aria-live": "polite" });
  readonly #help: HTMLDialogElement;
  #comparison: Comparison | null = null;
  #difference = -1;

  constructor(source: AppSource) {
    this.#source = source;
    const { recording } = source;
    const { header } = recording;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheets.sheet];
    const before = element(
      "button",
      {
        type: "button",
        title: "The screens before and after the last input (b)",
        click: () => this.compareInput(),
      },
      "Before | after",
    );
    const copies = element("span", { class: "copies" });
    this.#stage = new Stage(recording, this.#sheets, [before, element("span", { class: "gap" }), copies]);
    copies.append(...this.#stage.copyButtons());
    this.#events = new EventsPanel(header.events, (event) => this.#chooseEvent(event));
    this.#search = new SearchPanel(recording, {
      onHits: (hits) => this.#stage.timeline.showHits(hits),
      choose: ({ screen, row }) => {
        this.#closeComparison();
        this.#stage.player.pause();
        this.#stage.marks = { screen, rows: new Set(row === null ? [] : [row]) };
        if (row === null) this.#stage.say("Scrolled by before this screen");
        this.#stage.player.show(screen);
      },
    });
    this.#help = helpDialog();
    this.#tabs = new Tabs({
      ...(source.other && { Differences: this.#differencesPanel(header.other?.differences ?? []) }),
      "What happened": this.#events.element,
      Search: this.#search.element,
      About: aboutPanel(header, source.evidence),
    });
    this.element = element(
      "div",
      { class: "cassette page" },
      this.#header(header),
      ...(header.failure ? [this.#banner(header.failure)] : []),
      element("main", {}, this.#stage.element, element("aside", {}, this.#tabs.element)),
      this.#live,
      this.#help,
    );
    this.#listen();
  }

  /** Draws what has been read since, and goes where the address says. */
  start(): void {
    this.#useScheme();
    this.#stage.refresh();
    this.#follow(location.hash);
  }

  /** After more has been read. */
  update(): void {
    this.#stage.refresh();
  }

  /** When everything has been read. */
  complete(): void {
    this.#stage.refresh();
    this.#follow(location.hash);
    const { failure } = this.#source.recording.header;
    if (failure && location.hash === "") this.#showFailure(failure);
    else if (this.#source.other && location.hash === "") this.#showDifference(0);
    this.element.dataset.state = "complete";
  }

  /** Shows the screens before and after the last input. */
  compareInput(): void {
    if (this.#comparison) {
      this.#closeComparison();
      return;
    }
    const { recording } = this.#source;
    const inputs = recording.header.events.filter(({ kind }) => kind === "input");
    const { time } = this.#stage.player;
    const at = inputs.findLastIndex(({ t_ms }) => t_ms <= time);
    const input = inputs[Math.max(0, at)];
    if (!input) {
      this.#stage.say("Nothing was typed.");
      return;
    }
    const next = inputs[Math.max(0, at) + 1];
    const last = next ? recording.atSeq(next.seq) : recording.screens.length - 1;
    const [before, after] = [recording.screens[recording.atSeq(input.seq)], recording.screens[last]];
    if (!before || !after) return;
    this.#stage.player.pause();
    this.#compare(
      { label: `Before ${input.text}`, recording, screen: before },
      { label: "After", recording, screen: after },
    );
  }

  #header({ title, summary, events, sampled }: PageHeader): HTMLElement {
    const exit = events.findLast(({ kind }) => kind === "exit");
    return element(
      "header",
      {},
      element("h1", { title }, title),
      ...(exit ? [this.#outcome(exit)] : []),
      element("p", { class: "summary" }, summary),
      ...(sampled === null ? [] : [element("p", { class: "summary", role: "note" }, sampled)]),
      element(
        "button",
        { type: "button", class: "scheme", click: () => this.#useScheme(true) },
        "Light or dark",
      ),
      element("button", { type: "button", title: "Keys (?)", click: () => this.#help.showModal() }, "Keys"),
    );
  }

  /** How the program ended, and the last screen that says why. */
  #outcome(exit: PageEvent): HTMLElement {
    const isGood = exit.text === "exit 0";
    return element(
      "button",
      {
        type: "button",
        class: isGood ? "outcome" : "outcome bad",
        title: "Go to the end",
        click: () => this.#chooseEvent(exit),
      },
      isGood ? "✓ exit 0" : `✘ ${exit.text}`,
    );
  }

  #banner(failure: PageFailure): HTMLElement {
    return element(
      "div",
      { class: "banner", role: "alert" },
      element("strong", {}, "Failed: "),
      failure.message,
      " ",
      element("button", { type: "button", click: () => this.#showFailure(failure) }, "Show"),
    );
  }

  #showFailure({ seq, expected }: PageFailure): void {
    const { recording } = this.#source;
    const position = recording.atSeq(seq);
    this.#stage.player.show(position);
    const screen = recording.screens[position];
    if (!screen || !expected) return;
    const found: Side = { label: "Found", recording, screen };
    this.#compare(sideOfText("Expected", expected, found), found);
  }

  #differencesPanel(differences: readonly PageDifference[]): HTMLElement {
    if (differences.length === 0) return element("p", { class: "note" }, "The screens are the same.");
    const step = (by: number) =>
      this.#showDifference((this.#difference + by + differences.length) % differences.length);
    const items = differences.map(({ label, seq }, at) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "event", click: () => this.#showDifference(at) },
          element(
            "time",
            {},
            clock(this.#source.recording.screens[this.#source.recording.atSeq(seq)]?.t ?? 0),
          ),
          element("span", { class: "what" }, label),
        ),
      ),
    );
    return element(
      "div",
      {},
      element(
        "div",
        { class: "field" },
        element("button", { type: "button", click: () => step(-1) }, "Previous difference"),
        element("button", { type: "button", click: () => step(1) }, "Next difference"),
      ),
      element("ol", { class: "differences" }, ...items),
    );
  }

  #showDifference(at: number): void {
    const { recording, other } = this.#source;
    const difference = recording.header.other?.differences[at];
    if (!difference || !other) return;
    this.#difference = at;
    const buttons = this.element.querySelectorAll(".differences button");
    for (const [index, button] of buttons.entries()) button.toggleAttribute("aria-current", index === at);
    const position = recording.atSeq(difference.seq);
    this.#stage.player.show(position);
    const [a, b] = [recording.screens[position], other.screens[other.atSeq(difference.otherSeq)]];
    if (!a || !b) return;
    this.#compare(
      { label: `A: ${recording.header.title}`, recording, screen: a },
      { label: `B: ${other.header.title}`, recording: other, screen: b },
      difference.rows,
    );
  }

  #compare(a: Side, b: Side, rows?: readonly number[]): void {
    this.#closeComparison();
    this.#comparison = new Comparison([a, b], this.#sheets, rows);
    this.#stage.view.element.hidden = true;
    this.#stage.screens.append(this.#comparison.element);
    this.#fit();
  }

  #closeComparison(): void {
    this.#comparison?.element.remove();
    this.#comparison = null;
    this.#stage.view.element.hidden = false;
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#stage.screens;
    this.#comparison?.fit(clientWidth - 24, clientHeight > 200 ? clientHeight : window.innerHeight);
  }

  #chooseEvent(event: PageEvent): void {
    this.#closeComparison();
    this.#stage.showEvent(event);
  }

  #listen(): void {
    const { player } = this.#stage;
    player.addEventListener("change", () => {
      const screen = this.#source.recording.screens[player.position];
      this.#events.update(screen?.seq ?? 0);
      if (player.isPlaying && this.#comparison) this.#closeComparison();
      if (!player.isPlaying && screen) this.#announce(screen);
    });
    addEventListener("hashchange", () => this.#follow(location.hash));
    addEventListener(
      "keydown",
      keyHandler(this.#stage, {
        search: () => {
          this.#tabs.choose("Search");
          this.#search.focus();
        },
        nextHit: (by) => this.#search.step(by),
        compare: () => this.compareInput(),
        help: () => this.#help.showModal(),
        close: () => this.#closeComparison(),
      }),
    );
    addEventListener("resize", () => this.#fit());
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.#useScheme());
  }

  /** Reports to a screen reader the row that the cursor is in. */
  #announce({ rows, cursor, t }: ShownScreen): void {
    const text = this.#source.recording.textOf(rows[cursor?.[0] ?? 0] ?? -1);
    this.#live.textContent = `${clock(t)}: ${text}`;
  }

  #useScheme(other = false): void {
    const { dataset } = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const now = dataset.scheme === "light" || dataset.scheme === "dark" ? dataset.scheme : system;
    const scheme = other ? (now === "light" ? "dark" : "light") : now;
    if (other) dataset.scheme = scheme;
    this.#sheets.useScheme(scheme);
    this.#stage.refresh();
  }

  /** Goes to a moment: `#t=12.5`, `#seq=42`, `#mark=label`; without one, to the first screen with text. */
  #follow(hash: string): void {
    const { recording } = this.#source;
    const [, name, value = ""] = /^#(t|seq|mark)=(.+)$/.exec(decoded(hash)) ?? [];
    const { player } = this.#stage;
    if (name === "t") player.seek(Number(value) * 1_000 || 0);
    else if (name === "seq") player.show(recording.atSeq(Number(value) || 0));
    else if (name === "mark") {
      const mark = recording.header.events.find(({ kind, text }) => kind === "mark" && text === value);
      if (mark) this.#chooseEvent(mark);
    } else if (player.time === 0)
      player.show(recording.screens.findIndex(({ rows }) => rows.some((row) => row >= 0)));
  }
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

function helpDialog(): HTMLDialogElement {
  const rows = KEYS.flatMap(([key, what]) => [
    element("dt", {}, element("kbd", {}, key)),
    element("dd", {}, what),
  ]);
  const close = element("form", { method: "dialog" }, element("button", {}, "Close"));
  return element(
    "dialog",
    { "aria-label": "Keys" },
    element("h2", {}, "Keys"),
    element("dl", { class: "keys" }, ...rows),
    close,
  );
}

let tabsMade = 0;

/** Panels of which one is shown. */
class Tabs {
  readonly element: HTMLElement;
  readonly #tabs = new Map<string, { tab: HTMLButtonElement; panel: HTMLElement }>();

  constructor(panels: Readonly<Record<string, HTMLElement>>) {
    const prefix = `tabs${tabsMade++}`;
    for (const [index, [name, content]] of Object.entries(panels).entries()) {
      const [tabId, panelId] = [`${prefix}-tab${index}`, `${prefix}-panel${index}`];
      const tab = element(
        "button",
        { type: "button", role: "tab", id: tabId, "aria-controls": panelId, click: () => this.choose(name) },
        name,
      );
      const panel = element(
        "div",
        { class: "panel", role: "tabpanel", id: panelId, "aria-labelledby": tabId, tabindex: "0" },
        content,
      );
      this.#tabs.set(name, { tab, panel });
    }
    const all = [...this.#tabs.values()];
    this.element = element(
      "div",
      { class: "tabs" },
      element("div", { role: "tablist", "aria-label": "Panels" }, ...all.map(({ tab }) => tab)),
      ...all.map(({ panel }) => panel),
    );
    this.choose(Object.keys(panels)[0] ?? "");
  }

  choose(name: string): void {
    for (const [other, { tab, panel }] of this.#tabs) {
      tab.setAttribute("aria-selected", String(other === name));
      panel.hidden = other !== name;
    }
  }
}
