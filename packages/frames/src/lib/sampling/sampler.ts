import type { Emulator, SampledEvent, SampledFrame } from "@cassette/format";
import { createFrameSchedule } from "./frame-schedule.js";
import { DEFAULT_POLICY, type FramePolicy } from "./policy.js";
import { isSameScreen, type WireScreen, wireScreen } from "./wire-screen.js";

/** Takes the frames of a recording, live or afterwards, with the same result. */
export interface Sampler {
  /**
   * Receives the next event; await it before the next call. Feeds the emulator, which must not be fed by anything else.
   * @returns the frames that are now known to be kept, in order. They precede the event's own record, except
   * those of a resize or mark, which follow it (see `afterSeq`).
   */
  observe(event: SampledEvent): Promise<SampledFrame[]>;
}

/** What a sampler needs. */
export interface SamplerOptions {
  emulator: Emulator;
  /** Default: {@link DEFAULT_POLICY}. */
  policy?: FramePolicy;
  /** Whether frames have cells. Default: false. */
  cells?: boolean;
}

/** Synchronised output that lasts longer is shown half drawn: no terminal waits for ever. */
const LONGEST_SYNCHRONIZED_MS = 1_000;

/** Makes a sampler. It decides from recorded times only. */
export function createSampler({ emulator, policy = DEFAULT_POLICY, cells = false }: SamplerOptions): Sampler {
  const schedule = createFrameSchedule(policy);
  let position = { seq: 0, t_ms: 0 };
  let fedBytes = 0;
  let previousEnd = 0;
  let lastScreen: WireScreen | undefined;
  let synchronizedSince: number | null = null;

  /** Whether the program is inside a synchronised update, which it asked not to be shown. */
  const isHalfDrawn = (now: number) =>
    synchronizedSince !== null && now - synchronizedSince < LONGEST_SYNCHRONIZED_MS;

  function take(t_ms: number, into: SampledFrame[]): void {
    schedule.taken(t_ms);
    const screen = wireScreen(emulator.snapshot({ cells }));
    if (lastScreen && isSameScreen(screen, lastScreen)) return;
    lastScreen = screen;
    const raw_start = previousEnd;
    previousEnd = fedBytes;
    const offsets = { raw_start, raw_end: fedBytes, parser_offset: fedBytes - emulator.pendingBytes };
    into.push({ afterSeq: position.seq, frame: { t_ms: position.t_ms, ...screen, ...offsets } });
  }

  function applied(event: SampledEvent): void {
    if (event.kind === "output") {
      fedBytes += event.bytes.length;
      synchronizedSince = emulator.synchronized ? (synchronizedSince ?? event.t_ms) : null;
    }
    schedule.applied(event.kind, event.t_ms);
    position = { seq: event.seq, t_ms: event.t_ms };
  }

  return {
    async observe(event) {
      const { kind, t_ms } = event;
      const isLast = kind === "final";
      const frames: SampledFrame[] = [];
      if (schedule.isDueBefore(kind, t_ms) && (isLast || !isHalfDrawn(t_ms))) take(t_ms, frames);
      if (isLast) return frames;
      if (kind === "output") await emulator.feed(event.bytes);
      else if (kind === "resize") emulator.resize({ rows: event.size.Rows, cols: event.size.Cols });
      applied(event);
      if (schedule.isDueAfter(kind) && !isHalfDrawn(t_ms)) take(t_ms, frames);
      return frames;
    },
  };
}
