import { clock, element } from "./elements.js";
import { scrollWithin } from "./events-panel.js";
import type { Recording } from "./recording.js";
import { type Hit, patternOf, search } from "./search.js";

/** Further hits are only counted. */
const MOST_LISTED = 500;

/** Search over all screens. */
export class SearchPanel {
  readonly element: HTMLElement;
  readonly #recording: Recording;
  readonly #onHits: (hits: readonly Hit[]) => void;
  readonly #choose: (hit: Hit) => void;
  readonly #input: HTMLInputElement;
  readonly #expression = element("input", { type: "checkbox", change: () => this.run() });
  readonly #count = element("p", { class: "note", role: "status" });
  readonly #list = element("ol", { class: "hits" });
  #hits: readonly Hit[] = [];
  #at = -1;

  constructor(
    recording: Recording,
    { onHits, choose }: { onHits: (hits: readonly Hit[]) => void; choose: (hit: Hit) => void },
  ) {
    this.#recording = recording;
    this.#onHits = onHits;
    this.#choose = choose;
    this.#input = element("input", {
      type: "search",
      placeholder: "Text on any screen",
      "aria-label": "Search all screens",
      input: () => this.run(),
      keydown: (event) => {
        if (event instanceof KeyboardEvent && event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
      },
    });
    const button = (label: string, step: number) =>
      element(
        "button",
        { type: "button", "aria-label": label, title: label, click: () => this.step(step) },
        step < 0 ? "↑" : "↓",
      );
    this.element = element(
      "div",
      {},
      element("div", { class: "field" }, this.#input, button("Previous hit", -1), button("Next hit", 1)),
      element("label", { class: "check" }, this.#expression, "Regular expression"),
      this.#count,
      this.#list,
    );
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Searches again: also when more has been read. */
  run(): void {
    this.#at = -1;
    this.#hits = this.#find();
    this.#list.replaceChildren(...this.#hits.slice(0, MOST_LISTED).map((hit, at) => this.#item(hit, at)));
    this.#onHits(this.#hits);
  }

  step(by: number): void {
    if (this.#hits.length === 0) return;
    const first = this.#at < 0 && by < 0 ? 0 : this.#at;
    this.#go((first + by + this.#hits.length) % this.#hits.length);
  }

  #find(): readonly Hit[] {
    const { value } = this.#input;
    this.#input.removeAttribute("aria-invalid");
    if (value === "") {
      this.#count.textContent = "";
      return [];
    }
    try {
      const hits = search(this.#recording, patternOf(value, this.#expression.checked));
      const places = hits.length === 1 ? "1 place" : `${hits.length.toLocaleString("en")} places`;
      this.#count.textContent = hits.length === 0 ? "Not found." : places;
      return hits;
    } catch {
      this.#input.setAttribute("aria-invalid", "true");
      this.#count.textContent = "This is no regular expression.";
      return [];
    }
  }

  #item(hit: Hit, at: number): HTMLElement {
    const time = clock(this.#recording.screens[hit.screen]?.t ?? 0);
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "event", click: () => this.#go(at) },
        element("time", {}, time),
        element("span", { class: "what" }, hit.text.trim()),
      ),
    );
  }

  #go(at: number): void {
    const buttons = this.#list.querySelectorAll("button");
    buttons[this.#at]?.removeAttribute("aria-current");
    this.#at = at;
    buttons[at]?.setAttribute("aria-current", "true");
    const item = buttons[at]?.closest("li");
    if (item) scrollWithin(item);
    const hit = this.#hits[at];
    if (!hit) return;
    this.#count.textContent = `${at + 1} of ${this.#hits.length.toLocaleString("en")} ${this.#hits.length === 1 ? "place" : "places"}`;
    this.#choose(hit);
  }
}
