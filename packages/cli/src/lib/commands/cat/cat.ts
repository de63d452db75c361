import { escapeLine, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter, type Writer } from "../../output/writer.js";
import type { RawPlayback } from "../../play/play-raw.js";
import { outputTerminal } from "../../play/terminal-guard.js";
import { openRecording } from "../../recordings/open-recording.js";

/** Prints the program's output: as safe text, or unchanged. */
export async function cat(
  dir: string,
  { raw }: { raw?: boolean },
  { stdout, stderr }: Streams,
): Promise<number> {
  const cassette = await openRecording(dir, stderr);
  try {
    const writer = createWriter(stdout);
    const terminal = raw ? outputTerminal(stdout) : null;
    const writeRaw = async (show?: RawPlayback) => {
      for await (const bytes of cassette.raw()) {
        show?.quit.throwIfAborted();
        show?.watch(bytes);
        await writer.write(bytes);
      }
    };
    if (terminal) await (await import("../../play/play-raw.js")).withRepliesDiscarded(terminal, writeRaw);
    else if (raw) await writeRaw();
    else await writeText(cassette.raw(), writer);
    return EXIT.success;
  } finally {
    await cassette.close();
  }
}

/** Text without a line end is buffered up to this length. */
const LONGEST = 65_536;

async function writeText(raw: AsyncIterable<Uint8Array>, writer: Writer): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  /** A part of the line in `rest` is already printed. */
  let isWithin = false;
  const shown = (text: string) => (isWithin ? escapeText(text) : escapeLine(text));
  for await (const bytes of raw) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    let text = "";
    for (const line of lines) {
      text += `${shown(line.endsWith("\r") ? line.slice(0, -1) : line)}\n`;
      isWithin = false;
    }
    if (rest.length > LONGEST) {
      text += shown(rest);
      rest = "";
      isWithin = true;
    }
    await writer.write(text);
  }
  rest += decoder.decode();
  if (rest !== "" || isWithin) await writer.line(shown(rest));
}
