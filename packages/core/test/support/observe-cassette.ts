import { createHash } from "node:crypto";
import type { Sleeper } from "@cassette/format";
import {
  encodeDiscovery,
  encodeFinalRecord,
  encodeFrameRecord,
  encodeInputRecord,
  encodeManifest,
  encodeOutputRecord,
  encodeQuota,
  encodeScrubReport,
  encodeServiceEventRecord,
} from "@cassette/format/schema";
import { type Cassette, type ReplayOptions, replay } from "../../src/reader.js";

/** All that a reader sees of a cassette, in the shape in which the Go reader printed it. */
export async function observe(cassette: Cassette) {
  const events = [];
  for await (const { seq, t_ms, kind } of cassette.events()) {
    events.push({ seq, t_ms, kind });
  }
  const raw = createHash("sha256");
  for await (const bytes of cassette.raw()) raw.update(bytes);
  const { quota, discovery } = cassette;
  return {
    manifest: JSON.parse(encodeManifest(cassette.manifest)),
    events,
    inputs: await list(cassette.inputs(), encodeInputRecord),
    outputs: await list(cassette.outputs(), encodeOutputRecord),
    frames: await list(cassette.frames(), encodeFrameRecord),
    services: await list(cassette.serviceEvents(), encodeServiceEventRecord),
    final: JSON.parse(encodeFinalRecord(cassette.final)),
    quota: quota && JSON.parse(encodeQuota(quota)),
    discovery: discovery && JSON.parse(encodeDiscovery(discovery)),
    scrub_report: JSON.parse(encodeScrubReport(cassette.scrubReport)),
    raw_sha256: raw.digest("hex"),
    raw_length: cassette.rawSize,
    replay: await observeReplays(cassette),
  };
}

async function observeReplays(cassette: Cassette) {
  const delays = (options: ReplayOptions) => replayDelays(cassette, options);
  const collapsed = await delays({ mode: "collapsed" });
  return {
    collapsed_delays_ms: collapsed,
    collapsed_events: (await eventOrder(replay(cassette, { mode: "collapsed" }))).length,
    collapsed_same_order_as_events:
      String(await eventOrder(replay(cassette, { mode: "collapsed" }))) ===
      String(await eventOrder(cassette.events())),
    default_mode_delays_ms: await delays({}),
    realtime_delays_ms: await delays({ mode: "realtime" }),
    "scaled_0.5_delays_ms": await delays({ mode: "scaled", scale: 0.5 }),
    scaled_0_delays_ms: await delays({ mode: "scaled", scale: 0 }),
    scaled_2_delays_ms: await delays({ mode: "scaled", scale: 2 }),
    scaled_minus1_delays_ms: await delays({ mode: "scaled", scale: -1 }),
    scaled_third_delays_ms: await delays({ mode: "scaled", scale: 1 / 3 }),
    unknown_mode_delays_ms: await delays({ mode: "unknown" as "realtime" }),
  };
}

/** The delays asked of the sleeper, to the nanosecond, as Go counts them. */
async function replayDelays(cassette: Cassette, options: ReplayOptions): Promise<number[]> {
  const asked: number[] = [];
  const sleeper: Sleeper = async (delayMs) => {
    asked.push(Math.floor(delayMs * 1e6) / 1e6);
  };
  await eventOrder(replay(cassette, { ...options, sleeper }));
  return asked;
}

async function eventOrder(events: AsyncIterable<{ seq: number }>): Promise<number[]> {
  const order = [];
  for await (const { seq } of events) order.push(seq);
  return order;
}

/** Go prints a list without entries as null. */
async function list<T>(records: AsyncIterable<T>, encode: (record: T) => string): Promise<unknown> {
  const seen = [];
  for await (const record of records) seen.push(JSON.parse(encode(record)));
  return seen.length > 0 ? seen : null;
}
