/** What a conversion may lose, by name: how it is lost, and the sentence for `count` of it. */
const LOSSES = {
  "truncated-end": loss("dropped", "the incomplete end of the source", "bytes"),
  "invalid-bytes": loss("dropped", "bytes that are not UTF-8, written as U+FFFD", "sequences"),
  "lone-surrogates": loss("dropped", "halves of surrogate pairs, read as U+FFFD", "events"),
  "foreign-events": loss("dropped", "events that the target has no form for", "events"),
  input: loss("dropped", "input; ask for it with --input", "events"),
  "input-of-another-file": loss("dropped", "input that is in another file", "events"),
  "withheld-input": loss("dropped", "input that was withheld when it was recorded", "events"),
  "input-details": loss("dropped", "names of keys, replies of the terminal and masks of input", "events"),
  resizes: loss("dropped", "resizes", "events"),
  marks: loss("dropped", "marks", "events"),
  signals: loss("dropped", "signals sent to the program", "events"),
  "service-events": loss("dropped", "service events", "events"),
  "empty-output": loss("dropped", "reads without a byte", "events"),
  exit: loss("dropped", "how the program ended", "times"),
  "signal-of-exit": loss(
    "rounded",
    "the signal that ended the program, written as 128 and its number",
    "times",
  ),
  "end-time": loss("dropped", "the time from the last event to the end", "times"),
  "leading-pause": loss("dropped", "the pause before the first output", "times"),
  size: loss("dropped", "the size of the terminal", "times"),
  title: loss("dropped", "the title", "times"),
  facts: loss("dropped", "facts of the recording", "fields"),
  "pipe-streams": loss("dropped", "streams of pipes", "events"),
  "other-recordings": loss("dropped", "messages of other recordings in the file", "messages"),
  "untimed-output": loss("dropped", "output that the timing does not describe", "bytes"),
  "split-characters": loss(
    "merged",
    "characters that were cut between events, moved to the later one",
    "characters",
  ),
  arguments: loss("merged", "arguments of the command, joined to one line", "arguments"),
  "rounded-times": loss("rounded", "times finer than the target's resolution", "events"),
  "rounded-start": loss("rounded", "the date of the recording, which is kept in whole seconds", "times"),
  "falling-times": loss("guessed", "times that fall; the time before was taken", "events"),
  "unknown-size": loss("guessed", "a size that the source does not say", "sizes"),
  "unknown-start": loss("guessed", "the date of the recording; that of the conversion was taken", "times"),
} as const;

/** How something is lost. */
export type LossKind = "dropped" | "merged" | "rounded" | "guessed";

/** The name of a loss. */
export type LossName = keyof typeof LOSSES;

/** How an event is lost that a format has no form for. */
export const LOST_EVENTS = {
  input: "input",
  resize: "resizes",
  mark: "marks",
  signal: "signals",
  foreign: "foreign-events",
} as const satisfies Record<string, LossName>;

/** A loss in a report. */
export interface Loss {
  name: LossName;
  kind: LossKind;
  /** Of the unit. */
  count: number;
  unit: string;
  /** What is lost, in words. */
  what: string;
}

/** Counts losses. */
export interface LossTally {
  add(name: LossName, count?: number): void;
  /** All that were counted, in the order of {@link LOSSES}. */
  list(): Loss[];
}

/** Makes a tally; with a parent's losses in it, for a conversion in steps. */
export function createLossTally(...parents: readonly LossTally[]): LossTally {
  const counts = new Map<LossName, number>();
  return {
    add(name, count = 1) {
      if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
    },
    list() {
      const all = new Map(counts);
      for (const { name, count } of parents.flatMap((parent) => parent.list()))
        all.set(name, (all.get(name) ?? 0) + count);
      return (Object.keys(LOSSES) as LossName[]).flatMap((name) => {
        const count = all.get(name);
        return count === undefined ? [] : [{ name, ...LOSSES[name], count }];
      });
    },
  };
}

/** A loss as a sentence: `dropped: resizes (3 events)`. */
export function lossText({ kind, what, count, unit }: Loss): string {
  return `${kind}: ${what} (${count} ${count === 1 ? unit.replace(/s$/, "") : unit})`;
}

function loss(kind: LossKind, what: string, unit: string) {
  return { kind, what, unit };
}
