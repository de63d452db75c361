import type { Redactor } from "@cassette/format";

/** Scrubs text that arrives in pieces. */
export interface TextFilter {
  /** Takes a piece; returns the scrubbed text that is ready. */
  push(piece: string): string;
  /** The rest. */
  end(): string;
  /** Number of hits of each rule in the returned text. */
  readonly hits: ReadonlyMap<string, number>;
}

/** Characters scrubbed together: a secret may span many lines, as a private key does. */
const WINDOW = 1 << 18;
/** A line this near to the end of the window may belong to an unfinished secret. */
const CONTEXT = 1 << 14;

/** Makes a filter; the pieces may be cut anywhere, and memory stays flat where nothing spans the whole text. */
export function createTextFilter({ scrubText }: Pick<Redactor, "scrubText">): TextFilter {
  const hits = new Map<string, number>();
  let held = "";
  let enough = WINDOW;

  function take(text: string): string {
    const { text: scrubbed, report } = scrubText(text);
    for (const [rule, count] of Object.entries(report.hit_counts ?? {})) {
      hits.set(rule, (hits.get(rule) ?? 0) + count);
    }
    return scrubbed;
  }

  /** A line end at which the text can be split without changing the result; 0 if there is none. */
  function findCut(): number {
    const whole = scrubText(held).text;
    for (let cut = held.length - CONTEXT; cut > 0; cut -= CONTEXT) {
      cut = held.lastIndexOf("\n", cut) + 1;
      if (cut > 0 && scrubText(held.slice(0, cut)).text + scrubText(held.slice(cut)).text === whole)
        return cut;
    }
    return 0;
  }

  return {
    push(piece) {
      held += piece;
      if (held.length < enough) return "";
      const cut = findCut();
      const ready = take(held.slice(0, cut));
      held = held.slice(cut);
      // Text that cannot be split is not tried again at every piece.
      enough = Math.max(WINDOW, held.length * 2);
      return ready;
    },
    end() {
      const rest = take(held);
      held = "";
      return rest;
    },
    hits,
  };
}
