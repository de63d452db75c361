import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XTERM_IDENTITY } from "@cassette/frames";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, type Outcome, temporaryDirectory } from "./cassette.js";

const GO_CASSETTES = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes");
const LESS = join(GO_CASSETTES, "real-less");
const LESS_FACTS = {
  id: "real-less",
  sha256: "4320b5a9e131f3481b141db371f681d5042eba651db3343db174fe1d149bb132",
  events: 20,
  frames: 7,
  emulator: "vt10x@v0.0.0-20220301184237-5011da428d02",
  integrity: "absent",
  scrub: "clean",
};
const NOTHING = {
  id: null,
  sha256: null,
  events: null,
  frames: null,
  emulator: null,
  integrity: null,
  scrub: null,
  rerender: null,
};

/** A folder with three good cassettes and a damaged one, at two levels, beside what is none. */
function folder(): string {
  const dir = temporaryDirectory();
  cpSync(LESS, join(dir, "b"), { recursive: true });
  cpSync(LESS, join(dir, "a/deep"), { recursive: true });
  cpSync(LESS, join(dir, "a/bad"), { recursive: true });
  cpSync(LESS, join(dir, "c"), { recursive: true });
  cpSync(LESS, join(dir, ".hidden.spool-1"), { recursive: true });
  writeFileSync(join(dir, "a/bad/output.raw"), "tampered");
  writeFileSync(join(dir, "notes.txt"), "");
  return dir;
}

/** Root may look into everything, unless these rights are taken from it. */
function asOrdinaryUser(args: readonly string[]): Promise<Outcome> {
  if (process.getuid?.() !== 0) return cassette(args);
  return cassette([process.execPath, COMMAND, ...args], {
    node: "setpriv",
    command: "--bounding-set=-dac_override,-dac_read_search",
  });
}

describe("cassette verify", () => {
  it("reports a cassette that was not scrubbed", async () => {
    const dir = join(temporaryDirectory(), "it");
    await cassette(["record", "-q", "--no-scrub", dir, "--", "true"]);
    expect(await cassette(["verify", dir])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ok /),
      stderr: `${dir}: not scrubbed; its report says not-run\n`,
    });
    expect(JSON.parse((await cassette(["verify", "--json", dir])).stdout)).toMatchObject({
      scrub: "not-run",
    });
  });

  it("reports a folder that cannot be read", async () => {
    const dir = folder();
    chmodSync(join(dir, "c"), 0);
    const { status, stdout } = await asOrdinaryUser(["verify", dir]);
    chmodSync(join(dir, "c"), 0o700);
    expect(status).toBe(3);
    expect(stdout).toContain(`bad ${join(dir, "c")} CASSETTE_READ_FAILED`);
  });

  it("finds the cassettes in folders, judges them side by side, and prints them in order with a summary", async () => {
    const dir = folder();
    const { status, stdout, stderr } = await cassette(["verify", dir, LESS]);
    expect(status).toBe(1);
    expect(stdout.trimEnd().split("\n")).toEqual([
      expect.stringMatching(`^bad ${dir}/a/bad CASSETTE_DIGEST_MISMATCH ${dir}/a/bad/output.raw .*\\.$`),
      `ok ${dir}/a/deep real-less 20 1602`,
      `ok ${dir}/b real-less 20 1602`,
      `ok ${dir}/c real-less 20 1602`,
      `ok ${LESS} real-less 20 1602`,
    ]);
    expect(stderr).toBe("5 cassettes: 4 ok, 1 bad\n");
  });

  it("prints every field of a good and a bad cassette as JSON", async () => {
    const dir = folder();
    const { stdout } = await cassette(["verify", "--json", join(dir, "a")]);
    const [bad, good] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(good).toEqual({ path: join(dir, "a/deep"), ok: true, ...LESS_FACTS, rerender: null, error: null });
    expect(bad).toEqual({
      path: join(dir, "a/bad"),
      ok: false,
      ...NOTHING,
      error: {
        code: "CASSETTE_DIGEST_MISMATCH",
        message: expect.any(String),
        file: join(dir, "a/bad/output.raw"),
        line: null,
      },
    });
  });

  it.each([
    [["--expect-id", "real-less"], 0, ""],
    [["--expect-id", "another"], 1, "CASSETTE_ID_MISMATCH"],
    [["--expect-sha256", LESS_FACTS.sha256], 0, ""],
    [["--expect-sha256", "0".repeat(64)], 1, "CASSETTE_BINDING_DIGEST_MISMATCH"],
    [["--require-emulator", LESS_FACTS.emulator], 0, ""],
    [["--require-emulator", `${XTERM_IDENTITY.name}@6.0.0`], 1, "CASSETTE_EMULATOR_MISMATCH"],
    [["--require-integrity"], 1, "CASSETTE_INTEGRITY_MISSING"],
  ])("demands %j", async (demands, status, code) => {
    const outcome = await cassette(["verify", LESS, ...demands]);
    expect(outcome.status).toBe(status);
    expect(outcome.stdout).toContain(code);
  });

  it.each([
    [["verify", GO_CASSETTES, "--expect-id", "x"], "belongs to one cassette"],
    [["verify", LESS, "--require-emulator", "xterm"], "NAME@VERSION"],
  ])("refuses contradictory options: %j", async (args, words) => {
    expect(await cassette(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
  });

  it("derives the frames again where it has the emulator that drew them", async () => {
    const rerendered = async (dir: string) =>
      JSON.parse((await cassette(["verify", "--rerender", "--json", dir])).stdout);
    expect(await rerendered(LESS)).toMatchObject({ ok: true, rerender: "unavailable" });
    const { status, stderr } = await cassette(["verify", "--rerender", LESS]);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `${LESS}: frames not compared; ${LESS_FACTS.emulator} drew them\n`,
    });

    const dir = join(temporaryDirectory(), "ours");
    cpSync(join(GO_CASSETTES, "minimal"), dir, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"));
    manifest.terminal.emulator = { ...XTERM_IDENTITY };
    writeFileSync(join(dir, "manifest.json"), JSON.stringify(manifest));
    expect(await rerendered(dir)).toMatchObject({
      ok: false,
      rerender: "differs",
      error: { code: "CASSETTE_FRAMES_DIFFER", file: join(dir, "frames.jsonl"), line: 1 },
    });
  });
});
