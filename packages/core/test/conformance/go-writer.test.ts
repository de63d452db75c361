import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFrameRecord, parseManifest, jsonText } from "@cassette/format/schema";
import { describe, expect, it } from "vitest";
import { createRecorder, type FrameDraft, type Recorder, type SessionEvent } from "../../src/index.js";
import { cassettePath } from "../support/conformance-data.js";
import { fakeClock } from "../support/fake-clock.js";
import { readSpec, type SpecStep, specNames } from "../support/spec-data.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

describe("createRecorder, given what the Go writer was given", () => {
  const names = specNames();

  it("has all 10 specifications before it", () => {
    expect(names).toHaveLength(10);
  });

  it.each(names)("writes %s byte for byte alike", async (name) => {
    const dir = join(temporaryDirectory(), name);
    await record(name, dir);
    const files = readdirSync(cassettePath(name));
    expect(readdirSync(dir)).toEqual(files);
    for (const file of files) {
      expect(readFileSync(join(dir, file), "latin1"), file).toBe(
        readFileSync(join(cassettePath(name), file), "latin1"),
      );
    }
  });
});

async function record(name: string, dir: string): Promise<void> {
  const { manifest, start, steps } = readSpec(name);
  const clock = fakeClock(start);
  const recorder = await createRecorder(dir, { manifest: withGoIdentity(name, manifest), clock });
  const frames = goFrames(name);
  for (const step of steps) {
    if (step.at_ms !== undefined) clock.at(step.at_ms);
    perform(recorder, step, frames);
  }
  await recorder.close();
}

/** The Go writer's own identity and a random id are taken from what it wrote. */
function withGoIdentity(name: string, manifest: object) {
  const where = { file: "manifest.json" };
  const written = parseManifest(readFileSync(join(cassettePath(name), "manifest.json"), "utf8"), where);
  const { id, terminal, provenance } = written;
  const given = manifest as { terminal?: object; provenance?: object };
  return {
    ...manifest,
    id,
    terminal: { ...given.terminal, emulator: terminal.emulator },
    provenance: {
      ...given.provenance,
      recorder_version: provenance.recorder_version,
      os: provenance.os,
      arch: provenance.arch,
    },
  };
}

/** Frames of the Go emulator, in order. */
function goFrames(name: string): FrameDraft[] {
  const lines = readFileSync(join(cassettePath(name), "frames.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const { seq, t_ms, ...frame } = parseFrameRecord(line, { file: "frames.jsonl" });
    return frame;
  });
}

function perform(recorder: Recorder, step: SpecStep, frames: FrameDraft[]): void {
  const nextFrame = () => {
    const frame = frames.shift();
    if (!frame) throw new Error("The Go writer wrote fewer frames.");
    recorder.recordFrame(step.frame ?? frame);
  };
  const size = { rows: step.rows ?? 0, cols: step.cols ?? 0 };
  switch (step.op) {
    case "input":
      return void recorder.recordInput({
        kind: step.kind,
        bytes: stepBytes(step),
        key: step.key,
        signal: step.signal,
      });
    case "session":
      return void recorder.recordSessionEvent({
        kind: step.kind as SessionEvent["kind"],
        bytes: stepBytes(step),
        key: step.key,
        size,
        signal: step.signal,
      });
    case "output":
      return void recorder.recordOutput(stepBytes(step) ?? new Uint8Array());
    case "feed":
      recorder.recordOutput(stepBytes(step) ?? new Uint8Array());
      return nextFrame();
    case "resize":
      recorder.recordInput({ kind: "resize", size: { Rows: size.rows, Cols: size.cols } });
      return nextFrame();
    case "snapshot":
    case "frame":
      return nextFrame();
    case "service":
      return void recorder.recordServiceEvent(
        step.as === "value" ? step.payload : jsonText(step.payloadText ?? ""),
      );
    case "final":
      return void recorder.recordFinal(withExit(step));
    case "quota":
      return step.quota && recorder.writeQuota(step.quota);
    case "discovery":
      return step.discovery && recorder.writeDiscovery(step.discovery);
    case "scrub":
      return step.report && recorder.writeScrubReport(step.report);
    default:
      throw new Error(`unknown step ${step.op}`);
  }
}

function stepBytes({ text, b64 }: SpecStep): Uint8Array | undefined {
  if (b64 !== undefined) return Buffer.from(b64, "base64");
  return text === undefined ? undefined : Buffer.from(text);
}

/** Go fills what a specification leaves out of an exit with zeros. */
function withExit({ final = {} }: SpecStep) {
  if (!final.exit) return final;
  const zeros = { Code: 0, Signal: "", Exited: false, Signaled: false, Err: null };
  const exit = Object.assign(zeros, final.exit);
  return { ...final, exit };
}
