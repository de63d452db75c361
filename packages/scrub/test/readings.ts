import { createToyScreen } from "./toy-screen.js";

/** Every text that a person could read a stream as, found without the scrubber's own parts. */
export async function readings(chunks: readonly Uint8Array[]): Promise<string[]> {
  const raw = Buffer.concat(chunks).toString("utf8");
  const shown = raw
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, "")
    .replace(/[\0\x0e\x0f\u200b-\u200f\u2060\ufeff]/g, "");
  const texts = [raw, shown, shown.replace(/[\s│]/g, ""), ...(await screensOf(chunks))];
  return texts.flatMap((text) => [text, ...decodings(text)]);
}

/** Screens after every chunk: as rows, and as one line without borders. */
async function screensOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const screen = createToyScreen({ rows: 24, cols: 80 });
  const seen = new Set<string>();
  for (const chunk of chunks) {
    await screen.feed(chunk);
    for (const text of rowReadings(screen.rows())) seen.add(text);
  }
  return [...seen];
}

/** How a screen can be read: by rows, as one line, and as one line without borders. */
export function rowReadings(rows: readonly string[]): string[] {
  return [rows.join("\n"), rows.join(""), rows.map((row) => row.replace(/^[\s│]+|[\s│]+$/g, "")).join("")];
}

function decodings(text: string): string[] {
  const base64 = text.match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? [];
  const hex = text.match(/(?:[0-9a-f]{2}){6,}/gi) ?? [];
  const percent = text.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return [
    percent,
    ...base64.flatMap((run) =>
      [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("latin1")),
    ),
    ...hex.flatMap((run) => [0, 1].map((skip) => Buffer.from(run.slice(skip), "hex").toString("latin1"))),
  ];
}
