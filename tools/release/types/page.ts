import type { Screen } from "@cassette/format";
import { type PageFailure, type PageRecording, renderPage, type Sampling } from "@cassette/render/page";

export async function page(screen: Screen): Promise<string> {
  const recording: PageRecording = {
    ...{ title: "sh", summary: "1 s", facts: [["program", "sh"]], durationMs: 1_000 },
    events: [{ kind: "exit", t_ms: 1_000, seq: 2, text: "exit 0" }],
    screens: ({ fps, passed }: Sampling) =>
      fps > 1 ? [{ screen, t_ms: 0, seq: 1, passed: passed ? ["a line"] : [] }] : [],
  };
  // @ts-expect-error: a failure says what failed
  const failure: PageFailure = { seq: 1 };
  let text = "";
  for await (const piece of renderPage(recording, { failure })) text += piece;
  return text;
}
