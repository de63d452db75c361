import type { InputRecord } from "@cassette/format";
import type { InputBytes, RawOutputOrder, ResizeOrder, TimingGap } from "./assertion.js";
import { type Check, quote } from "./mismatch.js";

/** Bytes from hexadecimal digits, blanks between them ignored. */
export function fromHex(digits: string): Uint8Array {
  return Buffer.from(digits.replaceAll(/\s/g, ""), "hex");
}

export const rawOutputOrder: Check<RawOutputOrder> = (_, { events }) => {
  const outputs = events.flatMap((event) => (event.kind === "output" ? [event.record] : []));
  for (const [index, next] of outputs.entries()) {
    const last = outputs[index - 1];
    if (!last || (next.seq > last.seq && next.t_ms >= last.t_ms && next.offset >= last.offset + last.length))
      continue;
    return {
      expected: "output records rise in place, time and offset",
      found: `event ${next.seq} (${next.t_ms} ms, offset ${next.offset}) follows event ${last.seq} (${last.t_ms} ms, offset ${last.offset}, ${last.length} bytes)`,
      t_ms: next.t_ms,
    };
  }
  return null;
};

export const inputBytes: Check<InputBytes> = ({ bytes_hex, key }, { events }) => {
  const inputs = events.flatMap((event) => (event.kind === "input" ? [event.record] : []));
  const wanted = bytes_hex === undefined ? undefined : Buffer.from(fromHex(bytes_hex));
  const hasBytes = ({ bytes }: InputRecord) => wanted !== undefined && bytes && wanted.equals(bytes);
  const hasKey = (input: InputRecord) => key !== undefined && input.key === key;
  if (inputs.some((input) => hasBytes(input) || hasKey(input))) return null;
  const ways = [
    ...(wanted ? [`the bytes ${wanted.toString("hex")}`] : []),
    ...(key ? [`the key ${quote(key)}`] : []),
  ];
  const seen = inputs.slice(0, 8).map(describeInput).join(", ") + (inputs.length > 8 ? ", …" : "");
  return {
    expected: `an input is ${ways.join(" or ")}`,
    found: inputs.length > 0 ? `there are ${inputs.length} inputs: ${seen}` : "there is no input",
    t_ms: inputs.at(-1)?.t_ms ?? 0,
  };
};

/** A short description of an input. */
export function describeInput({ kind, bytes, key, size, signal, withheld }: InputRecord): string {
  if (size) return `resize to ${size.Rows} × ${size.Cols}`;
  if (signal) return `signal ${signal}`;
  if (withheld) return "withheld";
  if (key) return key;
  if (bytes) return Buffer.from(bytes.subarray(0, 16)).toString("hex") + (bytes.length > 16 ? "…" : "");
  return kind;
}

export const resizeOrder: Check<ResizeOrder> = ({ before_kind, after_kind }, { events }) => {
  const order = [before_kind, "resize", after_kind].filter((word) => word !== undefined).join(", ");
  const expected = `each resize is in the order ${order}`;
  const resizes = events.filter((event) => event.kind === "input" && event.record.kind === "resize");
  if (resizes.length === 0) return { expected, found: "there is no resize", t_ms: 0 };
  for (const { seq, t_ms } of resizes) {
    const isBefore = before_kind && !events.some((event) => event.seq < seq && event.kind === before_kind);
    const isAfter = after_kind && !events.some((event) => event.seq > seq && event.kind === after_kind);
    if (!isBefore && !isAfter) continue;
    const what = isBefore ? `no ${before_kind} before` : `no ${after_kind} after`;
    return { expected, found: `there is ${what} the resize ${seq} at ${t_ms} ms`, t_ms };
  }
  return null;
};

export const timingGap: Check<TimingGap> = ({ kind, min_ms, max_ms }, evidence) => {
  const [events, what] = kind
    ? [evidence.events.filter((event) => event.kind === kind), `two ${kind} records`]
    : [evidence.events, "two events"];
  const expected = `${what} are ${bounds(min_ms, max_ms)} apart`;
  if (events.length < 2 && (min_ms !== undefined || max_ms !== undefined)) {
    return { expected, found: `there ${events.length === 1 ? "is only one" : "are none"}`, t_ms: 0 };
  }
  for (const [index, next] of events.entries()) {
    const last = events[index - 1];
    if (!last) continue;
    const gap = next.t_ms - last.t_ms;
    if (isWithin(gap, min_ms, max_ms)) continue;
    return {
      expected,
      found: `${gap} ms from event ${last.seq} at ${last.t_ms} ms to event ${next.seq} at ${next.t_ms} ms`,
      t_ms: last.t_ms,
    };
  }
  return null;
};

function isWithin(gap: number, min_ms = 0, max_ms = Number.POSITIVE_INFINITY): boolean {
  return gap >= min_ms && gap <= max_ms;
}

function bounds(min_ms?: number, max_ms?: number): string {
  const least = min_ms === undefined ? [] : [`at least ${min_ms} ms`];
  const most = max_ms === undefined ? [] : [`at most ${max_ms} ms`];
  return [...least, ...most].join(" and ") || "any time";
}
