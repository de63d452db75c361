/** How fast a program reacts to keys, so that a screen is not taken to be at rest before it has shown them. */
export interface ReactionTime {
  typed(t_ms: number): void;
  printed(t_ms: number): void;
  /** Milliseconds without output after which a screen is at rest. */
  restMs(): number;
}

/** A screen that is drawn in several writes is at rest after so long without one. */
const REST_MS = 50;
const MOST_REST_MS = 500;
/** How many reactions are remembered. */
const MOST_KEPT = 8;

/** Starts with nothing measured. */
export function createReactionTime(): ReactionTime {
  const kept: number[] = [];
  let typedMs: number | null = null;
  return {
    typed(t_ms) {
      typedMs ??= t_ms;
    },
    printed(t_ms) {
      if (typedMs === null) return;
      kept.push(t_ms - typedMs);
      if (kept.length > MOST_KEPT) kept.shift();
      typedMs = null;
    },
    restMs: () => Math.min(MOST_REST_MS, Math.max(REST_MS, ...kept.map((each) => 2 * each))),
  };
}
