import type { CassetteEvent, FinalRecord, InputRecord, Sleeper } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { createAbsoluteSleeper } from "../replay/absolute-sleeper.js";
import type { ReplayMode } from "../replay/replay.js";
import { systemClock } from "../system-clock.js";
import type { InputDifference, InputMatcher } from "./input-matcher.js";

/** What a performance works with. */
export interface PerformOptions {
  matcher: InputMatcher;
  /** Prints one recorded chunk; the next follows when it has resolved. */
  print: (bytes: Uint8Array, event: CassetteEvent) => Promise<void> | void;
  /** Resolves when more has arrived at the matcher; false: nothing more will. */
  moreInput: (awaited: InputRecord) => Promise<boolean>;
  /** Gaps before output; what the driver takes for its input is its own affair. Collapsed unless told. */
  mode?: ReplayMode;
  /** Factor on gaps in mode "scaled". Default 1. */
  scale?: number;
  /** What to wait with; made anew after each input. The system's clock unless told. */
  createSleeper?: () => Sleeper;
}

/** How a performance came to its end. */
export type Performance =
  | { kind: "ended"; final: FinalRecord }
  /** The recording ended, and this had arrived and was not asked for. */
  | { kind: "unused"; final: FinalRecord; got: Uint8Array }
  | InputDifference
  /** No more input will come, and this was wanted. */
  | { kind: "abandoned"; record: InputRecord; got: Uint8Array };

/**
 * Does what the recorded program did: prints what was recorded up to the next recorded input, waits until that has arrived,
 * and goes on to the end.
 */
export async function perform(
  cassette: Pick<Cassette, "events" | "bytes" | "final">,
  options: PerformOptions,
): Promise<Performance> {
  const { matcher, print, moreInput } = options;
  const schedule = createSchedule(options);
  for await (const event of cassette.events({ kinds: ["input", "output"] })) {
    if (event.kind === "output") {
      const bytes = await cassette.bytes(event.record);
      await schedule.until(event.t_ms);
      await print(bytes, event);
    } else if (event.kind === "input") {
      let met = matcher.meet(event.record);
      while (met === "waiting") {
        if (!(await moreInput(event.record)))
          return { kind: "abandoned", record: event.record, got: matcher.unused() };
        met = matcher.meet(event.record);
      }
      if (met !== "met") return met;
      schedule.restart(event.t_ms);
    }
  }
  await schedule.until(cassette.final.t_ms);
  const got = matcher.unused();
  return got.length > 0
    ? { kind: "unused", final: cassette.final, got }
    : { kind: "ended", final: cassette.final };
}

function createSchedule({ mode = "collapsed", scale = 1, createSleeper }: PerformOptions) {
  const factor = mode === "collapsed" ? 0 : mode === "scaled" ? scale : 1;
  const newSleeper = createSleeper ?? (() => createAbsoluteSleeper(systemClock));
  let sleeper = factor > 0 ? newSleeper() : null;
  let previous = 0;
  return {
    async until(t_ms: number): Promise<void> {
      const gap = (t_ms - previous) * factor;
      previous = t_ms;
      if (gap > 0) await sleeper?.(gap);
    },
    restart(t_ms: number): void {
      previous = t_ms;
      if (factor > 0) sleeper = newSleeper();
    },
  };
}
