import type { Cassette } from "./cassette.js";

/** The `seq` of the last change of the terminal's size; 0 without any. After it no line above the screen is needed. */
export async function readLastResize(cassette: Pick<Cassette, "events">): Promise<number> {
  let last = 0;
  for await (const { kind, seq, record } of cassette.events({ kinds: ["input"] })) {
    if (kind === "input" && record.size) last = seq;
  }
  return last;
}
