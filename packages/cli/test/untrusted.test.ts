import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { systemClock } from "@cassette/core/reader";
import { createPtyDriver } from "@cassette/pty";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND, cassette } from "./cassette.js";
import { HOSTILE_TEXTS, hostileText } from "./hostile-texts.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);

/** Every string of a JSON document that is not a number, a time or a digest becomes hostile, keys of maps too. */
function poison(file: string, text: string, fields: Record<string, unknown>): void {
  const document = JSON.parse(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(fields)) {
    const parts = path.split(".");
    const last = parts.pop() ?? "";
    const parent = parts.reduce((at, part) => (at[part] ??= {}), document);
    parent[last] = value === "text" ? text : value;
  }
  writeFileSync(file, JSON.stringify(document));
}

/** A cassette whose every text field holds all the hostile texts. */
async function hostileCassette(dir: string, first: number): Promise<string> {
  const text = hostileText(first);
  mkdirSync(dir, { recursive: true });
  // A name may contain everything but a slash and NUL.
  const target = join(dir, `x${text.replaceAll("/", "").replaceAll("\0", "").slice(0, 60)}`);
  const recorder = await createRecorder(target, { manifest: { id: text }, clock: systemClock });
  recorder.recordOutput(Buffer.from(text));
  for (const byte of Buffer.from(text).subarray(0, 400)) recorder.recordOutput(Uint8Array.of(byte));
  recorder.recordOutput(Buffer.from(`\r\n${text}\r\nfindable`));
  recorder.recordFrame({ size: { Rows: 2, Cols: 8 }, text: [text, ...text.split("\n")], title: text });
  recorder.recordInput({ bytes: Buffer.from(text), key: text });
  recorder.recordInput({ bytes: Buffer.from(text) });
  recorder.recordInput({ kind: "signal", signal: text });
  recorder.recordInput({ kind: text, key: text });
  recorder.recordServiceEvent({ type: "cassette.mark", label: text });
  recorder.recordServiceEvent({ [text]: text });
  recorder.recordFinal({
    exit: { Code: -1, Signal: text, Exited: false, Signaled: true },
    metadata: { [text]: text },
    usage: { [text]: text },
    routing_actual: text,
    session_log_path: text,
    final_text: text,
  });
  recorder.writeQuota({
    source: text,
    status: text,
    captured_at: text,
    account_class: text,
    windows: [{ [text]: text }],
    metadata: { [text]: text },
  });
  recorder.writeDiscovery({
    source: text,
    status: text,
    models: [text],
    reasoning_levels: [text],
    metadata: { [text]: text },
  });
  await recorder.close();
  poison(join(target, "manifest.json"), text, {
    "harness.name": "text",
    "harness.binary_version": "text",
    "harness.account_class": "text",
    "harness.binary_path_digest_sha256": "text",
    "harness.captured_at": "text",
    "harness.freshness_window": "text",
    "harness.capability": { [text]: text },
    "command.argv": [text, text],
    "command.workdir_policy": "text",
    "command.env_allowlist": [text],
    "command.permission_mode": "text",
    "terminal.locale": "text",
    "terminal.term": "text",
    "terminal.pty_mode": { [text]: text },
    "terminal.emulator": { name: text, version: text },
    "timing.clock_policy": "text",
    "timing.replay_default": "text",
    "provenance.git_sha": "text",
    "provenance.os": "text",
    "provenance.arch": "text",
    "provenance.recorded_at": "text",
    "provenance.recorder_version": "text",
    "provenance.contract_version": "text",
    "optional.cassette": { title: text, frame_policy: { kind: text }, binary_sha256: text, [text]: text },
    "optional.unknown": { [text]: [text] },
  });
  poison(join(target, "scrub-report.json"), text, {
    status: "text",
    rules: [text],
    hit_counts: { [text]: 3 },
    intentionally_preserved: [text],
    env_allowlist: [text],
    rule_sets: { [text]: text },
    artifacts: { [text]: { [text]: 1 } },
    skipped: { [text]: text },
  });
  return target;
}

