import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRecorder } from "@cassette/core";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

const TOKEN = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";
const LITERAL = "not/of-a.known-shape";
const env = { ...process.env, DEPLOY_TOKEN: LITERAL };

function spoolsIn(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.includes(".spool-"));
}

/** Kills a recording when its output has reached its spool. */
async function killedRecording(dir: string): Promise<string> {
  const args = ["record", "it", "--", "sh", "-c", `echo '${TOKEN} ${LITERAL}'; sleep 60`];
  const before = spoolsIn(dir);
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: dir, env, stdio: "ignore" });
  const ended = once(child, "exit");
  const own = () => spoolsIn(dir).find((name) => !before.includes(name)) ?? "-";
  const raw = () => join(dir, own(), "cassette", "output.jsonl");
  while (!existsSync(raw()) || statSync(raw()).size === 0) await new Promise((done) => setTimeout(done, 10));
  child.kill("SIGKILL");
  await ended;
  return own();
}

function filesOf(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "latin1"))
    .join("\n");
}

describe("cassette recover", () => {
  it.each([
    ["all that is here", () => []],
    ["what was to be a cassette", () => ["it"]],
    ["a spool", (spool: string) => [spool]],
  ])("seals %s, with the secrets that its recorder knew", async (_, args) => {
    const dir = temporaryDirectory();
    const spool = await killedRecording(dir);
    expect(statSync(join(dir, spool)).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, spool, "spool.json")).mode & 0o777).toBe(0o600);
    const outcome = await cassette(["recover", ...args(spool)], { cwd: dir, env });
    expect(outcome).toMatchObject({ status: 0, stdout: "" });
    expect(outcome.stderr).toMatch(/it: recovered, interrupted, .*redactions\. Next: cassette play /);
    expect(readdirSync(dir)).toEqual(["it"]);
    expect(filesOf(join(dir, "it"))).not.toContain(TOKEN);
    expect(filesOf(join(dir, "it"))).not.toContain(LITERAL);
    expect(JSON.parse(readFileSync(join(dir, "it", "final.json"), "utf8"))).toMatchObject({
      metadata: { interrupted: true },
    });
    expect(await cassette(["verify", "it"], { cwd: dir, env })).toMatchObject({ status: 0 });
  });

  it("also applies a rules file", async () => {
    const dir = temporaryDirectory();
    await killedRecording(dir);
    writeFileSync(join(dir, "rules.yaml"), `allow: ["${TOKEN}"]\n`);
    expect(
      await cassette(["recover", "--rules", "rules.yaml", "-o", "there"], { cwd: dir, env }),
    ).toMatchObject({
      status: 0,
    });
    expect(filesOf(join(dir, "there"))).toContain(TOKEN);
    expect(filesOf(join(dir, "there"))).not.toContain(LITERAL);
  });

  it("leaves secrets only with --no-scrub, and says so", async () => {
    const dir = temporaryDirectory();
    await killedRecording(dir);
    const outcome = await cassette(["recover", "--no-scrub"], { cwd: dir, env });
    expect(outcome).toMatchObject({ status: 0, stderr: expect.stringContaining("not scrubbed") });
    expect(JSON.parse(readFileSync(join(dir, "it", "scrub-report.json"), "utf8"))).toMatchObject({
      status: "not-run",
    });
  });

  it("does not take a recording in progress", async () => {
    const dir = temporaryDirectory();
    const child = spawn(process.execPath, [COMMAND, "record", "it", "--", "sleep", "60"], {
      cwd: dir,
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    while (!existsSync(join(dir, spoolsIn(dir)[0] ?? "-", "spool.json"))) {
      await new Promise((done) => setTimeout(done, 10));
    }
    const outcome = await cassette(["recover"], { cwd: dir, env });
    expect(outcome).toMatchObject({ status: 3, stdout: "" });
    expect(outcome.stderr).toContain("CASSETTE_RECOVER_FAILED");
    child.kill("SIGINT");
    await ended;
    expect(readdirSync(dir)).toEqual(["it"]);
  });

  it("says when there is nothing to do", async () => {
    const dir = temporaryDirectory();
    expect(await cassette(["recover"], { cwd: dir, env })).toEqual({
      status: 0,
      stdout: "",
      stderr: "There is nothing to recover here.\n",
    });
    expect(await cassette(["recover", "it"], { cwd: dir, env })).toMatchObject({ status: 2 });
  });

  it("takes every spool of the folder, and says what to do about a second one of the same cassette", async () => {
    const dir = temporaryDirectory();
    await killedRecording(dir);
    await killedRecording(dir);
    const [, second = ""] = spoolsIn(dir);
    const { status, stderr } = await cassette(["recover"], { cwd: dir, env });
    expect(status).toBe(2);
    expect(stderr).toContain("it: recovered");
    expect(stderr).toContain(`cassette recover ${second} --output DIR`);
    expect(spoolsIn(dir)).toEqual([second]);
    expect(await cassette(["recover", second, "-o", "other"], { cwd: dir, env })).toMatchObject({
      status: 0,
    });
    expect(readdirSync(dir).sort()).toEqual(["it", "other"]);
  });

  it("lists spools, and discards them only on request", async () => {
    const dir = temporaryDirectory();
    const spool = await killedRecording(dir);
    for (const path of [[], ["it"], [spool], ["."]]) {
      const { stdout } = await cassette(["recover", "--list", ...path], { cwd: dir, env });
      expect(stdout).toMatch(new RegExp(`^${spool} interrupted, \\d.* bytes|KB, \\d+ s old\\n$`));
    }
    expect(await cassette(["doctor"], { cwd: dir, env })).toMatchObject({
      stdout: expect.stringMatching(/^note spools: .* interrupted, .* KB, \d+ s old$/m),
    });
    expect(await cassette(["doctor", dir], { cwd: "/", env })).toMatchObject({
      stdout: expect.stringContaining(spool),
    });
    expect(await cassette(["recover", "--discard", spool], { cwd: dir, env })).toMatchObject({ status: 2 });
    expect(spoolsIn(dir)).toEqual([spool]);
    expect(await cassette(["recover", "--discard", "--yes", "."], { cwd: dir, env })).toMatchObject({
      status: 2,
    });
    expect(await cassette(["recover", "--discard", "--yes", spool], { cwd: dir, env })).toMatchObject({
      status: 0,
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("reports that not everything could be read, and keeps the spool", async () => {
    const dir = temporaryDirectory();
    const spool = await killedRecording(dir);
    writeFileSync(join(dir, spool, "cassette", "input.jsonl"), "no json\n");
    const { status, stderr } = await cassette(["recover"], { cwd: dir, env });
    expect(status).toBe(0);
    expect(stderr).toContain("1 record missing");
    expect(stderr).toContain(`cassette recover --discard ${spool}`);
    expect(spoolsIn(dir)).toEqual([spool]);
  });

  it("takes several paths, and reports one that does not exist", async () => {
    const [dir, other] = [temporaryDirectory(), temporaryDirectory()];
    const [spool, second] = [await killedRecording(dir), await killedRecording(other)];
    const { stdout } = await cassette(["recover", "--list", dir, join(other, "it")], { cwd: dir, env });
    expect(stdout.match(/interrupted/g)).toHaveLength(2);
    for (const args of [
      ["recover", "--list", "nosuch"],
      ["doctor", "nosuch"],
      ["recover", "nosuch"],
    ]) {
      const outcome = await cassette(args, { cwd: dir, env });
      expect(outcome).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("nosuch") });
    }
    const both = await cassette(["recover", spool, join(other, second)], { cwd: dir, env });
    expect(both).toMatchObject({ status: 0 });
    expect([...readdirSync(dir), ...readdirSync(other)]).toEqual(["it", "it"]);
  });

  it("discards only a spool that is named", async () => {
    const dir = temporaryDirectory();
    const spool = await killedRecording(dir);
    expect(await cassette(["recover", "--discard", "--yes"], { cwd: dir, env })).toMatchObject({ status: 2 });
    expect(spoolsIn(dir)).toEqual([spool]);
  });

  it("removes an empty spool that is named", async () => {
    const dir = temporaryDirectory();
    const spool = ".it.spool-0123456789ab";
    mkdirSync(join(dir, spool));
    expect(await cassette(["recover", spool], { cwd: dir, env })).toMatchObject({ status: 0 });
    expect(readdirSync(dir)).toEqual([]);
  });

  const memory = "/dev/shm";
  const isAnotherDisk = existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev;
  it.skipIf(!isAnotherDisk)("makes the cassette on another disk, in a folder that it creates", async () => {
    const dir = temporaryDirectory();
    await killedRecording(dir);
    const folder = mkdtempSync(join(memory, "cassette-test-"));
    try {
      const target = join(folder, "new", "it");
      expect(await cassette(["recover", "it", "-o", target], { cwd: dir, env })).toMatchObject({ status: 0 });
      expect(await cassette(["verify", target], { cwd: dir, env })).toMatchObject({ status: 0 });
      expect([...readdirSync(dir), ...readdirSync(join(folder, "new"))]).toEqual(["it"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("stops at a signal, and leaves the spools that it has not come to", async () => {
    const dir = temporaryDirectory();
    for (const name of ["a", "b", "c", "d"]) {
      const recorder = await createRecorder(join(dir, name));
      for (let n = 0; n < 40; n++)
        recorder.recordOutput(Buffer.from("some text in a line\r\n".repeat(5_000)));
      await recorder.abort({ keepSpool: true });
    }
    const onStart = async (kill: (signal: NodeJS.Signals) => void) => {
      while (readdirSync(dir).every((name) => name.startsWith("."))) await sleep(5);
      kill("SIGINT");
    };
    expect(await cassette(["recover"], { cwd: dir, env, onStart })).toMatchObject({ status: 130 });
    const left = spoolsIn(dir);
    expect(left.length).toBeGreaterThan(0);
    const names = readdirSync(dir).filter((name) => !name.startsWith("."));
    expect(left.length + names.length).toBe(4);
  });
});
