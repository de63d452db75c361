import type { Stage } from "./stage.js";

/** What the page's keys do besides moving. */
export interface KeyActions {
  search(): void;
  nextHit(by: number): void;
  compare(): void;
  help(): void;
  close(): void;
}

/** The keys, as help lists them; most are those of `cassette play`. */
export const KEYS: readonly (readonly [key: string, what: string])[] = [
  ["space", "play, pause"],
  [", .", "previous and next change"],
  ["k j", "previous and next input"],
  ["[ ]", "previous and next mark"],
  ["← →", "5 seconds; with Shift, a tenth of the recording"],
  ["0 … 9", "to that tenth of the recording"],
  ["+ -", "faster, slower"],
  ["/", "search; then n and N for the next and previous place"],
  ["b", "the screens before and after the last input"],
  ["Esc", "back to one screen"],
  ["?", "this list"],
];

/** Makes a listener for keys, which leaves those of fields, lists and buttons alone. */
export function keyHandler(stage: Stage, actions: KeyActions): (event: KeyboardEvent) => void {
  const { player } = stage;
  const move = (ms: number) => player.seek(player.time + ms);
  const act: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    " ": () => player.toggle(),
    ",": () => stage.stepChange(-1),
    ".": () => stage.stepChange(1),
    k: () => stage.stepInput(-1),
    j: () => stage.stepInput(1),
    "[": () => stage.stepMark(-1),
    "]": () => stage.stepMark(1),
    ArrowLeft: ({ shiftKey }) => move(shiftKey ? -player.recording.duration / 10 : -5_000),
    ArrowRight: ({ shiftKey }) => move(shiftKey ? player.recording.duration / 10 : 5_000),
    Home: () => player.seek(0),
    End: () => player.seek(player.recording.duration),
    "+": () => stage.changeSpeed(1),
    "=": () => stage.changeSpeed(1),
    "-": () => stage.changeSpeed(-1),
    "/": () => actions.search(),
    n: () => actions.nextHit(1),
    N: () => actions.nextHit(-1),
    b: () => actions.compare(),
    "?": () => actions.help(),
    Escape: () => actions.close(),
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : null;
    const action =
      digit === null ? act[event.key] : () => player.seek((player.recording.duration * digit) / 10);
    if (!action) return;
    event.preventDefault();
    action(event);
  };
}

function isTyping({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]")) return true;
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) return target.type !== "range" && !(key === "Escape");
  return key === " " && (target instanceof HTMLButtonElement || target.tagName === "SUMMARY");
}
