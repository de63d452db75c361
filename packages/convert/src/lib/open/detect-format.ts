import type { SourceFormat } from "../recording/recording.js";

const BY_ENDING: readonly (readonly [RegExp, SourceFormat])[] = [
  [/\.ttyrec(\.(gz|zst))?$/i, "ttyrec"],
  [/\.typescript(\.(gz|zst))?$/i, "typescript"],
];

/** The format of a file, by its first bytes, and by its name where these do not say; null where nothing does. */
export function detectFormat(name: string, head: Uint8Array): SourceFormat | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  if (text.startsWith("Script started on ")) return "typescript";
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(text)) return formatOfJson(text);
  const named = BY_ENDING.find(([ending]) => ending.test(name));
  return named?.[1] ?? (isTtyrec(head) ? "ttyrec" : null);
}

function formatOfJson(text: string): SourceFormat {
  if (/"ver"\s*:/.test(text) && /"timing"\s*:/.test(text)) return "tlog";
  if (/"createdAt"\s*:/.test(text) && /"durationMs"\s*:/.test(text)) return "ptywright";
  const [, version = "2"] = /"version"\s*:\s*([123])\b/.exec(text) ?? [];
  return `asciicast-v${version}` as SourceFormat;
}

/** Whether the bytes begin with a record of a ttyrec. */
function isTtyrec(head: Uint8Array): boolean {
  if (head.length < 13) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const length = view.getUint32(8, true);
  return view.getUint32(4, true) < 1_000_000 && length > 0 && length <= 1024 ** 2;
}
