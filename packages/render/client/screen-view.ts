import { BACKGROUND } from "../src/lib/grid/color.js";
import type { Style } from "../src/lib/grid/style.js";
import { namedTheme } from "../src/lib/theme/named-themes.js";
import { hexColor, resolveColor, resolveText, type Theme } from "../src/lib/theme/theme.js";
import { element } from "./elements.js";
import type { Recording, ShownScreen } from "./recording.js";

const LIGHT = namedTheme("light");
const DARK = namedTheme("dark");

/** Height of a row in units of the font's size. */
const LINE = 1.2;
const LARGEST_FONT = 18;
const SMALLEST_FONT = 4;

/** Styles as rules that every view of a page shares: one class for each. */
export class StyleSheets {
  readonly sheet = new CSSStyleSheet();
  readonly #recordings: { recording: Recording; prefix: string; done: number }[] = [];
  scheme: "light" | "dark" = "dark";

  get theme(): Theme {
    return this.scheme === "light" ? LIGHT : DARK;
  }

  useScheme(scheme: "light" | "dark"): void {
    this.scheme = scheme;
    for (const entry of this.#recordings) entry.done = 0;
    this.sheet.replaceSync("");
    this.update();
  }

  /** Class names of a recording's styles begin with a prefix of its own. */
  add(recording: Recording): string {
    const known = this.#recordings.find((entry) => entry.recording === recording);
    if (known) return known.prefix;
    const prefix = `s${this.#recordings.length}-`;
    this.#recordings.push({ recording, prefix, done: 0 });
    this.update();
    return prefix;
  }

  /** Adds rules for what was read since. */
  update(): void {
    for (const entry of this.#recordings) {
      const { styles } = entry.recording;
      for (; entry.done < styles.length; entry.done++) {
        const style = styles[entry.done] as Style;
        this.sheet.insertRule(`.${entry.prefix}${entry.done}{${declarations(style, this.theme)}}`);
      }
    }
  }
}

function declarations(style: Style, theme: Theme): string {
  const { fg, bg, bold, italic, faint } = style;
  return [
    `color:${hexColor(resolveText(fg, faint ? bg : null, theme))}`,
    // The screen's own, or the mark of a row, shows through.
    bg === BACKGROUND ? "" : `background:${hexColor(resolveColor(bg, theme))}`,
    bold ? "font-weight:bold" : "",
    italic ? "font-style:italic" : "",
    ...decorations(style, theme),
  ]
    .filter(Boolean)
    .join(";");
}

const UNDERLINES = { single: "solid", double: "double", curly: "wavy", dotted: "dotted", dashed: "dashed" };

/** The declarations of lines under the text and through it; empty texts where there is none. */
function decorations({ strike, underline, link }: Style, theme: Theme): string[] {
  const lines = [underline || link ? "underline" : "", strike ? "line-through" : ""].filter(Boolean);
  return [
    lines.length > 0 ? `text-decoration-line:${lines.join(" ")}` : "",
    underline ? `text-decoration-style:${UNDERLINES[underline.kind]}` : "",
    underline?.color == null ? "" : `text-decoration-color:${hexColor(resolveColor(underline.color, theme))}`,
  ];
}

/** A screen as text in rows, each row redrawn only when it has changed. */
export class ScreenView {
  readonly element = element("div", { class: "screen", role: "group", "aria-label": "Terminal" });
  readonly #recording: Recording;
  readonly #sheets: StyleSheets;
  readonly #prefix: string;
  readonly #text = element("div", { class: "rows" });
  readonly #cursor = element("div", { class: "cursor", "aria-hidden": "true" });
  #lines: { row: number; element: HTMLElement }[] = [];
  #screen: ShownScreen | undefined;
  #marked: ReadonlySet<number> = new Set();

  constructor(recording: Recording, sheets: StyleSheets) {
    this.#recording = recording;
    this.#sheets = sheets;
    this.#prefix = sheets.add(recording);
    this.#text.append(this.#cursor);
    this.element.append(this.#text);
  }

  get screen(): ShownScreen | undefined {
    return this.#screen;
  }

  /** @param marked rows to point out. */
  show(screen: ShownScreen, marked: ReadonlySet<number> = new Set()): void {
    this.#screen = screen;
    const { rows } = screen;
    while (this.#lines.length > rows.length) this.#lines.pop()?.element.remove();
    for (const [at, row] of rows.entries()) this.#line(at, row);
    if (marked.size > 0 || this.#marked.size > 0)
      for (const [at, line] of this.#lines.entries()) line.element.classList.toggle("marked", marked.has(at));
    this.#marked = marked;
    this.#placeCursor(screen);
    const { style } = this.#text;
    style.width = `${screen.cols}ch`;
    style.height = `${rows.length * LINE}em`;
    this.element.style.background = hexColor(resolveColor(screen.background, this.#sheets.theme));
    this.element.style.color = hexColor(this.#sheets.theme.foreground);
  }

  /** Draws again with other colours. */
  refresh(): void {
    if (this.#screen) this.show(this.#screen, this.#marked);
  }

  /** Chooses the largest font with which the screen fits. @param width, height in pixels */
  fit(width: number, height: number): void {
    const cols = this.#screen?.cols ?? 80;
    const rows = this.#screen?.rows.length ?? 24;
    const fits = Math.min(width / (cols * charWidth()), height / (rows * LINE), LARGEST_FONT);
    this.element.style.fontSize = `${Math.max(SMALLEST_FONT, Math.floor(fits * 100) / 100)}px`;
  }

  #line(at: number, row: number): void {
    let line = this.#lines[at];
    if (line?.row === row) return;
    if (line === undefined) {
      line = { row, element: element("div", { class: "row" }) };
      this.#lines.push(line);
      this.#text.append(line.element);
    }
    line.row = row;
    line.element.replaceChildren(...this.#runs(row), "\n");
  }

  #runs(row: number): Node[] {
    return (this.#recording.rows[row] ?? []).map(([style, text, width]) => {
      const run = document.createElement("span");
      run.className = `${this.#prefix}${style}`;
      run.textContent = text;
      if (width !== undefined) {
        run.classList.add("cell");
        run.style.width = `${width}ch`;
      }
      const { link } = this.#recording.styles[style] ?? {};
      if (link) run.title = link;
      return run;
    });
  }

  #placeCursor({ cursor, shape }: ShownScreen): void {
    this.#cursor.hidden = cursor === null;
    this.#cursor.className = `cursor ${shape}`;
    if (cursor === null) return;
    this.#cursor.style.left = `${cursor[1]}ch`;
    this.#cursor.style.top = `${cursor[0] * LINE}em`;
  }
}

let measured: number | undefined;

/** Width of a character in units of the font's size. */
function charWidth(): number {
  if (measured !== undefined) return measured;
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return 0.6;
  context.font = `100px ${MONOSPACED}`;
  measured = context.measureText("0").width / 100 || 0.6;
  return measured;
}

const MONOSPACED =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
