import type { PageEvent } from "../src/lib/page/page-data.js";
import { clock, element } from "./elements.js";

const KINDS: Readonly<Record<PageEvent["kind"], string>> = {
  input: "input",
  mark: "mark",
  service: "service",
  resize: "resize",
  exit: "exit",
};

/** The list of what happened; one press goes there. */
export class EventsPanel {
  readonly element: HTMLElement;
  readonly #items: { event: PageEvent; button: HTMLButtonElement; item: HTMLElement }[];
  #current = -1;

  constructor(events: readonly PageEvent[], choose: (event: PageEvent) => void) {
    this.#items = events.map((event) => {
      const button = element(
        "button",
        { type: "button", class: `event ${event.kind}`, click: () => choose(event) },
        element("time", {}, clock(event.t_ms)),
        element("span", { class: "kind" }, KINDS[event.kind]),
        element("span", { class: "what" }, event.text),
      );
      const item = element("li", {}, button);
      if (event.detail !== undefined)
        item.append(element("details", {}, element("summary", {}, "JSON"), element("pre", {}, event.detail)));
      return { event, button, item };
    });
    const list = element("ol", { class: "events" }, ...this.#items.map(({ item }) => item));
    const filter = element("input", {
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter the events",
      input: () => this.#filter(filter.value),
    });
    const empty = element("p", { class: "note" }, "Nothing was typed, and nothing else is noted.");
    this.element = element("div", {}, ...(events.length > 0 ? [filter, list] : [empty]));
  }

  /** Points out the last event not after a `seq`. */
  update(seq: number): void {
    const at = this.#items.findLastIndex(({ event }) => event.seq <= seq);
    if (at === this.#current) return;
    this.#items[this.#current]?.button.removeAttribute("aria-current");
    this.#current = at;
    const item = this.#items[at];
    item?.button.setAttribute("aria-current", "step");
    if (item && this.element.offsetParent !== null) scrollWithin(item.item);
  }

  #filter(text: string): void {
    const wanted = text.toLowerCase();
    for (const { event, item } of this.#items)
      item.hidden = !`${event.kind} ${event.text} ${event.detail ?? ""}`.toLowerCase().includes(wanted);
  }
}

/** `scrollIntoView` would scroll the page as well. */
export function scrollWithin(item: HTMLElement): void {
  const list = item.closest<HTMLElement>(".panel");
  if (!list) return;
  const [top, bottom] = [item.offsetTop, item.offsetTop + item.offsetHeight];
  if (top < list.scrollTop + 50) list.scrollTop = top - 50;
  else if (bottom > list.scrollTop + list.clientHeight - 10) list.scrollTop = bottom - list.clientHeight + 10;
}