/** Every command that prints something of a cassette, `@` standing for one, `%` for another and `#` for a new directory. */
const COMMANDS: readonly string[][] = [
  ["info", "@"],
  ["info", "@", "--json"],
  ["verify", "@"],
  ["verify", "@", "@", "@", "@", "--rerender"],
  ["verify", "@", "--json"],
  ["verify", "@", "--expect-id", "other"],
  ["verify", "@", "--require-emulator", "other@1"],
  ["verify", "@", "--require-integrity"],
  ["events", "@"],
  ["events", "@", "--json"],
  ["frames", "@"],
  ["frames", "@", "--json"],
  ["frames", "@", "--at", "1:00"],
  ["frames", "@", "--last"],
  ["frames", "@", "--last", "--svg"],
  ["convert", "@", "-", "--format", "svg"],
  ["convert", "@", "-", "--format", "txt"],
  ["cat", "@"],
  ["grep", ".", "@"],
  ["grep", ".", "@", "--json"],
  ["grep", ".", "@", "%", "--in", "screen,event"],
  ["diff", "@", "%"],
  ["diff", "@", "%", "--json"],
  ["diff", "@", "%", "--exact"],
  ["play", "@"],
  ["play", "@", "--from", "0", "--to", "0.1"],
  ["scrub", "--check", "@"],
  ["scrub", "@", "-o", "#", "--overwrite"],
  ["stub", "install", "@", "%", "--name", "it", "--to", "#"],
  ["record", "--mode", "none", "@", "--max-age", "0d", "--", "true"],
  ["record", "--mode", "once", "@", "--max-age", "0d", "--stale", "fail", "--", "true"],
  ["record", "--mode", "all", "--headless", "@", "--", "echo", "something else"],
];
/** With a damaged file: the error says what is wrong without quoting the file. */
const DAMAGED = [
  "info",
  "verify",
  "events",
  "frames",
  "cat",
  "play",
  "stub",
  "diff",
  "grep",
  "scrub",
  "record",
];
/** What such a command is given besides. */
const BESIDES: Record<string, string[]> = {
  diff: ["diff", "@", "@"],
  grep: ["grep", ".", "@"],
  scrub: ["scrub", "--check", "@"],
  record: ["record", "--mode", "none", "@", "--", "true"],
};

/** Ways in which a cassette is refused for a text of its own. */
const REFUSED: Record<string, (text: string) => Record<string, unknown>> = {
  "an unknown feature": (text) => ({ required_features: [text] }),
  "another digest": (text) => ({ "content_digest.sha256": text }),
  "sizes of missing files": (text) => ({
    "optional.integrity": {
      algorithm: text,
      manifest_sha256: text,
      files: { [text]: { size: 1, sha256: text } },
    },
  }),
  "a text for a number": (text) => ({ "timing.resolution_ms": text }),
  "a version that is a text": (text) => ({ version: text }),
};

/** Those that look at something besides a cassette. */
const SCENARIO = "scenario.json";

const resolve = (args: readonly string[], one = "", other = "") => {
  const places: Record<string, string> = {
    "@": one,
    "%": other,
    "#": `${made.dir}/${++count}/\u009b31m\u202e`,
  };
  if (args.includes("#")) mkdirSync(`${made.dir}/${count}`);
  return args.map((arg) => places[arg] ?? arg);
};
let count = 0;

/** Whatever can act: controls but the newline, invisible and bidirectional characters, line ends of other kinds, halves. */
const ACTS = /[^\n\P{Cc}]|\p{Cf}|[\u2028\u2029\u115f\u1160\u3164\uffa0]|\p{Cs}/u;
const SERVER_COMMAND = /^\s*::|##(?:vso|teamcity)?\[/im;

function expectInert(text: string): void {
  expect(ACTS.exec(text)?.[0]).toBeUndefined();
  expect(SERVER_COMMAND.exec(text)?.[0]).toBeUndefined();
}

let made: { dir: string; cassettes: [string, string]; damaged: string };

