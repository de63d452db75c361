import { basename } from "node:path";
import type { Cassette } from "@cassette/core/reader";
import type { Screens } from "@cassette/frames";
import { pickMoments } from "@cassette/render";
import type { MomentScreen, PageRecording } from "@cassette/render/page";
import { factsOf } from "../facts/cassette-facts.js";
import { factLines } from "../facts/fact-lines.js";
import { escapeText } from "../output/escape-text.js";
import { idleHint } from "../play/idle-hint.js";
import { readTimeline } from "../play/timeline.js";
import { formatSeconds } from "../time-text.js";
import { pageEvents } from "./page-events.js";

/** Part of a recording, in milliseconds from its start. */
export interface Part {
  from?: number;
  to?: number;
}

/** Pauses are cut to this where the recording does not say another limit. */
const MAX_IDLE_MS = 3_000;

/** The status of a scrub report in words. */
const SCRUBBED: Readonly<Record<string, string>> = {
  clean: "no secrets found",
  redacted: "secrets masked",
  "not-run": "not scrubbed",
};

/** What a page shows of a cassette. Recorded text is escaped. */
export async function pageRecording(
  cassette: Cassette,
  screens: Screens,
  { from = 0, to = Number.POSITIVE_INFINITY }: Part = {},
): Promise<PageRecording> {
  const facts = await factsOf(cassette);
  const { moments, duration_ms } = await readTimeline(cassette);
  const events = await pageEvents(cassette, facts);
  const { title, program, terminal, scrub } = facts;
  const command = program.argv.length > 0 ? program.argv.join(" ") : program.name;
  return {
    title: escapeText(title ?? (command || basename(cassette.dir))),
    summary: escapeText(
      [
        facts.ended,
        formatSeconds(duration_ms),
        `${terminal.cols}×${terminal.rows}`,
        SCRUBBED[scrub.status] ?? scrub.status,
      ].join(" · "),
    ),
    facts: factLines(facts).map(([name, value]) => [name, escapeText(value)]),
    durationMs: Math.min(duration_ms, to),
    maxIdleMs: idleHint(cassette) ?? MAX_IDLE_MS,
    events: events.filter(({ t_ms }) => from <= t_ms && t_ms <= to),
    async *screens(fps): AsyncGenerator<MomentScreen> {
      for (const { t_ms } of pickMoments([...moments], duration_ms, { fps, fromMs: from, toMs: to })) {
        const { screen, afterSeq } = await screens.at({ t_ms }, { cells: true, details: true });
        yield { screen, t_ms, seq: afterSeq };
      }
    },
  };
}
