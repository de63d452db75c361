import type { ScrubStreamOptions, StreamEvent } from "@cassette/format";
import type { Detector } from "./engine/detector.js";
import { createLookBudget } from "./screen/look-budget.js";
import { createMoments } from "./screen/moments.js";
import { createScreenGlance } from "./screen/screen-glance.js";
import { createScreenWatch, type ScreenWatch } from "./screen/screen-watch.js";
import { createExtractor, type ExtractorOptions } from "./stream/extractor.js";
import { createHitLog, type HitLog } from "./stream/hit-log.js";
import { createKnownSecrets } from "./stream/known-secrets.js";
import type { SourceHit } from "./stream/lane.js";

/** A screen is looked at at least this often while the cursor jumps about. */
const PIECE = 4_096;
/** A screen that is only scrolled is looked at this often, so that its characters are known when the cursor jumps. */
const LONGEST_UNSEEN = 1 << 18;

/** What a stream holds. */
export interface Detected {
  log: HitLog;
  /** Something was drawn out of order, and the screen was not looked at; or it was looked at, and something is there. */
  unseen: boolean;
  /** Screens were not looked at that would have been, had the stream been longer or its screens smaller. */
  overlooked: boolean;
}

/** Reads a whole stream and finds what is to be masked in it. */
export async function detectInStream(
  events: AsyncIterable<StreamEvent> | Iterable<StreamEvent>,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
  { provenance, screens, signal }: ScrubStreamOptions,
): Promise<Detected> {
  const log = createHitLog(isAllowed);
  const glance = screens && !provenance ? createScreenGlance(screens, detector, isAllowed) : undefined;
  const known = createKnownSecrets(detector.secretRules);
  const report = (hit: SourceHit) => {
    const isMasked = log.add(hit);
    if (isMasked) known.learn(hit);
    return isMasked;
  };
  const watch = provenance ? createScreenWatch(provenance, detector, report, known) : glance;
  const scan = createScan({ detector, report, also: known }, watch);
  for await (const event of events) {
    signal?.throwIfAborted();
    if ("look" in event) scan.look();
    else if ("resize" in event) {
      scan.lookIfAllowed();
      (provenance ?? screens)?.resize(event.resize);
    } else {
      for (let at = 0; at < event.bytes.length; at += PIECE)
        await scan.push(event.bytes.subarray(at, at + PIECE));
    }
  }
  scan.look();
  scan.finish();
  const unseen = glance ? glance.hasSeenMoreThan(log.all()) : watch === undefined && scan.hasJumped;
  return { log, unseen, overlooked: scan.isOverlooking };
}

/** Feeds both views of a stream: what it says in its own order, and what it shows. */
function createScan(options: ExtractorOptions, watch: ScreenWatch | undefined) {
  let offset = 0;
  let lookedAt = 0;
  let hasMoved = false;
  let hasJumped = false;
  const moments = createMoments();
  const budget = createLookBudget(watch?.weight ?? 0);
  const extractor = createExtractor({
    ...options,
    onEffect(effect, at) {
      hasMoved = true;
      hasJumped = true;
      if (watch && effect !== "moves") moments.add(effect, at);
    },
  });

  function look(): void {
    if (watch) budget.spend(watch.look());
    lookedAt = offset;
  }

  function lookIfAllowed(): void {
    if (budget.allows(offset)) look();
  }

  async function show(part: Uint8Array): Promise<void> {
    await watch?.feed(part, offset);
    offset += part.length;
    if (!hasMoved && offset - lookedAt <= LONGEST_UNSEEN) return;
    lookIfAllowed();
  }

  return {
    look,
    lookIfAllowed,
    async push(piece: Uint8Array): Promise<void> {
      const start = offset;
      extractor.push(piece, start);
      for (const at of watch ? moments.take(piece, start, hasMoved, lookedAt) : [])
        await show(piece.subarray(offset - start, at - start));
      await show(piece.subarray(offset - start));
      hasMoved = false;
    },
    finish: extractor.finish,
    get isOverlooking() {
      return budget.isExceeded;
    },
    /** The cursor was moved or something erased, at least once. */
    get hasJumped() {
      return hasJumped;
    },
  };
}
