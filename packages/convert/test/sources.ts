import type { SourceFormat } from "@cassette/convert";
import { type OpenRecordingOptions, openTerminalRecording, type RecordingEvent } from "@cassette/convert";

/** Bytes as a stream of pieces of some size. */
export async function* inPieces(bytes: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** Reads a whole recording from memory. */
export async function readAll(
  bytes: string | Uint8Array,
  { size, ...options }: OpenRecordingOptions & { format?: SourceFormat; size?: number } = {},
) {
  await using recording = await openTerminalRecording("given", { ...options, stream: inPieces(bytes, size) });
  const events: RecordingEvent[] = [];
  for await (const batch of recording.events()) events.push(...batch);
  const { format, facts, losses, sha256 } = recording;
  return { format, facts, events, losses: lossesOf(losses.list()), sha256 };
}

/** Losses as `name: count`. */
export function lossesOf(list: readonly { name: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(list.map(({ name, count }) => [name, count]));
}

/** An event with its bytes as text. */
export function shown(event: RecordingEvent): unknown[] {
  const { kind, atUs, ...rest } = event;
  const values = Object.values(
    "bytes" in rest ? { ...rest, bytes: Buffer.from(rest.bytes).toString("latin1") } : rest,
  );
  return [kind, atUs, ...values];
}

/** All pieces of a written recording. */
export async function written(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}
