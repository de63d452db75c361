import { type Cassette, openCassette, replay } from "@cassette/core/reader";
import type { CassetteEvent, FrameRecord } from "@cassette/format";

export async function lastScreen(dir: string): Promise<readonly string[]> {
  const cassette: Cassette = await openCassette(dir, { expect: { id: "x" }, integrity: "required" });
  let last: FrameRecord | undefined;
  for await (const event of replay(cassette, { mode: "collapsed" })) {
    const { seq }: CassetteEvent = event;
    if (event.kind === "frame") last = event.record;
    // @ts-expect-error: an output record has no text
    if (event.kind === "output") event.record.text;
    seq.toFixed();
  }
  await cassette.close();
  return last?.text ?? [];
}

// @ts-expect-error: the reader does not record
import("@cassette/core/reader").then(({ createRecorder }) => createRecorder);
// @ts-expect-error: there is no such mode
replay({} as Cassette, { mode: "fast" });