describe("a cassette of a stranger", () => {
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "cassette-stranger-"));
    const damaged = await hostileCassette(join(dir, "damaged"), 0);
    writeFileSync(join(damaged, "service-events.jsonl"), `${hostileText(0)}\n`, { flag: "a" });
    const cassettes: [string, string] = [
      await hostileCassette(join(dir, "a"), 0),
      await hostileCassette(join(dir, "b"), 9),
    ];
    made = { dir, cassettes, damaged };
  });
  afterAll(() => rmSync(made.dir, { recursive: true }));

  it("contains more than sixty ways to act on a terminal", () => {
    expect(new Set(HOSTILE_TEXTS).size).toBeGreaterThan(60);
    for (const text of HOSTILE_TEXTS) expect(ACTS.test(text) || SERVER_COMMAND.test(text)).toBe(true);
  });

  it.concurrent.each(COMMANDS.map((args) => [args]))("has no effect through a pipe: %j", async (args) => {
    const isJson = args.includes("--json");
    // Each printed text begins with a different one of the ways to act.
    const orders = IS_SOAK && !isJson ? [made.cassettes, made.cassettes.toReversed()] : [made.cassettes];
    for (const [one, other] of orders) {
      const { status, stdout, stderr } = await cassette(resolve(args, one, other));
      expect(status).toBeLessThan(2);
      expect((stdout + stderr).length > 0).toBe(!args.includes("--check"));
      expectInert(stdout);
      expectInert(stderr);
      if (isJson) {
        for (const line of stdout.trimEnd().split("\n")) expect(JSON.parse(line)).toBeTypeOf("object");
      }
    }
  });

  it("has no effect in a scenario that fails", async () => {
    const [one] = made.cassettes;
    const text = hostileText(3);
    const groups = {
      [text]: [
        { type: "frame_contains", text: `not there ${text}` },
        { type: "service_json", json_path: "$.type", equals: text },
        { type: "exit_status", exit_code: 0 },
      ],
    };
    writeFileSync(join(made.dir, SCENARIO), JSON.stringify({ name: text, cassette_path: one, groups }));
    for (const options of [[], ["--json"]]) {
      const { status, stdout, stderr } = await cassette(["test", ...options, join(made.dir, SCENARIO)]);
      expect(status).toBeGreaterThan(0);
      expect((stdout + stderr).length).toBeGreaterThan(0);
      expectInert(stdout);
      expectInert(stderr);
    }
    const printed = await onTerminal(["test", join(made.dir, SCENARIO)]);
    expectInert(printed.replace(OWN, "").replaceAll("\r", ""));
  });

  it.each([[["--normalise"]], [["--mode", "scaled", "--scale", "0.1"]], [[]]])(
    "has no effect in the report of a stub: %j",
    async (options) => {
      for (const path of made.cassettes) {
        const { status, stderr } = await cassette(["stub", path, ...options], { stdin: hostileText(5) });
        expect(status).toBe(86);
        expect(JSON.parse(stderr)).toMatchObject({ reason: "mismatch", cassette: path });
        expectInert(stderr);
      }
    },
  );

  it("has no effect if no stub matches", async () => {
    const { status, stderr } = await cassette(["stub", ...made.cassettes, "--", "\u009bother"]);
    expect(status).toBe(86);
    expect(JSON.parse(stderr)).toMatchObject({ reason: "no-recording", of: made.cassettes });
    expectInert(stderr);
  });

  it("has no effect when it is recovered, or cannot be", async () => {
    const text = hostileText(7);
    const cwd = join(made.dir, "spools");
    const name = text.replaceAll("/", "").replaceAll("\0", "").slice(0, 60);
    mkdirSync(cwd);
    const recorder = await createRecorder(join(cwd, name), { manifest: { id: text }, clock: systemClock });
    recorder.recordOutput(Buffer.from(text));
    await recorder.abort({ keepSpool: true });
    const broken = join(cwd, `.${name}.spool-0123456789ab`);
    mkdirSync(broken);
    writeFileSync(join(broken, "spool.json"), text);
    for (const args of [["recover", "--list"], ["doctor"], ["recover", "--discard", "--yes", broken]]) {
      const { stdout, stderr } = await cassette(args, { cwd });
      expectInert(stdout + stderr);
    }
    const { status, stderr } = await cassette(["recover"], { cwd });
    expect(status).toBe(3);
    expect(stderr).toMatch(/recovered, interrupted/);
    expectInert(stderr);
  });

  it.concurrent.each(Object.entries(REFUSED))(
    "has no effect when it is refused for %s",
    async (way, fields) => {
      const path = await hostileCassette(join(made.dir, way), 0);
      poison(join(path, "manifest.json"), "", fields(hostileText(11)));
      for (const args of [
        ["verify", path],
        ["verify", "--json", path],
        ["info", path],
      ]) {
        const { status, stdout, stderr } = await cassette(args);
        expect(status).toBe(way === "an unknown feature" ? 3 : 1);
        expectInert(stdout);
        expectInert(stderr);
      }
    },
  );

  it.concurrent.each(DAMAGED)("has no effect when it is damaged: %s", async (command) => {
    const { status, stdout, stderr } = await cassette(
      resolve(BESIDES[command] ?? [command, "@"], made.damaged),
    );
    expect(status).toBe(1);
    expect((stdout + stderr).length).toBeGreaterThan(0);
    expectInert(stdout);
    expectInert(stderr);
  });

  it.concurrent.each(COMMANDS.filter((args) => !args.includes("--json")).map((args) => [args]))(
    "has no effect on a terminal, and has nothing asked of it: %j",
    async (args) => {
      const [one, other] = made.cassettes;
      const printed = await onTerminal(resolve(args, one, other));
      expectInert(printed.replace(PLACES, "·").replace(OWN, "").replaceAll("\r", ""));
    },
  );
});

/** What follows one of these begins no line of a log. */
const PLACES = /\u001b\[\d+;\d+H/g;
/** What the command itself draws with besides: colours, columns, erasing, its modes, the other screen. */
const OWN = /\u001b\[(?:[0-9;]*m|\d+G|[02]?[JK]|\?(?:7|25|1049|2026)[hl])/g;

/** What the command writes to a terminal. */
async function onTerminal(args: readonly string[]): Promise<string> {
  const session = await createPtyDriver().start({
    argv: [process.execPath, COMMAND, ...args],
    cwd: tmpdir(),
    env: process.env as Record<string, string>,
    rows: 24,
    cols: 80,
  });
  // Whether a recording is to be replaced is asked; any other command may have ended by now.
  await session.sendText("n\r").catch(() => {});
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for await (const { bytes } of session.output()) text += decoder.decode(bytes, { stream: true });
  await session.close();
  return text;
}
