import type { InputRecord } from "@cassette/format";
import { encodeKey } from "@cassette/format/session";

/** A step that sends something, as a script writes it. */
export type WrittenStep = Readonly<Record<string, unknown>>;

/** Keys that a script names; each has one sequence in each cursor-key mode. */
const KEYS: readonly string[] = [
  ...["Escape", "Tab", "Shift+Tab", "Backspace", "Up", "Down", "Left", "Right", "Home", "End"],
  ...["PageUp", "PageDown", "Insert", "Delete"],
  ...Array.from({ length: 12 }, (_, index) => `F${index + 1}`),
  ...Array.from("abcdefghijklnopqrstuvwxyz", (letter) => `Ctrl+${letter.toUpperCase()}`),
];
const KEY_OF_BYTES: ReadonlyMap<string, string> = new Map(
  [false, true].flatMap((applicationCursor) =>
    KEYS.toReversed().map((key) => [latin1(encodeKey(key, { applicationCursor }).bytes), key]),
  ),
);
const PASTE = /^\x1b\[200~(.*)\x1b\[201~$/s;
/** A key's sequence, a control character, or text with its Enter. */
const PART =
  /\x1b(?:\[[0-9;<=>?]*[ -/]*[@-~]|O.|[^[O])|[\x00-\x0c\x0e-\x1f\x7f]|[^\x00-\x1f\x7f]+\r?|\r|\x1b/gs;

/** The steps that send what an input record holds; null where a script cannot: bytes that are not text, or a mask. */
export function typedSteps(input: InputRecord): WrittenStep[] | null {
  const { kind, bytes, key, size, signal, masked } = input;
  if (masked) return null;
  if (kind === "resize" && size) return [{ resize: `${size.Cols}x${size.Rows}` }];
  if (kind === "signal" && signal) return signal === "SIGHUP" ? [{ hangup: null }] : [{ signal }];
  return keySteps(key) ?? textSteps(bytes);
}

function keySteps(key: string | undefined): WrittenStep[] | null {
  const known = key === undefined ? undefined : KEYS.find((name) => encodeKey(name).key === key);
  return known === undefined ? null : [{ press: known }];
}

function textSteps(bytes: Uint8Array | undefined): WrittenStep[] | null {
  const text = bytes && textOf(bytes);
  if (text === undefined || text === null) return null;
  const [, pasted] = PASTE.exec(text) ?? [];
  if (pasted !== undefined) return [{ paste: pasted }];
  return (text.match(PART) ?? []).map(partStep);
}

/** Adds steps to others: text continues where text was typed last. */
export function joinSteps(steps: WrittenStep[], more: readonly WrittenStep[]): void {
  for (const step of more) {
    const last = steps.at(-1);
    const isText = typeof step.type === "string" && typeof last?.type === "string";
    if (isText && !String(last.type).endsWith("\r"))
      steps[steps.length - 1] = { type: `${last.type}${step.type}` };
    else steps.push(step);
  }
}

function partStep(part: string): WrittenStep {
  const key = KEY_OF_BYTES.get(latin1(Buffer.from(part)));
  return key === undefined ? { type: part } : { press: key };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
