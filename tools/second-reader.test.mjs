import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The second reader was written from docs/format-v1.md alone. Where the two disagree, one of them or that page is wrong.

const root = dirname(import.meta.dirname);
const GO_V1 = join(root, "packages/format/conformance/go-v1");
const READER = join(import.meta.dirname, "second-reader.py");
const COMMAND = join(root, "packages/cli/dist/main.cjs");
const DAMAGED = process.env.CASSETTE_SOAK ? 5_000 : 400;
const python = spawnSync("python3", ["--version"]).status === 0;
const lines = (text) => text.split("\n").filter(Boolean);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cassette-second-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("docs/format-v1.md", () => {
  const page = readFileSync(join(root, "docs/format-v1.md"), "utf8");
  const reader = readFileSync(READER, "utf8");
  const wire = join(root, "packages/format/src/lib/wire");
  const schemas = readdirSync(wire).filter((name) => /-schemas?\.ts$/.test(name));
  const fields = schemas.flatMap((name) => [
    ...readFileSync(join(wire, name), "utf8").matchAll(/(?<=[\s{])(\w+)(?=: (?!\w+Schema)(?:v\.|[a-z]))/g),
  ]);

  it("names every field of the schemas, and so does the second reader", () => {
    const names = new Set(fields.map(([name]) => name).filter((name) => !name.endsWith("Schema")));
    expect(names.size).toBeGreaterThan(80);
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b\\??:`).test(reader))).toEqual([]);
  });
});

describe.skipIf(!python)("the second reader", () => {
  it("fits in 300 lines", () => {
    expect(lines(readFileSync(READER, "utf8")).length).toBeLessThan(300);
    expect(readFileSync(READER, "utf8").split("\n").length).toBeLessThan(300);
  });

  it("sees the same as ours in all 13 cassettes of the reference", async () => {
    const dirs = cassettesIn(join(GO_V1, "cassettes"));
    expect(dirs).toHaveLength(13);
    await expectSameFacts(dirs);
  });

  it("sees what info and events of the command print", () => {
    const dir = join(GO_V1, "cassettes/synthetic-full");
    const { id, sha256, bytes, duration_ms, integrity, counts, events } = JSON.parse(
      run("python3", [READER, dir]),
    );
    const info = JSON.parse(run(process.execPath, [COMMAND, "info", "--json", dir]));
    expect(info).toMatchObject({ id, sha256, bytes, duration_ms, integrity, events: counts });
    const listed = lines(run(process.execPath, [COMMAND, "events", "--json", dir])).map((line) =>
      JSON.parse(line),
    );
    expect(events).toEqual(listed.map(({ seq, t_ms, kind }) => [seq, t_ms, kind]));
  });

  it.each(["invalid.json", "lenient.json"])("judges %s as the command does", async (name) => {
    const cases = JSON.parse(readFileSync(join(GO_V1, name), "utf8"));
    const dirs = cases.filter(({ options }) => !options).map((given) => layOut(given));
    for (const given of cases.filter(({ options }) => options)) {
      const dir = layOut(given);
      const [option, first, second] = given.options;
      const ours = { "-id": ["--expect-id", first], "-sha": ["--expect-sha256", first] }[option] ?? [
        "--require-emulator",
        `${first}@${second}`,
      ];
      const theirs = { "-id": ["--id", first], "-sha": ["--sha256", first] }[option] ?? [
        "--emulator",
        first,
        second,
      ];
      expectSameVerdicts([dir], ours, theirs);
    }
    const { accepted } = expectSameVerdicts(dirs);
    expect(accepted.length).toBe(name === "invalid.json" ? 0 : 19);
    await expectSameFacts(accepted);
  });

  it("sees the same as the command in what the command records", async () => {
    await expectSameFacts(recorded());
  });

  it("judges damaged cassettes as the command does", () => {
    const random = createRandom(20_260);
    const sources = [...cassettesIn(join(GO_V1, "cassettes")), ...recorded()];
    const dirs = Array.from({ length: DAMAGED }, (_, n) => {
      const dir = join(folder, `damaged-${n}`);
      cpSync(sources[n % sources.length], dir, { recursive: true });
      damage(dir, random);
      return dir;
    });
    const { accepted } = expectSameVerdicts(dirs);
    expect(accepted.length).toBeGreaterThan(DAMAGED / 20);
    expect(accepted.length).toBeLessThan(DAMAGED);
  });
});

/** The step of the page's verdict that an error of the command belongs to. */
function stepOf({ code, file = "" }) {
  const isManifest = basename(file) === "manifest.json";
  if (code === "CASSETTE_SEQ_NOT_CONTIGUOUS") return 5;
  if (code === "CASSETTE_TIME_REGRESSED") return 6;
  if (code.startsWith("CASSETTE_CHUNK_")) return 7;
  if (code.startsWith("CASSETTE_INTEGRITY_")) return 8;
  if (isManifest) return 1;
  if (code === "CASSETTE_DIGEST_MISMATCH") return 3;
  const isOptional = ["quota.json", "discovery.json"].includes(basename(file));
  if (code === "CASSETTE_ARTIFACT_MISSING") return 2;
  return code === "CASSETTE_ARTIFACT_NOT_A_FILE" && !isOptional ? 2 : 4;
}

function expectSameVerdicts(dirs, ourOptions = [], theirOptions = []) {
  const ours = byPath(run(process.execPath, [COMMAND, "verify", "--json", ...ourOptions, ...dirs]));
  const theirs = byPath(run("python3", [READER, ...theirOptions, ...dirs]));
  const accepted = dirs.filter((dir) => ours[dir].ok);
  const verdicts = (dir, { ok, error, step }) => [
    basename(dir),
    ok ? "accepted" : error ? stepOf(error) : step,
  ];
  expect(dirs.map((dir) => verdicts(dir, theirs[dir]))).toEqual(dirs.map((dir) => verdicts(dir, ours[dir])));
  return { accepted };
}

/** Counts, digests, integrity and the merged order of all events. */
async function expectSameFacts(dirs) {
  const theirs = dirs.length > 0 ? byPath(run("python3", [READER, ...dirs])) : {};
  for (const dir of dirs) {
    const cassette = await openCassette(dir);
    const events = [];
    for await (const { seq, t_ms, kind } of cassette.events()) events.push([seq, t_ms, kind]);
    await cassette.close();
    const { manifest, integrity, counts, rawSize: bytes, final } = cassette;
    const { id, content_digest } = manifest;
    const ours = {
      id,
      sha256: content_digest.sha256,
      bytes,
      duration_ms: final.duration_ms,
      integrity,
      counts,
      events,
    };
    expect(theirs[dir], dir).toEqual({ path: dir, ok: true, ...ours });
  }
}

/** What a program printed, whatever it made of its arguments. */
function run(program, args) {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status === 0 || status === 1 || status === 3) return stdout;
  throw new Error(`${program} ended with ${status}: ${stderr}`);
}

function byPath(output) {
  return Object.fromEntries(lines(output).map((line) => [JSON.parse(line).path, JSON.parse(line)]));
}

function cassettesIn(dir) {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name));
}

function layOut({ name, files, directories = [] }) {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(dir, file), "utf8" in content ? content.utf8 : Buffer.from(content.base64, "base64"));
  }
  for (const inner of directories) mkdirSync(join(dir, inner), { recursive: true });
  return dir;
}

const FACTS = `harness: { name: agent }
final: { usage: { tokens: 3.5 }, cost_usd: 0.01, final_text: "<done>" }
quota: { source: file, status: known, windows: [{ name: 5h }] }
discovery: { source: file, status: known, models: [m] }
`;
const SCRIPT = `- wait: { screen: ready }
- mark: typed
- type: secret
- press: Enter
- resize: 40x10
`;
const PROGRAMS = {
  printed: ["printf", "caf\\351 \\360\\237\\216\\211\\n"],
  silent: ["true"],
  failed: ["sh", "-c", "echo no >&2; exit 3"],
  killed: ["sh", "-c", "kill -9 $$"],
  asked: ["sh", "-c", 'printf "\\033[6n"; sleep 0.3'],
  typed: ["sh", "-c", 'stty -echo; echo ready; read -r password; stty echo; sleep 0.3; echo "$password"'],
};

let made = [];
/** Cassettes that the command makes, of several kinds; and each of them scrubbed. */
function recorded() {
  if (made.length > 0) return made;
  writeFileSync(join(folder, "facts.yaml"), FACTS);
  writeFileSync(join(folder, "script.yaml"), SCRIPT);
  made = Object.entries(PROGRAMS).map(([name, program]) => {
    const dir = join(folder, `${name}.cassette`);
    const options = ["--headless", "-q", "--manifest", join(folder, "facts.yaml")];
    const script = name === "typed" ? ["--script", join(folder, "script.yaml")] : [];
    spawnSync(process.execPath, [
      COMMAND,
      "record",
      "--timeout",
      "20s",
      ...options,
      ...script,
      dir,
      "--",
      ...program,
    ]);
    return dir;
  });
  for (const dir of [...made]) {
    const scrubbed = `${dir}.scrubbed`;
    execFileSync(process.execPath, [COMMAND, "scrub", dir, "-o", scrubbed], { stdio: "ignore" });
    made.push(scrubbed);
  }
  return made;
}

const SPELLINGS = [
  "1.0",
  "-1",
  "1e400",
  "9007199254740993",
  '"7"',
  "null",
  "true",
  "[]",
  "{}",
  "0",
  "65536",
  "-0",
  '""',
];

/** Damages one thing in one file: a byte, a line, a value or a key. */
function damage(dir, random) {
  const names = readdirSync(dir).filter((name) => !name.startsWith("."));
  const path = join(dir, names[random(names.length)]);
  const bytes = readFileSync(path);
  const text = bytes.toString("latin1");
  const write = (changed) => writeFileSync(path, Buffer.from(changed, "latin1"));
  const values = [...text.matchAll(/(?<=": ?)(?:-?\d+|"[^"]*"|true|false|null)/g)];
  const keys = [...text.matchAll(/"\w+"(?=:)/g)];
  const way = random(8);
  if (way === 0) return rmSync(path);
  if (way === 1) return write(text.slice(0, random(text.length + 1)));
  if (way === 2) return write(`${text}${["x", "\n", " \r\n", "{}", "\xef\xbb\xbf"][random(5)]}`);
  if (way === 3 && text.length > 0) {
    const at = random(text.length);
    return write(text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1));
  }
  if (way === 4 && keys.length > 0) {
    const { 0: key, index } = keys[random(keys.length)];
    const names = [key.toUpperCase(), '"later"', '"seq"', key.replace(/"(.)/, '"\\u0041$1')];
    return write(text.slice(0, index) + names[random(4)] + text.slice(index + key.length));
  }
  if (way === 5) return write(lines(text).toReversed().join("\n"));
  if (values.length === 0) return write(`\n${text}`);
  const { 0: value, index } = values[random(values.length)];
  return write(text.slice(0, index) + SPELLINGS[random(SPELLINGS.length)] + text.slice(index + value.length));
}

/** Whole numbers below a bound, the same in every run. */
function createRandom(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
