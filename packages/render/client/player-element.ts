import type { PageHeader } from "../src/lib/page/page-data.js";
import { element } from "./elements.js";
import { Recording, unpackBlock } from "./recording.js";
import { StyleSheets } from "./screen-view.js";
import { Stage } from "./stage.js";

declare const __PAGE_STYLE__: string;

/** `<cassette-player src="demo.data">`: plays a data file that `cassette view --data` wrote. */
class CassettePlayer extends HTMLElement {
  static readonly observedAttributes = ["src"];
  readonly #root = this.attachShadow({ mode: "open" });
  #loading = new AbortController();

  attributeChangedCallback(): void {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    void this.#load(signal).catch(() => {
      if (!signal.aborted)
        this.#root.replaceChildren(element("p", { role: "alert" }, "The recording could not be loaded."));
    });
  }

  async #load(signal: AbortSignal): Promise<void> {
    const response = await fetch(this.getAttribute("src") ?? "", { signal });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    const [header = "", ...blocks] = (await response.text()).trimEnd().split("\n");
    const recording = new Recording(JSON.parse(header) as PageHeader);
    for (const block of blocks) recording.add(await unpackBlock(block));
    const sheets = new StyleSheets();
    const style = new CSSStyleSheet();
    style.replaceSync(__PAGE_STYLE__);
    this.#root.adoptedStyleSheets = [style, sheets.sheet];
    const stage = new Stage(recording, sheets);
    this.#root.replaceChildren(element("div", { class: "cassette player" }, stage.element));
    const light = matchMedia("(prefers-color-scheme: light)");
    const useScheme = () => {
      sheets.useScheme(light.matches ? "light" : "dark");
      stage.refresh();
    };
    light.addEventListener("change", useScheme, { signal });
    useScheme();
    this.dispatchEvent(new Event("load"));
  }
}

customElements.define("cassette-player", CassettePlayer);
