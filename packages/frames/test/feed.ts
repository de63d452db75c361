import type { Emulator } from "@cassette/format";

const encoder = new TextEncoder();

/** Bytes of a text, in UTF-8. */
export const bytes = (text: string) => encoder.encode(text);

/** Feeds pieces one after the other. */
export async function feed(emulator: Emulator, ...pieces: (string | Uint8Array)[]): Promise<void> {
  for (const piece of pieces) await emulator.feed(typeof piece === "string" ? bytes(piece) : piece);
}
